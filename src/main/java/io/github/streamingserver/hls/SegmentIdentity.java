package io.github.streamingserver.hls;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether a media sequence number, listed twice, means the same segment both times. URIs may be
 * signed anew, come from another host of the same network or hold a session, so that only what is
 * stable of them is compared.
 */
final class SegmentIdentity {
  private record Name(String path, Optional<ByteRange> range) {}

  private SegmentIdentity() {}

  /**
   * @param strict where the numbers run backwards: then a file name alone, which begins at 0 in
   *     every programme, proves nothing
   */
  static boolean same(Segment seen, Segment listed, boolean strict) {
    if (seen.programDateTime().isPresent() && listed.programDateTime().isPresent()) {
      return seen.programDateTime().equals(listed.programDateTime());
    }
    String before = path(seen.uri());
    String now = path(listed.uri());
    return seen.duration().equals(listed.duration())
        && seen.byteRange().equals(listed.byteRange())
        && (before.equals(now)
            || (!strict && sameHost(seen, listed) && fileName(before).equals(fileName(now))));
  }

  /**
   * The index in {@code other} of what comes after the last of {@code taken}, whatever the numbers:
   * where that is listed there, and all before it are the same as far as both lists go. Empty where
   * it is not.
   */
  static OptionalInt indexAfter(List<Segment> taken, List<Segment> other) {
    boolean named = areNamed(taken) && areNamed(other);
    for (int last = other.size() - 1; last >= 0; last--) {
      boolean same = true;
      for (int i = 0; same && i <= last && i < taken.size(); i++) {
        same = sameAnywhere(taken.get(taken.size() - 1 - i), other.get(last - i), named);
      }
      if (same) {
        return OptionalInt.of(last + 1);
      }
    }
    return OptionalInt.empty();
  }

  /** The first index in {@code other} of what {@code seen} is, whatever the numbers. */
  static OptionalInt indexOf(Segment seen, List<Segment> other) {
    boolean named = areNamed(other);
    return IntStream.range(0, other.size())
        .filter(i -> sameAnywhere(seen, other.get(i), named))
        .findFirst();
  }

  /**
   * Whether both are the same, where no number tells.
   *
   * @param named whether names do; else the whole address does
   */
  private static boolean sameAnywhere(Segment seen, Segment listed, boolean named) {
    boolean dated = seen.programDateTime().isPresent() && listed.programDateTime().isPresent();
    return same(seen, listed, true) && (dated || named || seen.uri().equals(listed.uri()));
  }

  /** Whether paths tell these segments apart; not where one address serves all by its query. */
  private static boolean areNamed(List<Segment> segments) {
    Set<Name> names = new HashSet<>();
    return segments.stream()
        .filter(segment -> !segment.gap())
        .allMatch(segment -> names.add(new Name(path(segment.uri()), segment.byteRange())));
  }

  /** Whether both come from one host and one folder. */
  static boolean sameFolder(Segment one, Segment other) {
    return sameHost(one, other) && folder(path(one.uri())).equals(folder(path(other.uri())));
  }

  private static boolean sameHost(Segment one, Segment other) {
    return Objects.equals(one.uri().getHost(), other.uri().getHost());
  }

  private static String path(URI url) {
    String path = url.getRawPath();
    return path == null ? "" : path;
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
