package io.github.streamingserver.tcp;

import io.github.streamingserver.session.ClientSession;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;

/** The sessions that are there, and what each gives back when it ends. Belongs to the listener. */
final class Clients {
  private record Client(
      ActorRef<ClientSession.Command> session, InetAddress peer, InboundLease lease) {}

  private final Admission admission;
  private final Map<ActorPath, Client> clients = new HashMap<>();

  Clients(Admission admission) {
    this.admission = admission;
  }

  void began(ActorRef<ClientSession.Command> session, InetAddress peer, InboundLease lease) {
    clients.put(session.path(), new Client(session, peer, lease));
  }

  void ended(ActorRef<Void> session) {
    Optional.ofNullable(clients.remove(session.path()))
        .ifPresent(
            client -> {
              admission.left(client.peer());
              client.lease().close();
            });
  }

  boolean areGone() {
    return clients.isEmpty();
  }

  Collection<ActorRef<ClientSession.Command>> sessions() {
    return clients.values().stream().map(Client::session).toList();
  }
}
