package io.github.streamingserver.testkit;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A client on a real socket; waits 60 s for an answer at the longest where nothing is said. */
public final class Client implements AutoCloseable {
  private static final MessageCodec CODEC = new MessageCodec(MessageCodec.CLIENT_LIMITS);

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  public Client(int port) throws IOException {
    this(port, Duration.ofSeconds(60));
  }

  /** A client that waits for {@code patience} at the longest. */
  public Client(int port, Duration patience) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port), patience);
  }

  /** A client on a socket that is connected, and is closed with it. */
  public Client(Socket socket, Duration patience) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Sends a message. */
  public void send(String command, JsonObject args) throws IOException {
    sendFrame(CODEC.encode(new Message(command, args)));
  }

  /** Sends a frame whatever it holds. */
  public void sendFrame(byte[] content) throws IOException {
    sendRaw(ByteBuffer.allocate(4 + content.length).putInt(content.length).put(content).array());
  }

  /** Sends bytes as they are. */
  public void sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends no more, but still reads. */
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** The next message; fails where the connection ends before one. */
  public Message receive() throws Exception {
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return CODEC.decode(new ByteArrayInputStream(content));
  }

  /** The next message of this command, others passed over. */
  public JsonObject receive(String command) throws Exception {
    Message message = receive();
    while (!message.command().equals(command)) {
      message = receive();
    }
    return message.args();
  }

  /** Whether the server has closed the connection. */
  public boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
