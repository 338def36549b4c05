package io.github.streamingserver.recorder.ffmpeg;

import io.github.streamingserver.config.MuxMode;
import io.github.streamingserver.mpegts.StreamCodec.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which streams come out and what is done to each: one picture and one sound at most, as a set-top
 * box plays them.
 *
 * @param outputs in the order of the output; empty where the inputs have neither picture nor sound
 */
public record MuxPlan(List<Output> outputs) {
  public MuxPlan {
    outputs = List.copyOf(outputs);
  }

  /**
   * A stream of the output.
   *
   * @param input the number of the input that it comes from; it is the first of its kind there
   * @param transcoded it is decoded and encoded, instead of copied
   */
  public record Output(int input, Kind kind, boolean transcoded) {}

  /**
   * The plan for {@code inputs}: the picture of the first input that has one, and the sound of the
   * last, which is a rendition where there are two.
   */
  public static MuxPlan of(MuxMode mode, List<MuxInput> inputs) {
    List<Output> outputs = new ArrayList<>();
    for (int input = 0; input < inputs.size() && outputs.isEmpty(); input++) {
      add(outputs, mode, inputs, input, Kind.VIDEO);
    }
    int pictures = outputs.size();
    for (int input = inputs.size() - 1; input >= 0 && outputs.size() == pictures; input--) {
      add(outputs, mode, inputs, input, Kind.AUDIO);
    }
    return new MuxPlan(outputs);
  }

  /**
   * Whether a sound's input goes with a picture's: each has what the other is for. Otherwise the
   * first is all there is to mux, and {@link #of} would leave out one of both.
   */
  public static boolean joins(MuxInput picture, MuxInput sound) {
    return has(picture, Kind.VIDEO) && has(sound, Kind.AUDIO);
  }

  private static boolean has(MuxInput input, Kind kind) {
    return input.streams().stream().anyMatch(stream -> stream.kind() == kind);
  }

  private static void add(
      List<Output> outputs, MuxMode mode, List<MuxInput> inputs, int input, Kind kind) {
    inputs.get(input).streams().stream()
        .filter(stream -> stream.kind() == kind)
        .findFirst()
        .map(stream -> new Output(input, kind, isTranscoded(mode, stream)))
        .ifPresent(outputs::add);
  }

  private static boolean isTranscoded(MuxMode mode, MuxStream stream) {
    return switch (mode) {
      case AUTO -> !stream.playable();
      case COPY -> false;
      case TRANSCODE -> true;
    };
  }

  /** A picture has to be encoded. */
  public boolean encodesVideo() {
    return outputs.stream().anyMatch(out -> out.kind() == Kind.VIDEO && out.transcoded());
  }
}
