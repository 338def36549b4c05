package io.github.streamingserver.protocol;

import io.github.streamingserver.fuzz.FuzzTarget;
import io.github.streamingserver.model.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** What a client may send is read or refused, and what was read can be sent back. */
public final class MessageFuzz implements FuzzTarget {
  /** A number may be written longer than it came: {@code 1e9}. */
  private static final int GROWTH = 8;

  private static final MessageCodec CODEC =
      new MessageCodec(new MessageCodec.Limits(32, 20_000, 64 << 10));

  @Override
  public void read(byte[] input) throws IOException {
    Message message;
    try {
      message = decode(input);
    } catch (MalformedMessageException e) {
      checkSendable(e.problem(), input);
      return;
    }
    byte[] written = CODEC.encode(message);
    FuzzTarget.promise(written.length <= GROWTH * input.length + 100, "grew beyond bounds");
    try {
      byte[] again = CODEC.encode(decode(written));
      FuzzTarget.promise(Arrays.equals(written, again), "another message when read back");
    } catch (MalformedMessageException e) {
      throw new AssertionError("not read back: " + e.problem(), e);
    }
    try {
      FuzzTarget.promise(ClientMessages.read(message) != null, "no message");
    } catch (IllegalArgumentException e) {
      checkSendable(String.valueOf(e.getMessage()), input);
    }
  }

  private static Message decode(byte[] input) throws MalformedMessageException {
    return CODEC.decode(new ByteArrayInputStream(input));
  }

  /** What is wrong is told to the client. */
  private static void checkSendable(String problem, byte[] input) {
    byte[] told = CODEC.encode(new Message("error", JsonObject.of(Field.MSG, problem)));
    FuzzTarget.promise(told.length <= GROWTH * input.length + 1000, "an error without bounds");
  }
}
