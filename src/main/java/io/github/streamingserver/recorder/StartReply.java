package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamFailure;

/** What became of a request to record. */
public sealed interface StartReply {
  /** The stream was found and is being recorded: events follow. */
  record Accepted() implements StartReply {}

  /** No recording began: no events follow, and what was in the slot goes on. */
  record Refused(StreamFailure failure) implements StartReply {}

  /** A client stopped it, or asked for another one in its slot, before the stream was found. */
  record Withdrawn() implements StartReply {}
}
