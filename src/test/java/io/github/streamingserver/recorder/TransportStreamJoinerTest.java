package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.mpegts.Segments;
import io.github.streamingserver.recorder.Piece.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where sections begin, and what is marked as discontinuous. */
class TransportStreamJoinerTest {
  private static final int PACKET = 188;
  private static final int FRAMES = 25;
  private static final long TICKS = FRAMES * 3600L;
  private static final StreamFailure CAUSE = new StreamFailure.Failed("broke off");

  private final TransportStreamJoiner joiner = new TransportStreamJoiner(new SectionClock(), 0);
  private final List<Piece> out = new ArrayList<>();
  private long number;

  /** Timestamps run on over what is lost or left out, so that nothing but the story tells of it. */
  private long whole;

  private void see(Piece piece) {
    out.addAll(joiner.see(piece));
  }

  private Part part(boolean filler) {
    return new Part(URI.create("http://host/" + number + ".ts"), number, 1, false, filler);
  }

  private void data(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += 1000) {
      see(new Piece.Data(ByteString.fromArray(bytes, at, Math.min(1000, bytes.length - at))));
    }
  }

  /** One word of a story, see {@link #begins}. */
  private void tell(String word) {
    number++;
    boolean filler = word.startsWith("f");
    String kind = word.replaceAll("^f|[!~]$", "");
    switch (kind) {
      case "missed" -> see(new Piece.Missed(2, 12, CAUSE));
      case "left" -> see(new Piece.LeftOut(part(true)));
      default -> segment(kind, part(filler), word);
    }
  }

  private void segment(String kind, Part part, String word) {
    byte[] bytes = content(kind);
    see(new Piece.Begin(part));
    if (word.endsWith("~")) {
      data(bytes);
      see(new Piece.Rollback(CAUSE));
    }
    data(bytes);
    see(word.endsWith("!") ? new Piece.Lost(part, CAUSE) : new Piece.End(part));
    whole += word.endsWith("!") ? 0 : 1;
  }

  private byte[] content(String kind) {
    Segments segments = new Segments();
    return switch (kind) {
      case "large" -> segments.size(1280, 720).tables().play(whole * TICKS, FRAMES).bytes();
      case "small" -> segments.size(640, 368).tables().play(whole * TICKS, FRAMES).bytes();
      case "unknown" -> segments.withoutSize().tables().play(whole * TICKS, FRAMES).bytes();
      case "pid" ->
          segments.videoPid(0x200).size(1280, 720).tables().play(whole * TICKS, FRAMES).bytes();
      case "mpeg2" -> Segments.resource("mpeg2-ac3.ts");
      case "junk" -> "<html>not found</html>".repeat(99).getBytes(StandardCharsets.US_ASCII);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Whole segments by their number; a stroke where a file begins, {@code x} for a lost one. */
  private String shown() {
    StringBuilder shown = new StringBuilder();
    for (Piece piece : out) {
      switch (piece) {
        case Piece.Cut _ -> shown.append("| ");
        case Piece.End(var part) -> shown.append(part.sequence()).append(' ');
        case Piece.Lost _ -> shown.append("x ");
        case Piece.Rollback _ -> shown.append("~ ");
        default -> {}
      }
    }
    return shown.toString().strip();
  }

  /**
   * Words are a picture size or another kind of segment, {@code f} before one that is filler,
   * {@code !} behind one that is lost half-way, {@code ~} behind one that begins again.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "large large large, 1 2 3",
    "large large small small large, 1 2 | 3 4 | 5",
    "large mpeg2 mpeg2, 1 | 2 3",
    "large pid pid large, 1 | 2 3 | 4",
    // what isn't known is no reason, and hides none
    "large unknown large, 1 2 3",
    "large unknown small, 1 2 | 3",
    "unknown large small, 1 2 | 3",
    // filler
    "large flarge flarge large, 1 | 2 3 | 4",
    "flarge large, 1 | 2",
    "large fsmall small, 1 | 2 | 3",
    "large left left large, 1 4",
    "large left small, 1 | 3",
    "large missed large, 1 3",
    // a try that is void begins the file again, in which nothing is yet
    "large small~ small, 1 | ~ | 2 3",
    "large~ large, ~ 1 2",
    "large large~ small, 1 ~ 2 | 3",
    // a first segment that is lost
    "large small! small, 1 | x | 3",
    "large small! large, 1 | x 3",
    "large! small, x 2",
    "large large! large, 1 x 3",
    "large junk large, 1 x 3",
    "junk large, x 2",
    "large junk~, 1 ~ x",
  })
  void begins(String story, String files) {
    for (String word : story.split(" ", -1)) {
      tell(word);
    }
    assertThat(shown()).isEqualTo(files);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "large large, 0",
    "large missed large, 1",
    "large left large, 1",
    "large large! large, 1",
    "large junk large, 1",
    "large missed large large, 1",
    "large missed large left large, 2",
    "large large~ large, 0",
    // a file of its own is continuous from its beginning
    "large missed small, 0",
  })
  void marks(String story, int discontinuities) {
    for (String word : story.split(" ", -1)) {
      tell(word);
    }
    List<Piece> written = new ArrayList<>();
    List<Piece> part = new ArrayList<>();
    for (Piece piece : out) {
      switch (piece) {
        case Piece.Rollback _, Piece.Lost _ -> part.clear();
        case Piece.End _ -> {
          written.addAll(part);
          part.clear();
        }
        default -> part.add(piece);
      }
    }
    assertThat(written.stream().mapToInt(TransportStreamJoinerTest::indicators).sum())
        .isEqualTo(discontinuities);
  }

  @Test
  void aDiscontinuityThatThePlaylistTellsIsMarked() {
    tell("large");
    number++;
    Part other = new Part(URI.create("http://host/x.ts"), number, 1, true, false);
    segment("large", other, "large");
    assertThat(out.stream().mapToInt(TransportStreamJoinerTest::indicators).sum()).isEqualTo(1);
  }

  private static int indicators(Piece piece) {
    if (!(piece instanceof Piece.Data(var bytes))) {
      return 0;
    }
    int count = 0;
    byte[] packets = bytes.toArray();
    for (int at = 0; at < packets.length; at += PACKET) {
      boolean adaptation = (packets[at + 3] & 0x20) != 0 && packets[at + 4] != 0;
      count += adaptation && (packets[at + 5] & 0x80) != 0 ? 1 : 0;
    }
    return count;
  }
}
