package io.github.streamingserver.config;

import java.net.InetAddress;
import java.util.List;

/** From where clients may connect. */
public record AllowedNetworks(List<Network> networks) {
  public AllowedNetworks {
    networks = List.copyOf(networks);
  }

  /**
   * Reads networks in CIDR notation.
   *
   * @throws BadNetworkException naming the first that is none
   */
  static AllowedNetworks of(List<String> entries) {
    if (entries.isEmpty()) {
      throw new BadNetworkException(
          "", "lets nobody in; leave the setting out for local networks, or name one");
    }
    return new AllowedNetworks(entries.stream().map(Network::parse).toList());
  }

  /** Whether a client at {@code peer} may come in. */
  public boolean contain(InetAddress peer) {
    return networks.stream().anyMatch(network -> network.contains(peer));
  }
}
