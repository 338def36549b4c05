package io.github.streamingserver.session;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.protocol.ClientMessage;
import io.github.streamingserver.protocol.ClientMessages;
import io.github.streamingserver.protocol.MalformedMessageException;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.MessageCodec;
import io.github.streamingserver.protocol.ServerMessages;
import org.slf4j.Logger;

/** Frames → requests on a session's desk. What can't be read is answered with an error. */
final class Inbox {
  private final MessageCodec codec;
  private final long maxMessageSize;
  private final RequestDesk desk;
  private final Outbox outbox;
  private final Logger log;
  private final String peer;

  Inbox(SessionContext services, RequestDesk desk, Outbox outbox, Logger log, String peer) {
    this.codec = services.codec();
    this.maxMessageSize = services.settings().tcp().maxMessageSize();
    this.desk = desk;
    this.outbox = outbox;
    this.log = log;
    this.peer = peer;
  }

  /** Reads a frame and gives back its memory. */
  void take(Frame frame) {
    switch (frame) {
      case Frame.TooLong(long length) ->
          refuse(
              "a message of %d bytes is longer than the %d that are allowed"
                  .formatted(length, maxMessageSize));
      case Frame.Complete(var content, var release) -> {
        try {
          read(codec.decode(content.asInputStream()));
        } catch (MalformedMessageException e) {
          refuse(e.problem());
        } finally {
          release.run();
        }
      }
    }
  }

  private void refuse(String problem) {
    log.warn("Bad frame from [{}]: {}", peer, problem);
    StreamFailure failure = new StreamFailure.Failed("Bad frame: " + problem);
    outbox.send(ServerMessages.failed(failure, JsonObject.empty()));
  }

  private void read(Message message) {
    String word = message.command();
    ClientMessage read;
    try {
      read = ClientMessages.read(message);
    } catch (IllegalArgumentException e) {
      PendingRequest unread = PendingRequest.of(word, new ClientMessage.Unknown(word));
      outbox.refuse(unread, new StreamFailure.Failed(String.valueOf(e.getMessage())));
      return;
    }
    desk.take(PendingRequest.of(word, read));
  }
}
