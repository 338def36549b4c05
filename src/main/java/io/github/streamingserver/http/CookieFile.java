package io.github.streamingserver.http;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cookies as browsers' extensions, curl and yt-dlp write them, one a line: domain, whether hosts
 * below it get it too, path, whether only https gets it, end in seconds since 1970 or 0 for none,
 * name, value; separated by tabs. Lines that begin with # are comments but for {@code #HttpOnly_},
 * which only means that a page's scripts must not see it.
 *
 * @param cookies in the file's order, those that have expired included
 * @param unusable the numbers of lines that are neither cookie nor comment
 */
public record CookieFile(List<Cookie> cookies, List<Integer> unusable) {
  private static final String HTTP_ONLY = "#HttpOnly_";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int FIELDS = 7;
  private static final long LAST_SECOND = Instant.MAX.getEpochSecond();

  public CookieFile {
    cookies = List.copyOf(cookies);
    unusable = List.copyOf(unusable);
  }

  /** Reads a file's text; nothing in it is an error. Pure. */
  public static CookieFile parse(String text) {
    List<Cookie> cookies = new ArrayList<>();
    List<Integer> unusable = new ArrayList<>();
    String[] lines = text.split("\r\n|\r|\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line =
          i == 0 && lines[0].startsWith(BYTE_ORDER_MARK) ? lines[0].substring(1) : lines[i];
      if (line.startsWith(HTTP_ONLY)) {
        line = line.substring(HTTP_ONLY.length());
      }
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        cookies.add(cookie(line));
      } catch (IllegalArgumentException e) {
        unusable.add(i + 1);
      }
    }
    return new CookieFile(cookies, unusable);
  }

  /** Whether this is no cookies.txt at all, but what some extensions write as well: JSON. */
  public static boolean isJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("[") || start.startsWith("{");
  }

  private static Cookie cookie(String line) {
    // An editor may have made spaces of the tabs.
    String[] fields = line.indexOf('\t') >= 0 ? line.split("\t", -1) : line.strip().split(" +", -1);
    boolean withoutValue = fields.length == FIELDS - 1;
    if (fields.length != FIELDS && !withoutValue) {
      throw new IllegalArgumentException("a cookie has seven fields");
    }
    boolean dotted = fields[0].startsWith(".");
    String domain = (dotted ? fields[0].substring(1) : fields[0]).toLowerCase(Locale.ROOT);
    if (domain.isEmpty() || !domain.matches("[^\\s/:@,;]+|\\[[0-9a-f:.]+]")) {
      throw new IllegalArgumentException("no domain");
    }
    // All of "com" is nobody's.
    boolean below = bool(fields[1]) && domain.indexOf('.') > 0 && !Cookie.isAddress(domain);
    return new Cookie(
        fields[5],
        withoutValue ? "" : fields[6],
        domain,
        !below,
        fields[2],
        bool(fields[3]),
        end(fields[4]));
  }

  private static boolean bool(String text) {
    return switch (text.strip().toUpperCase(Locale.ROOT)) {
      case "TRUE", "1" -> true;
      case "FALSE", "0" -> false;
      default -> throw new IllegalArgumentException("neither TRUE nor FALSE");
    };
  }

  /** 0, and the -1 of some, is the end of the browser's session, whose cookies are wanted here. */
  private static Instant end(String text) {
    if (!text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
      throw new IllegalArgumentException("no time");
    }
    long seconds = new BigDecimal(text).longValue();
    return seconds <= 0 || seconds >= LAST_SECOND ? Instant.MAX : Instant.ofEpochSecond(seconds);
  }
}
