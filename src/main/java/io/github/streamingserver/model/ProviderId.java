package io.github.streamingserver.model;

import java.util.regex.Pattern;

/**
 * The name of a provider and of its folder. A name, never a path: letters, digits, {@code _ . -},
 * beginning with a letter or digit, 64 characters at most.
 */
public record ProviderId(String value) implements Comparable<ProviderId> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  /**
   * @throws IllegalArgumentException where {@code value} is no such name
   */
  public ProviderId {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "provider_id must be a name of letters, digits, '_', '.' or '-', not a path");
    }
  }

  @Override
  public int compareTo(ProviderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
