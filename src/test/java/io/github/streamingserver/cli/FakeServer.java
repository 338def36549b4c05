package io.github.streamingserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.MalformedMessageException;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A server that serves one client by a script of what it expects and sends. When the script is over
 * it stays until the client has gone; {@link #close} tells what went wrong in it.
 */
final class FakeServer implements AutoCloseable {
  /** What the server does with its client. */
  @FunctionalInterface
  interface Script {
    void play(Peer client) throws IOException, MalformedMessageException;
  }

  /** A client that waits for what never comes fails its test instead of stopping the build. */
  private static final int MOST_SILENCE_MILLIS = 20_000;

  private final ServerSocket socket;
  private final CompletableFuture<Void> served = new CompletableFuture<>();

  FakeServer(Script script) throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(script));
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve(Script script) {
    try (Socket client = socket.accept()) {
      client.setSoTimeout(MOST_SILENCE_MILLIS);
      Peer peer = new Peer(client);
      script.play(peer);
      if (!client.isClosed()) {
        client.getInputStream().readAllBytes();
      }
      served.complete(null);
    } catch (IOException | MalformedMessageException | RuntimeException | AssertionError e) {
      served.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    served.join();
  }

  /** The client, as its server sees it. */
  static final class Peer {
    private static final MessageCodec CODEC = new MessageCodec(MessageCodec.CLIENT_LIMITS);

    private final Socket client;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final List<Message> received = new ArrayList<>();

    private Peer(Socket client) throws IOException {
      this.client = client;
      in = new DataInputStream(client.getInputStream());
      out = new DataOutputStream(client.getOutputStream());
    }

    /** Says ready and answers hello, whose arguments it returns. */
    JsonObject greet() throws IOException, MalformedMessageException {
      send("[\"ready\", {}]");
      JsonObject hello = expect("hello");
      send("[\"hello\", {\"version\": 2, \"server\": \"fake\"}]");
      return hello;
    }

    /** Greets, lists the provider Shelf, and returns the arguments of the start that follows. */
    JsonObject greetUntilStart() throws IOException, MalformedMessageException {
      greet();
      expect("get_providers");
      send("[\"get_providers\", {\"data\": [{\"provider_id\": \"Shelf\", \"extra\": [1]}]}]");
      return expect("start");
    }

    /** The arguments of the next message, which begins with {@code command}. */
    JsonObject expect(String command) throws IOException, MalformedMessageException {
      byte[] content = new byte[in.readInt()];
      in.readFully(content);
      Message message = CODEC.decode(new ByteArrayInputStream(content));
      received.add(message);
      if (!message.command().equals(command)) {
        throw new AssertionError("expected " + command + " but got " + received);
      }
      return message.args();
    }

    void send(String json) throws IOException {
      byte[] content = json.getBytes(UTF_8);
      out.writeInt(content.length);
      out.write(content);
    }

    /** Sends a broadcast of {@code recording}, with more of its fields as JSON. */
    void broadcast(String command, String recording, String fields) throws IOException {
      send("[\"%s\", {\"recording_id\": \"%s\", %s}]".formatted(command, recording, fields));
    }

    /** Sends no frame but these bytes. */
    void raw(byte... bytes) throws IOException {
      out.write(bytes);
    }

    /** The client says nothing for so long. */
    void quiet(Duration time) throws IOException {
      client.setSoTimeout((int) time.toMillis());
      try {
        throw new AssertionError("the client sent or closed: " + in.read());
      } catch (SocketTimeoutException _) {
        client.setSoTimeout(MOST_SILENCE_MILLIS);
      }
    }

    /** Closes the connection. */
    void hangUp() throws IOException {
      client.close();
    }
  }
}
