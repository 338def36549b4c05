package io.github.streamingserver.recorder;

import io.github.streamingserver.http.HttpHeaders;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Content-Range of a 206 response (RFC 9110 §14.4). Pure.
 *
 * @param first the first byte's position; -1 where the header says nothing usable
 */
record ContentRange(long first, OptionalLong total) {
  private static final Pattern FORM =
      Pattern.compile("\\s*bytes\\s+(\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)\\s*");

  static ContentRange of(HttpHeaders headers) {
    Matcher range = FORM.matcher(headers.first("Content-Range").orElse(""));
    if (!range.matches()) {
      return new ContentRange(-1, OptionalLong.empty());
    }
    OptionalLong total =
        range.group(2).equals("*")
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(range.group(2)));
    return new ContentRange(Long.parseLong(range.group(1)), total);
  }
}
