package io.github.streamingserver.recorder;

import io.github.streamingserver.files.RealFolder;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * {@code log.txt} beside the recording: a line for each event that a person may want to know of.
 * Blocks on the disk: for the blocking dispatcher, one thread at a time.
 */
final class RecordingLog implements AutoCloseable {
  static final String NAME = "log.txt";

  private final Path path;
  private final Writer writer;
  private final Clock clock;

  private RecordingLog(Path path, Writer writer, Clock clock) {
    this.path = path;
    this.writer = writer;
    this.clock = clock;
  }

  /** The file of a log, in its folder. */
  private interface LogFile {
    FileChannel in(RealFolder folder) throws IOException;
  }

  /** Begins the log in {@code folder}. */
  static RecordingLog begin(Path folder, Clock clock) {
    return open(folder, clock, held -> held.create(NAME));
  }

  /** Goes on with the log in {@code folder}. */
  static RecordingLog resume(Path folder, Clock clock) {
    return open(
        folder,
        clock,
        held ->
            held.hasFile(NAME)
                ? held.open(NAME, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
                : held.create(NAME));
  }

  private static RecordingLog open(Path folder, Clock clock, LogFile log) {
    Path path = folder.resolve(NAME);
    try (RealFolder held = RealFolder.open(folder)) {
      Writer writer =
          new OutputStreamWriter(Channels.newOutputStream(log.in(held)), StandardCharsets.UTF_8);
      return new RecordingLog(path, writer, clock);
    } catch (IOException e) {
      throw RecordingFile.failure(path, e);
    }
  }

  /** Adds a line, which is on its way to the disk when this returns. */
  void line(String text) {
    String time =
        OffsetDateTime.now(clock)
            .truncatedTo(ChronoUnit.SECONDS)
            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    try {
      writer.write(time + " " + text.replaceAll("\\p{Cntrl}", " ") + "\n");
      writer.flush();
    } catch (IOException e) {
      throw RecordingFile.failure(path, e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw RecordingFile.failure(path, e);
    }
  }
}
