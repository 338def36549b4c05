package io.github.streamingserver.session;

import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.MessageCodec;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;

/** Writes answers and broadcasts into a client's queue, and a log line for each answer. */
final class Outbox {
  private static final int LONGEST_WORD = 40;

  private final OutboundQueue queue;
  private final MessageCodec codec;
  private final Logger log;
  private final String peer;

  Outbox(OutboundQueue queue, MessageCodec codec, Logger log, String peer) {
    this.queue = queue;
    this.codec = codec;
    this.log = log;
    this.peer = peer;
  }

  /** Sends a message and returns its size; a client that doesn't read is disconnected instead. */
  int send(Message message) {
    byte[] content = codec.encode(message);
    if (!queue.offer(ByteString.fromArrayUnsafe(content))) {
      queue.abort(new SlowClientException("it doesn't read what waits for it (tcp.outbound-…)"));
    }
    return content.length;
  }

  /** Answers a request. */
  void reply(PendingRequest request, Message answer) {
    done(request, send(answer));
  }

  /** Answers a request that can't be served. */
  void refuse(PendingRequest request, StreamFailure failure) {
    reply(request, Answers.failed(request, failure));
  }

  /** A request is served; {@code size} is that of its answer, 0 where broadcasts are the answer. */
  void done(PendingRequest request, int size) {
    log.info(
        "Request [{}] from [{}] answered with [{}] bytes after [{}] ms",
        brief(request.word()),
        peer,
        size,
        request.age());
  }

  /** A client's word as it may stand in a log line. */
  static String brief(String word) {
    String line = word.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST_WORD ? line.substring(0, LONGEST_WORD) + "…" : line;
  }
}
