package io.github.streamingserver.journey;

import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.SoakChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares recordings with what was offered, by the coded pictures: which segments a recording
 * holds, in order and whole, what is missing, and whether that could have been had.
 */
final class SoakReport {
  private static final int PICTURES = Math.toIntExact(25 * SoakChannel.SEGMENT.toSeconds());

  /** Segments that may be on their way when a recording is stopped. */
  private static final int UNDERWAY = 3;

  private final List<String> source = Frames.packets(Media.joined(SoakChannel.clip()), "v:0");
  private final Map<String, Integer> begins = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int lost;
  private int recoverable;
  private long segments;

  SoakReport() {
    for (int i = 0; i < source.size(); i += PICTURES) {
      begins.put(source.get(i), i / PICTURES);
    }
    if (begins.size() * PICTURES != source.size()) {
      throw new IllegalStateException("segments of the clip are alike, or not whole");
    }
  }

  /** What is wrong. */
  List<String> faults() {
    return faults;
  }

  /** All segments of all recordings, and those that are missing between them. */
  String sum() {
    return "%d segments recorded, %d lost, of these %d could have been had"
        .formatted(segments, lost, recoverable);
  }

  /**
   * Looks at one recording.
   *
   * @param counted the lost segments that the server told of
   */
  void see(String name, Path folder, SoakChannel channel, long counted, Instant stopped)
      throws Exception {
    List<Integer> held = held(name, folder);
    if (held.isEmpty()) {
      faults.add(name + ": nothing was recorded");
      return;
    }
    segments += held.size();
    int inClip = begins.size();
    long first = channel.first();
    long next = first;
    List<Long> missing = new ArrayList<>();
    for (int segment : held) {
      while (next % inClip != segment) {
        missing.add(next);
        next++;
      }
      next++;
    }
    lost += missing.size();
    if (missing.size() != counted) {
      faults.add(name + ": %d are missing, %d were counted".formatted(missing.size(), counted));
    }
    if (next + UNDERWAY < channel.last(stopped)) {
      faults.add(name + ": ends at %d of %d".formatted(next - 1, channel.last(stopped)));
    }
    for (long one : missing) {
      boolean had = channel.wasRecoverable(one);
      recoverable += had ? 1 : 0;
      faults.addAll(
          had ? List.of(name + ": could have been had: " + channel.history(one)) : List.of());
    }
  }

  /** The segments that a recording holds, each by its place in the clip. */
  private List<Integer> held(String name, Path folder) throws Exception {
    List<Integer> held = new ArrayList<>();
    for (int i = 0; Files.exists(file(folder, i)); i++) {
      List<String> pictures = Frames.packets(file(folder, i), "v:0");
      for (int from = 0; from < pictures.size(); from += PICTURES) {
        int to = Math.min(from + PICTURES, pictures.size());
        Integer segment = begins.getOrDefault(pictures.get(from), -1);
        int at = segment * PICTURES;
        if (segment < 0 || !source.subList(at, at + PICTURES).equals(pictures.subList(from, to))) {
          faults.add(
              name + ": section %d is not its source's from picture %d on".formatted(i, from));
          return held;
        }
        held.add(segment);
      }
    }
    return held;
  }

  /** Decodes all of a recording: every frame of the picture is the source's. */
  void decode(String name, Path folder) throws Exception {
    List<Integer> held = held(name, folder);
    List<String> frames = Frames.video(Media.joined(SoakChannel.clip()));
    List<String> expected = new ArrayList<>();
    for (int segment : held) {
      expected.addAll(frames.subList(segment * PICTURES, (segment + 1) * PICTURES));
    }
    List<String> decoded = new ArrayList<>();
    for (int i = 0; Files.exists(file(folder, i)); i++) {
      decoded.addAll(Frames.video(file(folder, i)));
      String errors = Ffmpeg.decodeErrors(file(folder, i));
      faults.addAll(errors.isEmpty() ? List.of() : List.of(name + " decoding: " + errors));
    }
    if (!decoded.equals(expected)) {
      faults.add(
          name
              + ": %d frames, not the %d of the source".formatted(decoded.size(), expected.size()));
    }
  }

  private static Path file(Path folder, int section) {
    return folder.resolve("stream_" + section + ".ts");
  }
}
