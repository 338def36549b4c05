package io.github.streamingserver.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Which addresses are not of the public internet: this machine, its networks, and what stands in
 * for them (RFC 6890, RFC 4193, RFC 6598, RFC 6052), and the services that tell machines of a cloud
 * their secrets. Pure.
 */
final class PrivateAddresses {
  private PrivateAddresses() {}

  static boolean contains(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPrivate4(bytes) : isPrivate6(bytes);
  }

  private static boolean isPrivate4(byte[] address) {
    int first = address[0] & 0xff;
    int second = address[1] & 0xff;
    int third = address[2] & 0xff;
    return switch (first) {
      // "This network", and carriers' own between them and their customers.
      case 0 -> true;
      case 100 -> second >= 64 && second < 128;
      case 192 -> second == 0 && (third == 0 || third == 2);
      case 198 -> second == 18 || second == 19 || (second == 51 && third == 100);
      case 203 -> second == 0 && third == 113;
      // Azure's, which lies among public ones.
      case 168 -> second == 63 && third == 129 && (address[3] & 0xff) == 16;
      default -> first >= 240;
    };
  }

  private static boolean isPrivate6(byte[] address) {
    if ((address[0] & 0xfe) == 0xfc) {
      return true;
    }
    int group0 = group(address, 0);
    int group1 = group(address, 1);
    boolean zeroBetween = zero(address, 4, 12);
    // IPv4-compatible (and mapped, where it isn't seen as IPv4), and by NAT64 and 6to4.
    if (group0 == 0 && zero(address, 0, 10)) {
      return contained4(address, 12);
    }
    if (group0 == 0x64 && group1 == 0xff9b) {
      return !zeroBetween || contained4(address, 12);
    }
    if (group0 == 0x2002) {
      return contained4(address, 2);
    }
    // Teredo, whose client's address is hidden in it, and what is for documents alone.
    return group0 == 0x2001 && (group1 == 0 || group1 == 0xdb8);
  }

  private static boolean contained4(byte[] address, int at) {
    try {
      return contains(InetAddress.getByAddress(Arrays.copyOfRange(address, at, at + 4)));
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static int group(byte[] address, int group) {
    return (address[2 * group] & 0xff) << 8 | (address[2 * group + 1] & 0xff);
  }

  private static boolean zero(byte[] address, int from, int to) {
    for (int i = from; i < to; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
