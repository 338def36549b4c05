package io.github.streamingserver.provider.html;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An owner's regular expression, which can hold no thread for ever: one that backtracks without end
 * runs into its {@link Deadline}. Immutable.
 */
record BoundedPattern(Pattern pattern) {
  /**
   * @throws java.util.regex.PatternSyntaxException where it is none
   */
  static BoundedPattern compile(String regex) {
    return new BoundedPattern(Pattern.compile(regex));
  }

  /**
   * What is found in {@code text}, in order, {@code most} at most.
   *
   * @throws StreamException where it takes too long or nests too deep
   */
  List<MatchResult> all(String text, int most, Deadline deadline) {
    List<MatchResult> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(new Watched(text, this, deadline));
    try {
      while (found.size() < most && matcher.find()) {
        found.add(matcher.toMatchResult());
      }
    } catch (StackOverflowError e) {
      throw new StreamException(
          new StreamFailure.Failed(
              "Pattern "
                  + this
                  + " nests too deep for this page; write [\\s\\S]*? instead of (.|\\n)*?"),
          e);
    }
    return found;
  }

  /** The first group, or all where there is none, of the first that is found. */
  Optional<String> first(String text, Deadline deadline) {
    return all(text, 1, deadline).stream()
        .findFirst()
        .map(match -> match.group(Math.min(1, match.groupCount())));
  }

  boolean hasGroup(String name) {
    return pattern.namedGroups().containsKey(name);
  }

  @Override
  public String toString() {
    return "'" + pattern + "'";
  }

  /** The text, in which every look counts. */
  private record Watched(String text, BoundedPattern pattern, Deadline deadline)
      implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      deadline.step(pattern);
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
