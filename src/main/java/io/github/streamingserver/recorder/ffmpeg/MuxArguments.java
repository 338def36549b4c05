package io.github.streamingserver.recorder.ffmpeg;

import io.github.streamingserver.config.MuxSettings;
import io.github.streamingserver.mpegts.StreamCodec.Kind;
import io.github.streamingserver.recorder.ffmpeg.MuxPlan.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ffmpeg's arguments. */
final class MuxArguments {
  /** The descriptors of the inputs' pipes; the two between are ffmpeg's output and messages. */
  private static final List<String> INPUTS = List.of("pipe:0", "pipe:3");

  /** ffmpeg stops sooner where it knows each stream, and goes on without those that it doesn't. */
  private static final String PROBE_BYTES = "5000000";

  private static final String PROBE_MICROS = "5000000";

  /**
   * A fragment may hold all of its picture before all of its sound, so that much has to wait for
   * it. Without the other stream the output goes on after so long, and before it counts as stalled.
   */
  private static final String MAX_INTERLEAVE_MICROS = "15000000";

  private static final String FIT =
      "scale=w='min(1920,iw)':h='min(1080,ih)'"
          + ":force_original_aspect_ratio=decrease:force_divisible_by=2,format=yuv420p";

  private final List<String> all = new ArrayList<>();

  private MuxArguments() {}

  /** {@code encoder} is for a picture that is transcoded. */
  static List<String> of(
      List<MuxInput> inputs, MuxPlan plan, MuxSettings settings, Optional<H264Encoder> encoder) {
    MuxArguments arguments = new MuxArguments();
    arguments.add("-nostdin", "-hide_banner", "-nostats", "-loglevel", "warning");
    // The inputs of a recording share a timeline; each begun at zero they would be out of step.
    arguments.add("-copyts");
    for (int i = 0; i < inputs.size(); i++) {
      arguments.input(inputs.get(i), INPUTS.get(i));
    }
    for (Output output : plan.outputs()) {
      arguments.output(output, settings, encoder);
    }
    arguments.muxer();
    return List.copyOf(arguments.all);
  }

  private void input(MuxInput input, String pipe) {
    add("-protocol_whitelist", "pipe");
    add("-probesize", PROBE_BYTES, "-analyzeduration", PROBE_MICROS, "-fpsprobesize", "0");
    add("-thread_queue_size", "128");
    switch (input.format()) {
      // Edit lists move the timeline, but leave nothing out.
      case MP4 -> add("-advanced_editlist", "0");
      // Looking for more programs, ffmpeg would hold the output back for all of the probe.
      case MPEGTS -> add("-scan_all_pmts", "0");
      case AAC, MP3, AC3, EAC3 -> {}
    }
    if (input.start().isPositive()) {
      add("-itsoffset", input.start().toNanos() / 1000 + "us");
    }
    add("-f", input.format().demuxer(), "-i", pipe);
  }

  private void output(Output output, MuxSettings settings, Optional<H264Encoder> encoder) {
    boolean video = output.kind() == Kind.VIDEO;
    add("-map", output.input() + (video ? ":v:0" : ":a:0"));
    String codec = video ? "-c:v" : "-c:a";
    if (!output.transcoded()) {
      add(codec, "copy");
    } else if (video) {
      H264Encoder chosen = encoder.orElseThrow();
      add(codec, chosen.encoder());
      chosen.options().forEach(this::add);
      String rate = String.valueOf(settings.videoRate());
      add("-b:v", rate, "-maxrate", rate, "-bufsize", rate, "-level:v", "4.0", "-fpsmax", "30");
      add("-vf", FIT, "-force_key_frames", "expr:gte(t,n_forced*2)");
    } else {
      add(codec, "aac", "-profile:a", "aac_low", "-b:a", String.valueOf(settings.audioRate()));
      add("-ac", "2", "-ar", "48000", "-af", "aresample=async=1");
    }
  }

  private void muxer() {
    // A recording that is joined in the middle of a GOP is the recorder's to judge.
    add("-copyinkf", "-copypriorss", "1");
    add("-map_metadata:g", "-1", "-map_chapters", "-1");
    add("-max_interleave_delta", MAX_INTERLEAVE_MICROS);
    // Each unit of sound comes out at once and by itself: a part may end before any of them.
    add("-pes_payload_size", "0");
    add("-flush_packets", "1", "-mpegts_flags", "system_b", "-f", "mpegts", "pipe:1");
  }

  private void add(String... arguments) {
    all.addAll(List.of(arguments));
  }
}
