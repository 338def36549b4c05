package io.github.streamingserver.tcp;

import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.session.ClientConnection;
import io.github.streamingserver.session.ClientSession;
import io.github.streamingserver.session.Frame;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.ThrottleMode;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSink;
import org.apache.pekko.util.ByteString;

/** One accepted connection: bytes ⇄ frames ⇄ session, with backpressure both ways. */
final class ConnectionFlow implements ClientConnection {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Door door;
  private final IncomingConnection connection;
  private final TcpSettings settings;
  private final InboundLease lease;
  private final WriteTurns turns;
  private final Materializer materializer;

  ConnectionFlow(
      Door door,
      IncomingConnection connection,
      TcpSettings settings,
      InboundLease lease,
      WriteTurns turns,
      Materializer materializer) {
    this.door = door;
    this.connection = connection;
    this.settings = settings;
    this.lease = lease;
    this.turns = turns;
    this.materializer = materializer;
  }

  @Override
  public String peer() {
    return address().getHostAddress() + ":" + connection.remoteAddress().getPort();
  }

  @Override
  public InetAddress address() {
    return connection.remoteAddress().getAddress();
  }

  @Override
  public BoundedSourceQueue<ByteString> run(
      ActorRef<ClientSession.Command> session,
      Source<ByteString, BoundedSourceQueue<ByteString>> outbound) {
    Flow<ByteString, Frame, NotUsed> frames = Flow.fromGraph(new FrameDecoder(settings, lease));
    Sink<Frame, NotUsed> toSession =
        ActorSink.actorRefWithBackpressure(
            session,
            ClientSession.Received::new,
            ClientSession.Opened::new,
            ClientSession.Ack.INSTANCE,
            new ClientSession.Closed(),
            ClientSession.Broken::new);
    return outbound
        .map(ConnectionFlow::framed)
        .backpressureTimeout(settings.writeTimeout())
        .viaMat(bytes(), Keep.left())
        .via(frames)
        .throttle(
            settings.requestsPerSecond(),
            SECOND,
            settings.requestsPerSecond(),
            ThrottleMode.shaping())
        .to(toSession)
        .run(materializer);
  }

  private Flow<ByteString, ByteString, NotUsed> bytes() {
    return switch (door) {
      case Door.Plain _ -> written();
      case Door.Secure secure -> TlsLayer.over(written(), secure, peer());
    };
  }

  private Flow<ByteString, ByteString, NotUsed> written() {
    return Flow.<ByteString>create().via(new WriteGate(turns)).via(connection.flow());
  }

  /** Header and content as one element, so that they go in one write. */
  private static ByteString framed(ByteString content) {
    byte[] header = ByteBuffer.allocate(Integer.BYTES).putInt(content.size()).array();
    return ByteString.fromArrayUnsafe(header).concat(content);
  }
}
