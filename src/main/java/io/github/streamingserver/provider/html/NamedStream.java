package io.github.streamingserver.provider.html;

import io.github.streamingserver.provider.StreamCandidate.Codec;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream as a page names it, in the page's own words; empty where it says nothing.
 *
 * @param url relative to the page
 * @param quality such as {@code 720p}, {@code 1280x720} or {@code auto}
 * @param codec such as {@code h264}
 * @param label for people
 * @param fallback another address of the same
 */
record NamedStream(String url, String quality, String codec, String label, String fallback) {
  private static final Pattern LINES =
      Pattern.compile(
          "(?<![a-z0-9])(?:(\\d{3,4})p(?:\\d{2,3})?|(\\d{3,4})x(\\d{3,4})|(4k|uhd))(?![a-z0-9])");
  private static final Pattern NUMBER = Pattern.compile("\\d{3,4}");
  private static final int LEAST_LINES = 100;
  private static final int UHD = 2160;

  /** This at another address, of this quality. */
  NamedStream at(String other, String itsQuality) {
    return new NamedStream(other, itsQuality, codec, label, fallback);
  }

  /** Lines of the picture, by the quality, else the label. */
  OptionalInt height() {
    OptionalInt lines = lines(quality);
    return lines.isPresent() ? lines : lines(label);
  }

  private static OptionalInt lines(String words) {
    String text = words.strip().toLowerCase(Locale.ROOT);
    Matcher named = LINES.matcher(text);
    int lines = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (named.find()) {
      lines =
          named.group(4) != null
              ? UHD
              : named.group(1) != null
                  ? Integer.parseInt(named.group(1))
                  : Math.min(Integer.parseInt(named.group(2)), Integer.parseInt(named.group(3)));
    }
    return lines >= LEAST_LINES ? OptionalInt.of(lines) : OptionalInt.empty();
  }

  /** The codec, where it is one of those that are told apart. */
  Codec kind() {
    return kind(codec);
  }

  /** The codec that {@code name} names. */
  static Codec kind(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    if (text.contains("av1") || text.contains("av01")) {
      return Codec.AV1;
    }
    if (text.matches(".*(265|hevc|hvc1|hev1).*")) {
      return Codec.HEVC;
    }
    return text.matches(".*(264|avc).*") ? Codec.H264 : Codec.UNKNOWN;
  }
}
