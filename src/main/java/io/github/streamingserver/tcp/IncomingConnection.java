package io.github.streamingserver.tcp;

import java.net.InetSocketAddress;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.io.TcpMessage;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * A client that has connected.
 *
 * @param handle Pekko's actor for it, which waits for one of {@link #flow} and {@link #close}
 */
record IncomingConnection(InetSocketAddress remoteAddress, ActorRef handle) {
  /** What comes from it, one piece read ahead, and what goes to it; to be run once. */
  Flow<ByteString, ByteString, NotUsed> flow() {
    return Flow.fromGraph(new ConnectionStage(handle)).detach();
  }

  void close() {
    handle.tell(TcpMessage.close(), ActorRef.noSender());
  }
}
