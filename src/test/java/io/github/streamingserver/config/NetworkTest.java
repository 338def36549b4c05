package io.github.streamingserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "10.0.0.0/8, ::a01:203, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "192.168.1.7, 192.168.1.7, true",
    "192.168.1.7, 192.168.1.6, false",
    "192.168.1.6/31, 192.168.1.7, true",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 8.8.8.8, false",
    "::ffff:10.0.0.0/104, 10.9.9.9, true",
    "::ffff:10.0.0.0/104, 11.9.9.9, false",
    "::ffff:10.1.2.3, 10.1.2.3, true",
    "fe80::/10, fe80::1%1, true",
    "fe80::/10, fec0::1, false",
    "fc00::/7, fd12:3456::1, true",
    "' 10.0.0.0/8 ', 10.0.0.1, true",
  })
  void containsItsAddressesAndNoOthers(String network, String address, boolean inside)
      throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "'', write an address",
    "localhost, write an address",
    "10/8, write an address",
    "10.0.0/8, write an address",
    "010.0.0.1, write an address",
    "10.0.0.256, write an address",
    "10.0.0.0/, write an address",
    "10.0.0.0/-1, write an address",
    "10.0.0.0/8/9, write an address",
    "'10.0.0.0/8, ::1', write an address",
    "fe80::1%eth0, write an address",
    "[::1], write an address",
    ":::, write an address",
    "10.0.0.0/33, 0 to 32",
    "::/129, 0 to 128",
    "::ffff:10.0.0.0/95, 96 to 128",
    "10.1.2.3/8, write 10.0.0.0/8",
    "fe80::1/10, write fe80:0:0:0:0:0:0:0/10",
  })
  void namesTheEntryThatIsWrongAndTheRemedy(String entry, String remedy) {
    assertThatThrownBy(() -> Network.parse(entry))
        .isInstanceOf(BadNetworkException.class)
        .hasMessageStartingWith("security.allowed-networks: [" + entry + "] ")
        .hasMessageContaining(remedy);
  }

  @Test
  void anEmptyListIsAMistake() {
    assertThatThrownBy(() -> AllowedNetworks.of(List.of()))
        .isInstanceOf(BadNetworkException.class)
        .hasMessageContaining("lets nobody in");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.255.0.9, true",
    "::1, true",
    "10.20.30.40, true",
    "172.16.0.1, true",
    "172.15.0.1, false",
    "192.168.178.20, true",
    "192.169.0.1, false",
    "169.254.7.7, true",
    "fe80::aede:48ff:fe00:1122, true",
    "fd00::5, true",
    "::ffff:192.168.0.2, true",
    "::ffff:8.8.8.8, false",
    "8.8.8.8, false",
    "100.64.0.1, false",
    "2001:db8::1, false",
    "2a00:1450::8, false",
  })
  void withoutASettingLocalNetworksAreAllowed(String peer, boolean allowed) throws Exception {
    assertThat(
            ServerSettings.defaults().admission().networks().contain(InetAddress.getByName(peer)))
        .isEqualTo(allowed);
  }
}
