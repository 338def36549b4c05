package io.github.streamingserver.testkit;

import io.github.streamingserver.testkit.Answer.Framing;
import io.github.streamingserver.testkit.Origin.Fault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection of an {@link Origin}: HTTP/1.1 with keep-alive, and all that breaks it. */
final class OriginConnection {
  private final Origin origin;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private OriginConnection(Origin origin, Socket socket) throws IOException {
    this.origin = origin;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
  }

  /** Answers until either side ends it. */
  static void serve(Origin origin, Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OriginConnection connection = new OriginConnection(origin, socket);
      Optional<Request> request = connection.read();
      while (request.isPresent() && connection.answer(request.get())) {
        request = connection.read();
      }
    } catch (IOException clientLeft) {
      // A test's client may leave when it likes.
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Request> read() throws IOException {
    String[] first = line().split(" ", -1);
    if (first.length < 3) {
      return Optional.empty();
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(":", 2);
      headers.merge(
          parts[0],
          List.of(parts[1].strip()),
          (one, more) -> List.of(String.join("; ", one), String.join("; ", more)));
    }
    URI target = URI.create(first[1]);
    String query = Optional.ofNullable(target.getRawQuery()).orElse("");
    return Optional.of(new Request(first[0], target.getPath(), query, headers));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Whether another request may follow. */
  private boolean answer(Request request) throws IOException, InterruptedException {
    Origin.Reply reply = origin.reply(request);
    if (reply.fault() instanceof Fault.Silence) {
      origin.awaitRelease();
    }
    if (reply.fault() instanceof Fault.Reset) {
      socket.setSoLinger(true, 0);
      return false;
    }
    Answer answer = reply.answer();
    writeHead(answer);
    if (!request.method().equals("HEAD")) {
      boolean whole = writeBody(answer, reply.fault());
      if (!whole || answer.framing() == Framing.CLOSE) {
        return false;
      }
    }
    out.flush();
    return !request.header("Connection").equalsIgnoreCase("close");
  }

  private void writeHead(Answer answer) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Said\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Accept-Ranges: bytes\r\n");
    head.append(
        switch (answer.framing()) {
          case LENGTH -> "Content-Length: " + answer.content().size() + "\r\n";
          case CHUNKED -> "Transfer-Encoding: chunked\r\n";
          case CLOSE -> "Connection: close\r\n";
        });
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whether all of it went out. */
  private boolean writeBody(Answer answer, Fault fault) throws IOException, InterruptedException {
    boolean chunked = answer.framing() == Framing.CHUNKED;
    OutputStream body = chunked ? new Chunks(out) : out;
    long size = answer.content().size();
    long first =
        switch (fault) {
          case Fault.CutAfter(long bytes) -> Math.min(bytes, size);
          case Fault.ResetAfter(long bytes) -> Math.min(bytes, size);
          case Fault.StallAfter(long bytes) -> Math.min(bytes, size);
          default -> size;
        };
    answer.content().copy(0, first, body);
    if (fault instanceof Fault.CutAfter || fault instanceof Fault.ResetAfter) {
      out.flush();
      // With no time to linger, closing is a reset.
      socket.setSoLinger(fault instanceof Fault.ResetAfter, 0);
      return false;
    }
    if (fault instanceof Fault.StallAfter) {
      out.flush();
      origin.awaitRelease();
      answer.content().copy(first, size - first, body);
    }
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    out.flush();
    return true;
  }

  /** Makes each write a chunk (RFC 9112 §7.1). */
  private static final class Chunks extends FilterOutputStream {
    Chunks(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (count > 0) {
        out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes, from, count);
        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }
}
