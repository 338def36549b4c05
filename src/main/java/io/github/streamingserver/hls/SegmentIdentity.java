package io.github.streamingserver.hls;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Whether a media sequence number, listed twice, means the same segment both times. URIs may be
 * signed anew, come from another host of the same network or hold a session, so that only what is
 * stable of them is compared.
 */
final class SegmentIdentity {
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
    for (int last = other.size() - 1; last >= 0; last--) {
      boolean same = true;
      for (int i = 0; same && i <= last && i < taken.size(); i++) {
        same = same(taken.get(taken.size() - 1 - i), other.get(last - i), true);
      }
      if (same) {
        return OptionalInt.of(last + 1);
      }
    }
    return OptionalInt.empty();
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
