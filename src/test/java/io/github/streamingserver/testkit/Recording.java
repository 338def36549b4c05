package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Media.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A recording that has ended, as a client knows it.
 *
 * @param starts what it was told of sections, in order
 * @param stop what it was told of the end
 * @param folder where the files are
 */
public record Recording(List<JsonObject> starts, JsonObject stop, Path folder) {
  private static final double DURATION_TOLERANCE = 0.1;

  public Recording {
    starts = List.copyOf(starts);
  }

  /** The one that {@code client} is told of until it has ended. */
  public static Recording await(Client client, Path folder) throws Exception {
    List<JsonObject> starts = new ArrayList<>();
    Message message = client.receive();
    while (!message.command().equals("stop")) {
      starts.add(message.args());
      message = client.receive();
    }
    return new Recording(starts, message.args(), folder);
  }

  /** The file of a section, MPEG-TS. */
  public Path section(int index) {
    return folder.resolve("stream_" + index + ".ts");
  }

  /** The stop message and the log, for a failure's message. */
  private String told() {
    Path log = folder.resolve("log.txt");
    try {
      return stop + "\n" + (Files.exists(log) ? Files.readString(log) : "no log.txt");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It came to its own end and nothing is lost. */
  public Recording assertComplete() {
    return assertEnded("complete", 0);
  }

  /** It ended so, with this many segments lost. */
  public Recording assertEnded(String reason, int lost) {
    assertThat(stop.text("reason")).as(this::told).contains(reason);
    assertThat(stop.number("lost_segments")).as(this::told).contains((double) lost);
    return this;
  }

  /** It was refused before anything was on disk. */
  public Recording assertRefused(String errorId, String message) {
    assertThat(stop.text("reason")).as(this::told).contains("error");
    assertThat(stop.text("error_id")).as(this::told).contains(errorId);
    assertThat(stop.text("msg").orElse("")).contains(message);
    assertThat(starts).isEmpty();
    assertThat(folder).doesNotExist();
    return this;
  }

  /** Each message names this recorder in both its ways. */
  public Recording assertRecorder(String id) {
    for (JsonObject message : Stream.concat(starts.stream(), Stream.of(stop)).toList()) {
      assertThat(message.text("recorder_id")).contains(id);
      assertThat(message.object("recorder").flatMap(it -> it.text("type"))).contains(id);
    }
    return this;
  }

  /** It has a section for each source and each holds its source, frame by frame. */
  public Recording assertHolds(Path... sources) {
    assertSections(sources.length);
    for (int i = 0; i < sources.length; i++) {
      Frames.assertSame(section(i), sources[i]);
    }
    return this;
  }

  /**
   * It holds these parts one after another, in a section each or all in one: what is between them
   * was left out.
   */
  public Recording assertHoldsParts(Part... parts) {
    boolean inOne = stop.number("sections").orElse(0.0) == 1;
    return inOne
        ? assertHolds(Media.joined(List.of(parts)))
        : assertHolds(Stream.of(parts).map(Part::joined).toArray(Path[]::new));
  }

  /** What messages and files say of sections agrees: one start each, files, bytes, duration. */
  public Recording assertSections(int count) {
    assertThat(stop.number("sections")).as(this::told).contains((double) count);
    assertThat(starts)
        .as(this::told)
        .extracting(start -> start.text("rec_file").orElse(""))
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> section(i).toString()).toList());
    assertThat(starts)
        .extracting(start -> start.number("section_index").orElse(-1.0))
        .isEqualTo(IntStream.range(0, count).mapToObj(Double::valueOf).toList());
    assertThat(files()).hasSize(count);
    assertThat(stop.number("bytes").orElse(0.0))
        .isEqualTo((double) files().stream().mapToLong(Recording::size).sum());
    assertThat(stop.number("duration").orElse(0.0))
        .as(this::told)
        .isCloseTo(
            files().stream().mapToDouble(Frames::duration).sum(),
            within(DURATION_TOLERANCE * count));
    return this;
  }

  /**
   * The files of all sections, one after another, hold the frames of {@code picture} and {@code
   * sound}; each decodes by itself, and the end tells of what is in them.
   */
  public Recording assertHoldsInAll(Path picture, Path sound) {
    assertTold();
    List<Path> files = files();
    files.forEach(Frames::assertNoDecodeErrors);
    Frames.assertSame(
        "picture",
        folder,
        files.stream().flatMap(it -> Frames.video(it).stream()).toList(),
        Frames.video(picture));
    Frames.assertSame("sound", folder, Frames.sound(files), Frames.sound(List.of(sound)));
    return this;
  }

  /** What the end tells of all files agrees with them. */
  private void assertTold() {
    List<Path> files = files();
    assertThat(stop.number("sections")).as(this::told).contains((double) files.size());
    assertThat(stop.number("bytes"))
        .as(this::told)
        .contains((double) files.stream().mapToLong(Recording::size).sum());
    assertThat(stop.number("duration").orElse(0.0))
        .as(this::told)
        .isCloseTo(
            files.stream().mapToDouble(Frames::duration).sum(),
            within(DURATION_TOLERANCE * files.size()));
  }

  /** The files of all sections, in order. */
  public List<Path> files() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches("stream_\\d+\\.\\w+"))
          .sorted(Comparator.comparingInt(Recording::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("\\D+(\\d+).*", "$1"));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log says so, in words for people. */
  public Recording assertLog(String... parts) {
    assertThat(folder.resolve("log.txt")).content().contains(parts);
    return this;
  }
}
