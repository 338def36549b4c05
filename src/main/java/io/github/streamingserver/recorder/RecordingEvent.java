package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What happens to a recording, published by the supervisor to all who subscribed. */
public sealed interface RecordingEvent {
  /** Whose event it is. */
  Recording recording();

  /**
   * A recording as events name it.
   *
   * @param channel the address that was asked for
   */
  record Recording(RecordingId id, RecorderId recorder, URI channel, Path folder) {}

  /** A file can be played from now on. */
  record SectionStarted(Recording recording, URI url, Path file, int section, int segment)
      implements RecordingEvent {}

  /** How far it is. */
  record Progressed(
      Recording recording, Totals totals, OptionalLong totalBytes, long bytesPerSecond)
      implements RecordingEvent {}

  /** It is over; nothing follows. */
  record Ended(Recording recording, Outcome outcome, Totals totals) implements RecordingEvent {}

  /** Why a recording is over. */
  sealed interface Outcome {
    /** All that was asked for is there. */
    record Complete() implements Outcome {}

    /** A client stopped it. */
    record ByUser() implements Outcome {}

    /** It could not go on. */
    record Failed(StreamFailure failure) implements Outcome {}
  }

  /**
   * A recording at this moment, for {@code status}; its recorder is known once it is resolved.
   *
   * @param restarts how often it was gone on with, after a crash or while its disk failed
   */
  record Status(
      RecordingId id,
      Optional<RecorderId> recorder,
      URI channel,
      Path folder,
      State state,
      Totals totals,
      int restarts) {}

  /** The phases of a recording. */
  enum State {
    RESOLVING,
    BUFFERING,
    RECORDING,
    STOPPING
  }
}
