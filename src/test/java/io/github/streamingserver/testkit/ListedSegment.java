package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A segment as it stands in a media playlist (RFC 8216 §4.3.2).
 *
 * @param tags lines that come before it, such as {@code #EXT-X-KEY:…}, without EXTINF
 * @param seconds its duration
 * @param uri as written
 */
public record ListedSegment(List<String> tags, double seconds, String uri) {
  /** The tag that has the next segment's timestamps or coding begin anew. */
  public static final String DISCONTINUITY = "#EXT-X-DISCONTINUITY";

  /** The tag of a playlist that does not go on. */
  static final String END_LIST = "#EXT-X-ENDLIST";

  private static final String DURATION = "#EXTINF:";
  private static final List<String> OF_PLAYLIST =
      List.of(
          "#EXTM3U",
          "#EXT-X-VERSION",
          "#EXT-X-TARGETDURATION",
          "#EXT-X-MEDIA-SEQUENCE",
          "#EXT-X-PLAYLIST-TYPE",
          "#EXT-X-INDEPENDENT-SEGMENTS",
          END_LIST);

  public ListedSegment {
    tags = List.copyOf(tags);
  }

  /** The segments of {@code index.m3u8} in {@code folder}, as ffmpeg writes it. */
  public static List<ListedSegment> in(Path folder) {
    List<ListedSegment> segments = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    double seconds = 0;
    try {
      for (String line : Files.readAllLines(folder.resolve("index.m3u8"))) {
        if (line.startsWith(DURATION)) {
          seconds = Double.parseDouble(line.substring(DURATION.length(), line.indexOf(',')));
        } else if (!line.startsWith("#")) {
          segments.add(new ListedSegment(tags, seconds, line));
          tags.clear();
        } else if (OF_PLAYLIST.stream().noneMatch(line::startsWith)) {
          tags.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return segments;
  }

  /** The same segments, the first after a discontinuity. */
  public static List<ListedSegment> discontinuous(List<ListedSegment> segments) {
    return Stream.concat(
            Stream.of(segments.getFirst().with(DISCONTINUITY)), segments.stream().skip(1))
        .toList();
  }

  /** The same after one more line. */
  public ListedSegment with(String tag) {
    return new ListedSegment(Stream.concat(Stream.of(tag), tags.stream()).toList(), seconds, uri);
  }

  /** The same without its lines. */
  public ListedSegment withoutTags() {
    return new ListedSegment(List.of(), seconds, uri);
  }

  /** The same at another address. */
  public ListedSegment at(String uri) {
    return new ListedSegment(tags, seconds, uri);
  }

  /** The same as seen from {@code base}, which ends with a slash. */
  public ListedSegment under(URI base) {
    return at(base.resolve(uri).toString());
  }

  /** A finished playlist of {@code segments}. */
  public static String vod(List<ListedSegment> segments) {
    return vod(0, segments);
  }

  /** A finished playlist whose first segment has the media sequence {@code sequence}. */
  public static String vod(long sequence, List<ListedSegment> segments) {
    double longest = segments.stream().mapToDouble(ListedSegment::seconds).max().orElse(1);
    List<String> head = List.of("#EXT-X-MEDIA-SEQUENCE:" + sequence, "#EXT-X-PLAYLIST-TYPE:VOD");
    return playlist(Math.round(longest), head, segments) + END_LIST + "\n";
  }

  /** A playlist of {@code segments} that may go on; {@code head} are lines of the playlist. */
  static String playlist(long target, List<String> head, List<ListedSegment> segments) {
    StringBuilder text =
        new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:" + target + "\n");
    head.forEach(line -> text.append(line).append('\n'));
    for (ListedSegment segment : segments) {
      segment.tags().forEach(line -> text.append(line).append('\n'));
      text.append(String.format(Locale.ROOT, "%s%.6f,\n", DURATION, segment.seconds()));
      text.append(segment.uri()).append('\n');
    }
    return text.toString();
  }
}
