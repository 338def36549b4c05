package io.github.streamingserver.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How curl is called for one request and no redirect, which we follow ourselves by our own rules.
 * All users of the machine may see a command line, so that URL, headers, cookies and proxy go to
 * its standard input, and no file holds them. Pure.
 */
final class CurlCommand {
  private CurlCommand() {}

  /** The program and its arguments; no shell reads them. */
  static List<String> line(Path program, Duration longest, int mostBytes) {
    String seconds = Long.toString(Math.max(1, longest.toSeconds()));
    return List.of(
        program.toString(),
        // First, or else the user's own .curlrc is read.
        "--disable",
        "--silent",
        "--include",
        "--suppress-connect-headers",
        "--globoff",
        "--path-as-is",
        "--proto",
        "=http,https",
        "--max-time",
        seconds,
        "--max-filesize",
        Integer.toString(mostBytes),
        "--output",
        "-",
        "--config",
        "-");
  }

  /** What curl reads from its standard input. */
  static String config(URI url, Map<String, String> headers, Optional<HttpProxy> proxy) {
    return config(url, headers, proxy, "");
  }

  /**
   * @param address the only one that curl may connect to; empty for whatever the host's name gives
   */
  static String config(
      URI url, Map<String, String> headers, Optional<HttpProxy> proxy, String address) {
    StringBuilder config = new StringBuilder();
    option(config, "url", Site.origin(url) + Site.target(url));
    headers.forEach(
        // "Name:" would take the header away.
        (name, value) ->
            option(config, "header", value.isEmpty() ? name + ";" : name + ": " + value));
    if (proxy.isPresent()) {
      option(config, "proxy", "http://" + proxy.get());
      if (!proxy.get().userInfo().isEmpty()) {
        option(config, "proxy-user", proxy.get().userInfo());
      }
    } else {
      if (!address.isEmpty()) {
        // Whatever host and port: there is no redirect.
        option(config, "connect-to", "::" + address + ":");
      }
      // The environment's proxies are not ours.
      option(config, "noproxy", "*");
    }
    return config.toString();
  }

  private static void option(StringBuilder config, String name, String value) {
    config.append(name).append(" = \"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> config.append('\\').append(c);
        case '\t' -> config.append("\\t");
        case '\n' -> config.append("\\n");
        case '\r' -> config.append("\\r");
        default -> config.append(c);
      }
    }
    config.append("\"\n");
  }
}
