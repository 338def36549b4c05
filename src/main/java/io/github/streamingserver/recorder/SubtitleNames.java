package io.github.streamingserver.recorder;

import io.github.streamingserver.model.MediaSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the files of subtitles are told apart by. */
final class SubtitleNames {
  private static final int LONGEST = 20;
  private static final String UNKNOWN = "und";

  private SubtitleNames() {}

  /**
   * Names of letters, digits and hyphens, at most 20, in the order of {@code all}; no two of them
   * are equal, even where a file system ignores case.
   */
  static List<String> of(List<MediaSource.Subtitles> all) {
    Set<String> taken = new HashSet<>();
    return all.stream().map(subtitles -> free(name(subtitles), taken)).toList();
  }

  private static String free(String name, Set<String> taken) {
    for (int number = 1; ; number++) {
      String suffix = number == 1 ? "" : "-" + number;
      String free = name.substring(0, Math.min(name.length(), LONGEST - suffix.length())) + suffix;
      if (taken.add(free.toLowerCase(Locale.ROOT))) {
        return free;
      }
    }
  }

  private static String name(MediaSource.Subtitles subtitles) {
    String forced = subtitles.forced() ? "-forced" : "";
    String name =
        Stream.of(subtitles.language(), subtitles.name())
            .map(text -> text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", ""))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(UNKNOWN);
    return name.substring(0, Math.min(name.length(), LONGEST - forced.length())) + forced;
  }
}
