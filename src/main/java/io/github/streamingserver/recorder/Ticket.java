package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import org.apache.pekko.actor.typed.ActorRef;

/** A request that waits for its one reply. Two tickets are never equal, whatever they ask for. */
final class Ticket {
  private final RecordingRequest request;
  private final ActorRef<StartReply> replyTo;

  Ticket(RecordingRequest request, ActorRef<StartReply> replyTo) {
    this.request = request;
    this.replyTo = replyTo;
  }

  RecordingRequest request() {
    return request;
  }

  void accept() {
    replyTo.tell(new StartReply.Accepted());
  }

  void refuse(StreamFailure failure) {
    replyTo.tell(new StartReply.Refused(failure));
  }

  void withdraw() {
    replyTo.tell(new StartReply.Withdrawn());
  }
}
