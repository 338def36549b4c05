package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.UnreachableException;
import io.github.streamingserver.protocol.MalformedMessageException;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.MessageCodec;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/**
 * Frames ⇄ messages on a blocking socket. One thread receives; any may send. Whatever goes wrong is
 * an {@link UnreachableException} that names the server.
 */
final class Connection implements AutoCloseable {
  /** The longest frame that is taken from a server. */
  static final long LONGEST_FRAME = 256L << 20;

  private final MessageCodec codec = new MessageCodec(MessageCodec.CLIENT_LIMITS);
  private final Target target;
  private final Socket socket;
  private final InputStream in;
  private Deadline deadline = Deadline.NEVER;

  private Connection(Target target, Socket socket) throws IOException {
    this.target = target;
    this.socket = socket;
    InputStream raw = socket.getInputStream();
    in = new BufferedInputStream(new DeadlineInput(raw));
  }

  static Connection open(Target target) throws UnreachableException {
    try {
      return new Connection(target, Dialer.dial(target));
    } catch (UntrustedException e) {
      throw new UnreachableException(
          "no secure connection to %s: %s. Is that the port of tcp.tls, does the certificate name that host, and is it trusted (--ca)?"
              .formatted(target, e.getMessage()));
    } catch (IOException e) {
      throw new UnreachableException(
          "cannot connect to %s: %s. Is the server running there? Start it with tools/streamingserver, or name another with --host and --port."
              .formatted(target, reason(e)));
    }
  }

  /** Whether the server runs on this machine, so that folders here are folders there. */
  boolean local() {
    InetAddress peer = socket.getInetAddress();
    return peer.isLoopbackAddress() || peer.equals(socket.getLocalAddress());
  }

  synchronized void send(Message message) throws UnreachableException {
    byte[] content = codec.encode(message);
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + content.length);
    frame.putInt(content.length).put(content);
    try {
      socket.getOutputStream().write(frame.array());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** The next message, whole before {@code limit} passes. */
  Message receive(Deadline limit) throws UnreachableException {
    deadline = limit;
    try {
      byte[] header = exactly(Integer.BYTES);
      long length = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt());
      if (length > LONGEST_FRAME) {
        throw foreign("a frame of " + length + " bytes is none of its");
      }
      return codec.decode(new ByteArrayInputStream(exactly((int) length)));
    } catch (MalformedMessageException e) {
      throw foreign(String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException _) {
      throw new UnreachableException(
          "no answer from %s within %s. Is that StreamingServer's port? --timeout waits longer."
              .formatted(target, target.limit()));
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing is left to lose.
    }
  }

  private byte[] exactly(int length) throws IOException {
    // Grows with what arrives: a header that lies costs nothing.
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("it closed the connection");
    }
    return bytes;
  }

  private UnreachableException foreign(String problem) {
    return new UnreachableException(
        "%s does not speak StreamingServer's protocol: %s".formatted(target, problem));
  }

  private UnreachableException lost(IOException e) {
    return new UnreachableException(
        "the connection to %s is lost: %s".formatted(target, reason(e)));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Bounds every read by what is left of the time, so that a trickle can't stretch it. */
  private final class DeadlineInput extends InputStream {
    private final InputStream raw;

    DeadlineInput(InputStream raw) {
      this.raw = raw;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (deadline.passed()) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout(deadline.remainingMillis());
      return raw.read(buffer, offset, length);
    }
  }
}
