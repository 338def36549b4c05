package io.github.streamingserver.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.apache.pekko.io.Inet;

/**
 * Has the system find out whether a silent client is still there (RFC 9293 §3.8.4): where its box
 * was switched off, nothing else ever tells. Where the system lets nobody choose the times, they
 * are its own.
 */
final class KeepAlive extends Inet.AbstractSocketOption {
  private static final int INTERVAL_SECONDS = 10;
  private static final int PROBES = 6;

  private final Duration idle;

  /**
   * @param idle the silence before the first question
   */
  KeepAlive(Duration idle) {
    this.idle = idle;
  }

  @Override
  public void afterConnect(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, Math.toIntExact(idle.toSeconds()));
      set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
      set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    } catch (IOException e) {
      throw new UncheckedIOException("keep-alive can't be set", e);
    }
  }

  private static void set(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }
}
