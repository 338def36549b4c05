package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP proxy on loopback: tunnels by CONNECT, forwards a GET for a whole URL, one request a
 * connection. Every host is this machine, whatever it is called.
 */
public final class ForwardProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final String authorization;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * @param authorization the Proxy-Authorization that it wants; empty for none
   */
  public ForwardProxy(String authorization) {
    this.authorization = authorization;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The heads of the requests that came. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      requests.add(head);
      String[] first = head.split("\r\n", 2)[0].split(" ", -1);
      boolean connect = first[0].equals("CONNECT");
      URI target = URI.create(connect ? "connect://" + first[1] : first[1]);
      if (!authorization.isEmpty()
          && !head.contains("\r\nProxy-Authorization: " + authorization + "\r\n")) {
        write(
            client, "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      int port = target.getPort() < 0 ? 80 : target.getPort();
      try (Socket origin = new Socket(InetAddress.getLoopbackAddress(), port)) {
        sockets.add(origin);
        if (connect) {
          write(client, "HTTP/1.1 200 Connected\r\n\r\n");
        } else {
          String path = target.getRawPath() + query(target);
          write(
              origin,
              head.replaceFirst("GET \\S+", "GET " + path)
                  .replaceAll("(?i)\r\nProxy-[^\r]*", "\r\nConnection: close"));
        }
        threads.execute(() -> copy(client, origin));
        origin.getInputStream().transferTo(client.getOutputStream());
      }
    } catch (IOException left) {
      // A test's client may leave when it likes.
    }
  }

  private static String query(URI target) {
    return target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  private static void write(Socket to, String text) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException left) {
      // The other direction ends as well.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
