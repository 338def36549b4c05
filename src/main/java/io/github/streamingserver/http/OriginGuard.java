package io.github.streamingserver.http;

import io.github.streamingserver.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.ClientTransport;

/**
 * Keeps us from private addresses, where the owner wants it: a host's addresses are all looked at,
 * and the connection goes to one that was, so that a name that leads elsewhere a moment later is of
 * no use. Asked for each connection, those after a redirect too. Safe for use from any thread.
 */
final class OriginGuard {
  /** Looks up all addresses of a name; blocks. */
  @FunctionalInterface
  interface Names {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /** DNS may take long, and must keep neither files nor actors waiting; pools bound the number. */
  private static final Executor LOOKUPS =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("lookup-", 0).factory());

  private final boolean on;
  private final Names names;
  private final Predicate<InetAddress> denied;

  private OriginGuard(boolean on, Names names, Predicate<InetAddress> denied) {
    this.on = on;
    this.names = names;
    this.denied = denied;
  }

  OriginGuard(Names names, Predicate<InetAddress> denied) {
    this(true, names, denied);
  }

  static OriginGuard of(HttpSettings settings) {
    return new OriginGuard(
        settings.denyPrivateOrigins(), InetAddress::getAllByName, PrivateAddresses::contains);
  }

  /**
   * Where to connect to; empty where nobody cares. Blocks.
   *
   * @throws PrivateOriginException where one of the host's addresses is private
   * @throws UnknownHostException where it has none
   */
  Optional<InetAddress> address(URI url) throws IOException {
    return on ? Optional.of(address(url.getHost())) : Optional.empty();
  }

  private InetAddress address(String host) throws IOException {
    InetAddress[] all = names.all(host);
    if (all.length == 0) {
      throw new UnknownHostException(host);
    }
    if (Arrays.stream(all).anyMatch(denied)) {
      throw new PrivateOriginException(host);
    }
    return all[0];
  }

  /** What connections are made by, and looked at. */
  ClientTransport transport() {
    return on
        ? ClientTransport.withCustomResolver(
            (host, port) ->
                lookUp(host).thenApply(address -> new InetSocketAddress(address, (int) port)))
        : ClientTransport.TCP();
  }

  /**
   * As far as a proxy, which looks names up itself, leaves it to us: a name we don't know passes.
   */
  CompletionStage<Done> beforeProxy(URI url) {
    return on
        ? lookUp(url.getHost())
            .handle(
                (_, error) -> {
                  if (error != null && error.getCause() instanceof PrivateOriginException) {
                    throw new CompletionException(error.getCause());
                  }
                  return Done.getInstance();
                })
        : CompletableFuture.completedStage(Done.getInstance());
  }

  private CompletionStage<InetAddress> lookUp(String host) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return address(host);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        LOOKUPS);
  }
}
