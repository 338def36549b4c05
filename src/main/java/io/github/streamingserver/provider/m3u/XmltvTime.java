package io.github.streamingserver.provider.m3u;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in XMLTV: {@code 20260131201500 +0100}, where seconds, minutes and the zone may be
 * missing; no zone is UTC. Pure.
 */
final class XmltvTime {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)?(\\d\\d)?(\\d\\d)?\\s*(?:([+-])(\\d\\d):?(\\d\\d)|[A-Z]*)");

  private XmltvTime() {}

  /** Seconds since 1970; empty where {@code text} is no time. */
  static OptionalLong seconds(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    try {
      int offset = form.group(7) == null ? 0 : number(form, 8) * 3600 + number(form, 9) * 60;
      LocalDateTime local =
          LocalDateTime.of(
              number(form, 1),
              number(form, 2),
              number(form, 3),
              number(form, 4),
              number(form, 5),
              number(form, 6));
      long utc = local.toEpochSecond(ZoneOffset.UTC);
      return OptionalLong.of("-".equals(form.group(7)) ? utc + offset : utc - offset);
    } catch (DateTimeException noTime) {
      return OptionalLong.empty();
    }
  }

  private static int number(Matcher form, int group) {
    String digits = form.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
