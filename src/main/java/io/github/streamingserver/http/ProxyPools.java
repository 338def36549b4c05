package io.github.streamingserver.http;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.apache.pekko.http.javadsl.model.headers.HttpCredentials;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;

/** Connection pools by way of a proxy. Safe for use from any thread. */
final class ProxyPools {
  /** Two a proxy. A pool of one that is forgotten ends when it has nothing to do. */
  private static final int MOST = 64;

  private record Way(HttpProxy proxy, boolean tunnel) {}

  private final ConnectionPoolSettings direct;
  private final Duration readPause;
  // Pekko knows a pool by its settings: they must be the same object for the same proxy.
  private final BoundedMap<Way, ConnectionPoolSettings> known = new BoundedMap<>(MOST);

  ProxyPools(ConnectionPoolSettings direct, Duration readPause) {
    this.direct = direct;
    this.readPause = readPause;
  }

  ConnectionPoolSettings of(URI url, HttpProxy proxy) {
    Way way = new Way(proxy, Site.isHttps(url));
    return known.computeIfAbsent(
        way, () -> direct.withTransport(PacedTransport.of(transport(way), readPause)));
  }

  private static ClientTransport transport(Way way) {
    HttpProxy proxy = way.proxy();
    if (!way.tunnel()) {
      return ClientTransport.withCustomResolver(
          (_, _) -> CompletableFuture.completedFuture(proxy.address()));
    }
    if (proxy.userInfo().isEmpty()) {
      return ClientTransport.httpsProxy(proxy.address());
    }
    String[] user = proxy.userInfo().split(":", 2);
    return ClientTransport.httpsProxy(
        proxy.address(),
        HttpCredentials.createBasicHttpCredentials(user[0], user.length == 2 ? user[1] : ""));
  }
}
