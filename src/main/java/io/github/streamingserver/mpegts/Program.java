package io.github.streamingserver.mpegts;

import java.util.List;
import java.util.Optional;

/**
 * A program as its map describes it (ISO 13818-1 §2.4.4.8).
 *
 * @param mapPid where the map itself is carried
 * @param pcrPid the stream that carries the clock, 0x1fff where none does
 */
public record Program(int number, int mapPid, int pcrPid, List<ElementaryStream> streams) {
  public Program {
    streams = List.copyOf(streams);
  }

  /** The first picture stream. */
  public Optional<ElementaryStream> video() {
    return streams.stream().filter(s -> s.codec().kind() == StreamCodec.Kind.VIDEO).findFirst();
  }

  /** The sound streams, in the map's order. */
  public List<ElementaryStream> audio() {
    return streams.stream().filter(s -> s.codec().kind() == StreamCodec.Kind.AUDIO).toList();
  }

  /** The picture and sound streams, in the map's order. */
  public List<ElementaryStream> audioAndVideo() {
    return streams.stream().filter(s -> s.codec().isAudioOrVideo()).toList();
  }

  /** Whether the stream on a PID is picture or sound; asked for each of its units. */
  boolean isAudioOrVideo(int pid) {
    for (ElementaryStream stream : streams) {
      if (stream.pid() == pid) {
        return stream.codec().isAudioOrVideo();
      }
    }
    return false;
  }

  /** Whether any stream is of a type that Apple keeps for SAMPLE-AES. */
  boolean isSampleEncrypted() {
    for (ElementaryStream stream : streams) {
      if (stream.sampleEncrypted()) {
        return true;
      }
    }
    return false;
  }

  /** The stream on a PID. */
  public Optional<ElementaryStream> stream(int pid) {
    return streams.stream().filter(s -> s.pid() == pid).findFirst();
  }
}
