package io.github.streamingserver.tcp;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said through TLS ⇄ the bytes of a connection. */
final class TlsLayer {
  private static final Logger LOG = LoggerFactory.getLogger(TlsLayer.class);

  /** The most that one record holds (RFC 8446 §5.1). */
  private static final int RECORD = 1 << 14;

  private TlsLayer() {}

  /**
   * {@code connection} with TLS in it; ends where that fails, and fails where there is no handshake
   * in time.
   */
  static Flow<ByteString, ByteString, NotUsed> over(
      Flow<ByteString, ByteString, NotUsed> connection, Door.Secure door, String peer) {
    AtomicBoolean agreed = new AtomicBoolean();
    BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> tls =
        TLS.create(door.credentials()::engine, _ -> agreed.set(true), TLSClosing.eagerClose());
    return Flow.<ByteString>create()
        .mapConcat(TlsLayer::records)
        .via(tls.addAttributes(Attributes.inputBuffer(1, 1)).join(connection))
        .collectType(SessionBytes.class)
        .map(SessionBytes::bytes)
        .mapError(SSLException.class, problem -> told(peer, problem))
        .onErrorComplete(SSLException.class)
        .via(new HandshakeDeadline(agreed::get, door.settings().handshakeTimeout()));
  }

  /** What is read ahead here, whether the client reads or not, is then a record, not a message. */
  private static List<SslTlsOutbound> records(ByteString bytes) {
    return IntStream.iterate(0, from -> from < bytes.size(), from -> from + RECORD)
        .<SslTlsOutbound>mapToObj(from -> new SendBytes(bytes.slice(from, from + RECORD).compact()))
        .toList();
  }

  /** The session may hear of the end from its other side first, where no reason comes along. */
  private static Throwable told(String peer, SSLException problem) {
    LOG.info("TLS with [{}] failed: {}", peer, problem.getMessage());
    return problem;
  }
}
