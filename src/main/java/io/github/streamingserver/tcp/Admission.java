package io.github.streamingserver.tcp;

import io.github.streamingserver.config.AllowedNetworks;
import io.github.streamingserver.config.TcpSettings;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts who is connected, and decides who may. Pure; belongs to the listener. */
final class Admission {
  private final AllowedNetworks networks;
  private final int most;
  private final int mostOfOnePeer;
  private final Map<InetAddress, Integer> connections = new HashMap<>();
  private int all;

  Admission(AllowedNetworks networks, TcpSettings settings) {
    this.networks = networks;
    this.most = settings.maxConnections();
    this.mostOfOnePeer = settings.maxConnectionsPerPeer();
  }

  /** Lets a connection from {@code peer} in, until it {@link #left}; else why not, for logs. */
  Optional<String> admit(InetAddress peer) {
    int others = connections.getOrDefault(peer, 0);
    if (!networks.contain(peer)) {
      return Optional.of("it is in none of security.allowed-networks");
    }
    if (all >= most) {
      return Optional.of("tcp.max-connections, " + most + ", are open");
    }
    if (others >= mostOfOnePeer) {
      return Optional.of(
          "tcp.max-connections-per-peer, " + mostOfOnePeer + ", are open from its address");
    }
    connections.put(peer, others + 1);
    all++;
    return Optional.empty();
  }

  /** A connection that was let in has ended. */
  void left(InetAddress peer) {
    connections.computeIfPresent(peer, (_, count) -> count > 1 ? count - 1 : null);
    all--;
  }
}
