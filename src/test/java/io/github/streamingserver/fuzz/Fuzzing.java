package io.github.streamingserver.fuzz;

import io.github.streamingserver.hls.PlaylistFuzz;
import io.github.streamingserver.hls.WebVttFuzz;
import io.github.streamingserver.mp4.BoxFuzz;
import io.github.streamingserver.mpegts.SegmentFuzz;
import io.github.streamingserver.protocol.MessageFuzz;
import io.github.streamingserver.provider.ConfigFuzz;
import io.github.streamingserver.provider.json.ListFuzz;
import io.github.streamingserver.provider.m3u.GuideFuzz;
import io.github.streamingserver.provider.m3u.M3uFuzz;
import io.github.streamingserver.recorder.journal.JournalFuzz;
import io.github.streamingserver.tcp.FrameFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is fuzzed. Each has a folder {@code fuzz/<name>} among the test resources. */
public enum Fuzzing {
  CONFIG,
  FRAMES,
  GUIDE,
  JOURNAL,
  LIST,
  M3U,
  MESSAGES,
  MP4,
  PLAYLISTS,
  TS,
  VTT;

  /** Larger inputs say nothing more. */
  static final int LONGEST = 64 << 10;

  private static final String ROOT = "/fuzz/";

  FuzzTarget target() {
    return switch (this) {
      case CONFIG -> new ConfigFuzz();
      case FRAMES -> new FrameFuzz();
      case GUIDE -> new GuideFuzz();
      case JOURNAL -> new JournalFuzz();
      case LIST -> new ListFuzz();
      case M3U -> new M3uFuzz();
      case MESSAGES -> new MessageFuzz();
      case MP4 -> new BoxFuzz();
      case PLAYLISTS -> new PlaylistFuzz();
      case TS -> new SegmentFuzz();
      case VTT -> new WebVttFuzz();
    };
  }

  /** Media that other tests have too. */
  private Optional<String> media() {
    return switch (this) {
      case MP4 -> Optional.of("/mp4");
      case TS -> Optional.of("/mpegts");
      default -> Optional.empty();
    };
  }

  /** As on a command line. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Folders of inputs to begin with: what is right, and each finding that there was. */
  List<Path> seeds() {
    return Stream.concat(Stream.of(ROOT + title() + "/seeds"), media().stream())
        .map(Fuzzing::folder)
        .toList();
  }

  /** Texts that inputs are made of, in libFuzzer's form. */
  Path dictionary() {
    return folder(ROOT + title()).resolve("dictionary");
  }

  /** Every seed. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : seeds()) {
      try (Stream<Path> list = Files.list(folder)) {
        list.sorted().forEach(files::add);
      }
    }
    return files;
  }

  private static Path folder(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Fuzzing.class.getResource(name), name + " is missing").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Test resources are in no folder", e);
    }
  }
}
