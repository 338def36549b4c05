package io.github.streamingserver.session;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.ClientMessage;
import io.github.streamingserver.protocol.Field;

/**
 * A request on its way to its answer.
 *
 * @param word the command as the client wrote it
 * @param since when it came, by {@link System#nanoTime}
 */
record PendingRequest(String word, ClientMessage message, long since) {
  static PendingRequest of(String word, ClientMessage message) {
    return new PendingRequest(word, message, System.nanoTime());
  }

  /** What an error reply tells of this request. */
  JsonObject about() {
    JsonObject about = JsonObject.of(Field.COMMAND, word);
    if (message instanceof ClientMessage.Start(var recording)) {
      return about
          .with(Field.CHANNEL, recording.url().toString())
          .with(Field.REC_DIR, recording.folder().toString())
          .with(Field.RECORDING_ID, recording.id().value());
    }
    return message instanceof ClientMessage.GetThumbnail thumbnail
        ? about.with(Field.URL, thumbnail.url().toString())
        : about;
  }

  /** Whether it asks for a list: those are answered one after the other. */
  boolean browses() {
    return message instanceof ClientMessage.Browse || message instanceof ClientMessage.GetProviders;
  }

  /** Whether it asks for a picture: of those, a list's worth may come at once. */
  boolean isThumbnail() {
    return message instanceof ClientMessage.GetThumbnail;
  }

  /** Milliseconds since it came. */
  long age() {
    return (System.nanoTime() - since) / 1_000_000;
  }
}
