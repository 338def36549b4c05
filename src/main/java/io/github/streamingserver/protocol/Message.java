package io.github.streamingserver.protocol;

import io.github.streamingserver.model.JsonObject;

/** One message as it stands on the wire: {@code ["command", {args}]}. */
public record Message(String command, JsonObject args) {
  /** A message that the server sends. */
  public static Message of(Command command, JsonObject args) {
    return new Message(command.word(), args);
  }
}
