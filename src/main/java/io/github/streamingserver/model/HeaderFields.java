package io.github.streamingserver.model;

/** Which header fields may be sent (RFC 9110 §5.1, §5.5). */
public final class HeaderFields {
  private static final String NAME_CHARACTERS = "!#$%&'*+-.^_`|~";

  private HeaderFields() {}

  /**
   * A name and a value that may be sent.
   *
   * @throws IllegalArgumentException where the name is no token or the value holds a control
   *     character: CR and LF would begin a header of the attacker's. The message has no value
   */
  public static void requireValid(String name, String value) {
    boolean token = !name.isEmpty() && name.chars().allMatch(HeaderFields::isTokenCharacter);
    if (!token) {
      throw new IllegalArgumentException("a header's name must be a token");
    }
    if (value.chars().anyMatch(c -> c != '\t' && (c < ' ' || c == 0x7f))) {
      throw new IllegalArgumentException("header " + name + " holds a control character");
    }
  }

  private static boolean isTokenCharacter(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || NAME_CHARACTERS.indexOf(c) >= 0);
  }
}
