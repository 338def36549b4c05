package io.github.streamingserver.journey;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** TLS records by hand (RFC 5246 §6.2, §7.4.1.2), as no client of today sends them. */
final class RawTls implements AutoCloseable {
  /** The alert for a version that isn't supported. */
  static final int PROTOCOL_VERSION = 70;

  private static final int HANDSHAKE = 22;
  private static final int ALERT = 21;
  private static final int RANDOM = 32;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  RawTls(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Sends a ClientHello whose highest version this is. */
  void sendHello(int version) throws IOException {
    // ECDHE with ECDSA, AES-128: GCM for 1.2, CBC with SHA-1 for 1.1.
    byte[] suites = {(byte) 0xc0, 0x2b, (byte) 0xc0, 0x09};
    // supported_groups secp256r1 and secp384r1; ec_point_formats uncompressed;
    // signature_algorithms ECDSA with SHA-256 and SHA-384.
    byte[] extensions = {
      0, 10, 0, 6, 0, 4, 0, 23, 0, 24, 0, 11, 0, 2, 1, 0, 0, 13, 0, 6, 0, 4, 4, 3, 5, 3
    };
    int body = 2 + RANDOM + 1 + 2 + suites.length + 2 + 2 + extensions.length;
    ByteBuffer record = ByteBuffer.allocate(5 + 4 + body);
    record.put((byte) HANDSHAKE).putShort((short) 0x0301).putShort((short) (4 + body));
    record.putInt(1 << 24 | body);
    record.putShort((short) version).put(new byte[RANDOM]).put((byte) 0);
    record.putShort((short) suites.length).put(suites).put((byte) 1).put((byte) 0);
    record.putShort((short) extensions.length).put(extensions);
    out.write(record.array());
  }

  /** The alert that comes next. */
  int alert() throws IOException {
    int type = in.readUnsignedByte();
    in.readUnsignedShort();
    int length = in.readUnsignedShort();
    if (type != ALERT || length != 2) {
      throw new IOException("record of type " + type + " with " + length + " bytes is no alert");
    }
    in.readUnsignedByte();
    return in.readUnsignedByte();
  }

  /** Whether a handshake record comes next; false where an alert or the end comes. */
  boolean isAnswered() throws IOException {
    try {
      return in.read() == HANDSHAKE;
    } catch (java.net.SocketException _) {
      return false;
    }
  }

  /** Begins a record that has much to come. */
  void sendRecordHeader() throws IOException {
    out.write(new byte[] {HANDSHAKE, 3, 1, 0x20, 0});
  }

  /**
   * Sends a byte, waits a little for the server to end the connection, and tells whether it did.
   */
  boolean isClosedAfterOneMoreByte() throws IOException {
    socket.setSoTimeout(50);
    try {
      out.write(1);
      in.read();
      return true;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (java.net.SocketException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
