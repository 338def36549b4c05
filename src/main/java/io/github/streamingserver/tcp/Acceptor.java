package io.github.streamingserver.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.Tcp;
import org.apache.pekko.io.TcpMessage;
import scala.jdk.javaapi.OptionConverters;

/**
 * Takes a port and hands out who connects there, one by one; gives it back when it is told {@link
 * Close}, or stops. An actor of the kind that Pekko's own TCP speaks to.
 */
final class Acceptor extends AbstractActor {
  /** Gives the port back; answered with {@link Done}. */
  enum Close {
    PORT
  }

  private final ActorRef manager;
  private final InetSocketAddress address;
  private final int backlog;
  private final Iterable<Inet.SocketOption> options;
  private final CompletableFuture<InetSocketAddress> bound;
  private final Consumer<IncomingConnection> accept;
  private Optional<ActorRef> port = Optional.empty();
  private Optional<ActorRef> closing = Optional.empty();

  private Acceptor(
      ActorRef manager,
      InetSocketAddress address,
      int backlog,
      Iterable<Inet.SocketOption> options,
      CompletableFuture<InetSocketAddress> bound,
      Consumer<IncomingConnection> accept) {
    this.manager = manager;
    this.address = address;
    this.backlog = backlog;
    this.options = options;
    this.bound = bound;
    this.accept = accept;
  }

  /**
   * @param manager of Pekko's TCP
   * @param bound is told the address in force, or why there is none
   * @param accept is called in the actor, and may not block
   */
  static Props props(
      ActorRef manager,
      InetSocketAddress address,
      int backlog,
      Iterable<Inet.SocketOption> options,
      CompletableFuture<InetSocketAddress> bound,
      Consumer<IncomingConnection> accept) {
    return Props.create(
        Acceptor.class, () -> new Acceptor(manager, address, backlog, options, bound, accept));
  }

  @Override
  public void preStart() {
    manager.tell(TcpMessage.bind(getSelf(), address, backlog, options, true), getSelf());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Tcp.Bound.class, this::onBound)
        .match(Tcp.CommandFailed.class, this::onFailed)
        .match(Tcp.Connected.class, this::onConnected)
        .matchEquals(Close.PORT, _ -> onClose())
        .match(Tcp.Unbound$.class, _ -> onUnbound())
        .build();
  }

  private void onBound(Tcp.Bound event) {
    port = Optional.of(getSender());
    acceptNext();
    bound.complete(event.localAddress());
  }

  private void onFailed(Tcp.CommandFailed failed) {
    bound.completeExceptionally(
        OptionConverters.toJava(failed.cause())
            .orElseGet(() -> new IOException("the system refuses it")));
    getContext().stop(getSelf());
  }

  private void onConnected(Tcp.Connected event) {
    acceptNext();
    accept.accept(new IncomingConnection(event.remoteAddress(), getSender()));
  }

  private void onClose() {
    closing = Optional.of(getSender());
    port.ifPresent(open -> open.tell(TcpMessage.unbind(), getSelf()));
  }

  private void onUnbound() {
    closing.ifPresent(asking -> asking.tell(Done.getInstance(), getSelf()));
  }

  private void acceptNext() {
    port.ifPresent(open -> open.tell(TcpMessage.resumeAccepting(1), getSelf()));
  }
}
