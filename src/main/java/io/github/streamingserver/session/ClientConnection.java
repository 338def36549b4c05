package io.github.streamingserver.session;

import java.net.InetAddress;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A client's connection, as its session sees it. */
public interface ClientConnection {
  /** Address and port, for logs. */
  String peer();

  /** The address alone. */
  InetAddress address();

  /**
   * Begins to deliver frames to {@code session}, each once the one before is acknowledged, and to
   * send what comes from {@code outbound}, each element as a frame. The connection is closed when
   * {@code outbound} ends, aborted when it fails or the session stops.
   */
  BoundedSourceQueue<ByteString> run(
      ActorRef<ClientSession.Command> session,
      Source<ByteString, BoundedSourceQueue<ByteString>> outbound);
}
