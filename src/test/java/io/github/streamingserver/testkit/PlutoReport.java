package io.github.streamingserver.testkit;

import io.github.streamingserver.testkit.Media.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Whether what was recorded is what was broadcast, from the first recorded segment to the end: the
 * pictures decoded, the sound as it is coded, since a decoder carries sound over from one segment
 * to the next.
 */
public final class PlutoReport {
  private static final double LONGEST_STEP = 0.1;

  private final List<String> lines = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * Compares.
   *
   * @param sections files, in order
   * @param broadcast parts, in order
   * @param late segments that may have passed before the recording began
   */
  public PlutoReport(List<Path> sections, List<Part> broadcast, int late) {
    lines.add("section          size     seconds  pictures  sounds  step v/a, s    decode errors");
    List<String> pictures = new ArrayList<>();
    List<String> sounds = new ArrayList<>();
    for (Path section : sections) {
      List<String> picture = Frames.video(section);
      List<String> sound = Frames.packets(section, "a:0");
      pictures.addAll(picture);
      sounds.addAll(sound);
      lines.add(line(section, picture.size(), sound.size()));
    }
    compare("pictures", pictures, broadcast, late, Frames::video);
    compare("sounds", sounds, broadcast, late, file -> Frames.packets(file, "a:0"));
  }

  private String line(Path section, int pictures, int sounds) {
    Facts facts = Facts.of(section);
    String errors = Ffmpeg.decodeErrors(section);
    if (!errors.isEmpty()) {
      faults.add(section + " has decode errors: " + errors);
    }
    return String.format(
        Locale.ROOT,
        "%-15s  %dx%d  %7.2f  %8d  %6d  %.3f/%.3f    %s",
        section.getFileName(),
        facts.width(),
        facts.height(),
        facts.seconds(),
        pictures,
        sounds,
        longestStep(section, "v:0"),
        longestStep(section, "a:0"),
        errors.isEmpty() ? "none" : "SOME");
  }

  private double longestStep(Path section, String stream) {
    List<Double> times = Facts.decodingTimes(section, stream);
    double longest = 0;
    for (int i = 1; i < times.size(); i++) {
      double step = times.get(i) - times.get(i - 1);
      if (step <= 0 || step > LONGEST_STEP) {
        faults.add(
            "%s of [%s]: %.3f s from packet %d to the next, at %.3f s"
                .formatted(stream, section.getFileName(), step, i - 1, times.get(i)));
      }
      longest = Math.max(longest, step);
    }
    return longest;
  }

  private void compare(
      String what,
      List<String> recorded,
      List<Part> broadcast,
      int late,
      Function<Path, List<String>> frames) {
    List<String> expected = new ArrayList<>();
    for (Part part : broadcast) {
      expected.addAll(frames.apply(part.joined()));
    }
    Part first = broadcast.getFirst();
    Part passed = new Part(first.hls(), first.from(), first.from() + late);
    int before = expected.size() - recorded.size();
    lines.add(
        "%d %s recorded of %d that were broadcast"
            .formatted(recorded.size(), what, expected.size()));
    if (before < 0 || before > frames.apply(passed.joined()).size()) {
      faults.add(what + ": not all, or too many");
      return;
    }
    for (int i = 0; i < recorded.size(); i++) {
      if (!recorded.get(i).equals(expected.get(before + i))) {
        faults.add("%s: number %d is not the one that was broadcast".formatted(what, i));
        return;
      }
    }
  }

  /** A table, and what is compared, for people. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** What is not as it should be; empty where all is well. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
