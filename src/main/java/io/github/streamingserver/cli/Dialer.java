package io.github.streamingserver.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import jdk.net.ExtendedSocketOptions;

/** Connects to the first of a host's addresses that answers. */
final class Dialer {
  private static final int KEEPALIVE_IDLE_SECONDS = 30;
  private static final int KEEPALIVE_INTERVAL_SECONDS = 10;
  private static final int KEEPALIVE_PROBES = 3;

  private Dialer() {}

  static Socket dial(Target target) throws IOException {
    Deadline deadline = Deadline.in(target.timeout());
    IOException failure = new UnknownHostException("it has no address");
    for (InetAddress address : addresses(target)) {
      Socket socket = new Socket();
      try {
        if (deadline.passed()) {
          throw new SocketTimeoutException("no answer within " + target.limit());
        }
        socket.connect(new InetSocketAddress(address, target.port()), deadline.remainingMillis());
        configure(socket);
        return secured(socket, target, deadline);
      } catch (UntrustedException e) {
        socket.close();
        throw e;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private static Socket secured(Socket socket, Target target, Deadline deadline)
      throws IOException {
    return switch (target.transport()) {
      case Transport.Plain _ -> socket;
      case Transport.Tls tls -> {
        socket.setSoTimeout(deadline.remainingMillis());
        yield ClientTls.over(socket, target, tls);
      }
    };
  }

  private static InetAddress[] addresses(Target target) throws UnknownHostException {
    try {
      return InetAddress.getAllByName(target.host());
    } catch (UnknownHostException _) {
      throw new UnknownHostException("the host is unknown");
    }
  }

  /**
   * A server whose machine dies says nothing: without keep-alive a recording would wait forever.
   */
  private static void configure(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
    }
  }
}
