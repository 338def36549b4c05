package io.github.streamingserver.recorder;

import io.github.streamingserver.hls.Aes128Cbc;
import io.github.streamingserver.hls.DecryptionException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.Piece.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/**
 * Decrypts what is encrypted with AES-128 as it passes. A segment that is cut off, or that its key
 * does not open, is lost. One recording, one thread.
 */
final class Decryption {
  private Optional<Aes128Cbc> cipher = Optional.empty();
  private Optional<Part> part = Optional.empty();
  private OptionalLong due = OptionalLong.empty();
  private long seen;

  /** The pieces that {@code piece} becomes. */
  List<Piece> see(Piece piece) {
    return switch (piece) {
      case Piece.Begin(var next) -> {
        part = Optional.of(next);
        plain();
        yield List.of(piece);
      }
      case Piece.Encrypted(var key) -> {
        cipher = Optional.of(new Aes128Cbc(key.key(), key.iv()));
        yield List.of();
      }
      case Piece.Length(long bytes) when cipher.isPresent() -> {
        due = OptionalLong.of(bytes);
        yield List.of();
      }
      case Piece.Data(var bytes) -> decrypt(bytes);
      case Piece.Rollback _ -> {
        plain();
        yield pass(piece);
      }
      case Piece.End _ -> end(piece);
      case Piece.Length _, Piece.Lost _, Piece.Resumed _ -> pass(piece);
      case Piece.Version _,
          Piece.Cut _,
          Piece.Missed _,
          Piece.LeftOut _,
          Piece.Init _,
          Piece.Broken _,
          Piece.Aside _ ->
          List.of(piece);
    };
  }

  private void plain() {
    cipher = Optional.empty();
    due = OptionalLong.empty();
    seen = 0;
  }

  /** Nothing more is told of a part that is lost already. */
  private List<Piece> pass(Piece piece) {
    return part.isPresent() ? List.of(piece) : List.of();
  }

  private List<Piece> decrypt(ByteString bytes) {
    if (cipher.isEmpty()) {
      return pass(new Piece.Data(bytes));
    }
    List<Piece> plain = new ArrayList<>(1);
    for (ByteBuffer buffer : bytes.getByteBuffers()) {
      add(cipher.get().update(buffer), plain);
    }
    seen += bytes.size();
    return plain;
  }

  private List<Piece> end(Piece end) {
    if (cipher.isEmpty()) {
      return pass(end);
    }
    if (due.isPresent() && due.getAsLong() != seen) {
      return lost("%d encrypted bytes came where %d are due".formatted(seen, due.getAsLong()));
    }
    List<Piece> last = new ArrayList<>(2);
    try {
      add(cipher.get().finish(), last);
    } catch (DecryptionException e) {
      return lost("it can't be decrypted: " + e.getMessage());
    }
    last.add(end);
    return last;
  }

  private List<Piece> lost(String why) {
    Part lost = part.orElseThrow();
    part = Optional.empty();
    plain();
    return List.of(new Piece.Lost(lost, new StreamFailure.Failed(why)));
  }

  private static void add(byte[] plain, List<Piece> pieces) {
    if (plain.length > 0) {
      pieces.add(new Piece.Data(ByteString.fromArrayUnsafe(plain)));
    }
  }
}
