package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.fuzz.FuzzTarget;
import io.github.streamingserver.provider.BoundedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** A guide is read as far as it is one, and what was read can be asked. */
public final class GuideFuzz implements FuzzTarget {
  private static final Instant NOW = Instant.parse("2026-01-31T20:00:00Z");
  private static final Set<String> KEYS = Set.of("a", "b.tv", "News");
  private static final int SMALL = 600;
  private static final int WINDOW = 6 * 3600;

  private final Path file;

  /** Makes a file for the guides. */
  public GuideFuzz() {
    try {
      file = Files.createTempFile("guide", ".bin");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.toFile().deleteOnExit();
  }

  @Override
  public void read(byte[] input) throws IOException {
    read(input, GuideWriter.MOST_BYTES);
    read(input, SMALL);
  }

  private void read(byte[] input, int most) throws IOException {
    GuideWriter writer = new GuideWriter(SortedNames.of(KEYS), NOW.getEpochSecond(), most, file);
    try (writer) {
      try {
        new XmltvReader(writer)
            .read(new TagGuard(BoundedInput.of(new ByteArrayInputStream(input), 1 << 20)));
      } catch (XMLStreamException | IOException e) {
        // What came before is kept.
      }
      writer.finish();
    }
    Guide guide = Guide.read(file);
    FuzzTarget.promise(Files.size(file) <= 8L * most + 1000, "a guide beyond what it may have");
    for (String key : KEYS) {
      for (int seconds = 0; seconds < WINDOW; seconds += WINDOW / 8) {
        check(guide.at(key, NOW.plusSeconds(seconds)), NOW.plusSeconds(seconds));
      }
    }
  }

  private static void check(Guide.NowNext on, Instant time) {
    on.now()
        .ifPresent(
            it ->
                FuzzTarget.promise(
                    !it.start().isAfter(time) && it.stop().isAfter(time), "not on at that time"));
    on.next().ifPresent(it -> FuzzTarget.promise(it.start().isAfter(time), "not next"));
  }
}
