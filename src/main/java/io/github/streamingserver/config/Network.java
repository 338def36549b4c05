package io.github.streamingserver.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses, as CIDR notation writes it (RFC 4632, RFC 4291 §2.3). An IPv4-mapped IPv6
 * address (RFC 4291 §2.5.5.2) is the IPv4 address in it, here and where it is looked for.
 *
 * @param base the lowest address
 * @param prefix how many of its first bits all addresses share
 */
public record Network(InetAddress base, int prefix) {
  private static final Pattern ENTRY = Pattern.compile("([0-9A-Fa-f:.]+)(?:/([0-9]{1,3}))?");
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final String REMEDY = "write an address or a range of them, 192.168.1.0/24";
  private static final int IPV4_BITS = 32;
  private static final int MAPPED_BITS = 96;

  /**
   * Reads an address, or an address, a slash and a prefix length.
   *
   * @throws BadNetworkException where it is neither, or has bits beyond the prefix
   */
  static Network parse(String entry) {
    Matcher parts = ENTRY.matcher(entry.strip());
    if (!parts.matches()) {
      throw new BadNetworkException(entry, "is no network; " + REMEDY);
    }
    InetAddress address = address(entry, parts.group(1));
    int bits = address.getAddress().length * Byte.SIZE;
    int prefix = parts.group(2) == null ? bits : prefix(entry, parts, bits);
    InetAddress base = at(masked(address.getAddress(), prefix));
    if (!base.equals(address)) {
      throw new BadNetworkException(
          entry,
          "has bits beyond its prefix; write %s/%d for the range, %s for that address alone"
              .formatted(base.getHostAddress(), prefix, address.getHostAddress()));
    }
    return new Network(base, prefix);
  }

  /** Whether {@code address} is one of these; its scope (the interface) doesn't matter. */
  public boolean contains(InetAddress address) {
    byte[] bytes = at(address.getAddress()).getAddress();
    byte[] own = base.getAddress();
    return bytes.length == own.length && Arrays.equals(masked(bytes, prefix), own);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefix;
  }

  private static InetAddress address(String entry, String text) {
    if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
      throw new BadNetworkException(entry, "is no address; " + REMEDY);
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      throw new BadNetworkException(entry, "is no address; " + REMEDY);
    }
  }

  private static int prefix(String entry, Matcher parts, int bits) {
    boolean mapped = bits == IPV4_BITS && parts.group(1).indexOf(':') >= 0;
    int prefix = Integer.parseInt(parts.group(2)) - (mapped ? MAPPED_BITS : 0);
    if (prefix < 0 || prefix > bits) {
      throw new BadNetworkException(
          entry,
          mapped
              ? "needs a prefix length of 96 to 128; better write the IPv4 network itself"
              : "needs a prefix length of 0 to " + bits);
    }
    return prefix;
  }

  private static byte[] masked(byte[] address, int prefix) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp((long) prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
      masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    return masked;
  }

  /** The address of these bytes; an IPv4 one where they are an IPv4-mapped one. */
  private static InetAddress at(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException("An address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }
}
