package io.github.streamingserver.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An origin that sends exactly the bytes it is told to, however wrong. One thread a connection. */
final class RawOrigin implements AutoCloseable {
  /** What the origin does with one connection; it is closed when this returns. */
  interface Script {
    void serve(Connection connection) throws IOException;
  }

  private final ServerSocket listener;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  RawOrigin(Script script) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> accept(script));
  }

  /** An origin whose every connection gets {@code response} and is closed. */
  static RawOrigin answering(String response) {
    return new RawOrigin(
        connection -> {
          connection.readRequest();
          connection.send(response);
        });
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** The same origin under another name. */
  URI urlOnLocalhost(String path) {
    return URI.create("http://localhost:" + listener.getLocalPort() + path);
  }

  /** The heads of the requests that came. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many connections were made. */
  int connections() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept(Script script) {
    while (true) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(script, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Script script, Socket socket) {
    try (socket) {
      script.serve(new Connection(socket));
    } catch (IOException clientLeft) {
      // A test's client may leave when it likes.
    }
  }

  /** One accepted connection. */
  final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    /** Reads a request's head; empty where the client has closed. */
    String readRequest() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          return "";
        }
        head.append((char) c);
      }
      requests.add(head.toString());
      return head.toString();
    }

    void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Waits until the client closes. */
    void awaitClose() throws IOException {
      try {
        while (in.read() >= 0) {
          // Nothing it sends matters.
        }
      } catch (SocketException reset) {
        // Closed as well.
      }
    }

    /** Waits for what the test has yet to do. */
    void await(CountDownLatch latch) throws IOException {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    /** Closes with a TCP reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
