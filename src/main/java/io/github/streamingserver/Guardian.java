package io.github.streamingserver;

import io.github.streamingserver.config.ProtocolSettings;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.SiteFetcher;
import io.github.streamingserver.model.SteadyTime;
import io.github.streamingserver.protocol.MessageCodec;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.provider.thumbnail.Thumbnails;
import io.github.streamingserver.recorder.Pipelines;
import io.github.streamingserver.recorder.RecorderSupervisor;
import io.github.streamingserver.recorder.Retries;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ProviderResolver;
import io.github.streamingserver.resolver.ResolverActor;
import io.github.streamingserver.resolver.StreamOpener;
import io.github.streamingserver.session.ByteBudget;
import io.github.streamingserver.session.SessionContext;
import io.github.streamingserver.session.TokenGate;
import io.github.streamingserver.tcp.Door;
import io.github.streamingserver.tcp.TcpListener;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.SystemMaterializer;

/** Wires the actors: who is spawned, and what becomes of it when it fails. */
final class Guardian {
  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);
  private static final double JITTER = 0.2;

  /** How long clients may take to read the last that they are told. */
  private static final Duration FAREWELL = Duration.ofMillis(800);

  private Guardian() {}

  /**
   * The root of all actors.
   *
   * @param doors the ports that clients come in by
   * @param left what was being recorded when the last run ended
   * @param bound completed with whether they could be taken
   */
  static Behavior<TcpListener.Binding> create(
      ServerSettings settings,
      Journal journal,
      List<JournalEntry> left,
      List<Door> doors,
      String version,
      CompletableFuture<TcpListener.Binding> bound) {
    return Behaviors.setup(
        context -> {
          wire(context, settings, journal, left, doors, version);
          return Behaviors.receive(TcpListener.Binding.class)
              .onAnyMessage(
                  binding -> {
                    bound.complete(binding);
                    return Behaviors.same();
                  })
              .onSignal(
                  ChildFailed.class,
                  failed -> {
                    bound.complete(new TcpListener.NotBound(doors.getFirst(), failed.cause()));
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private static void wire(
      ActorContext<TcpListener.Binding> context,
      ServerSettings settings,
      Journal journal,
      List<JournalEntry> left,
      List<Door> doors,
      String version) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    SteadyTime steady = SteadyTime.start();
    ActorSystem<Void> system = context.getSystem();
    HttpFetcher fetcher = SiteFetcher.create(system, settings.http(), settings.access());
    ActorRef<ProviderRegistry.Command> registry =
        context.spawn(
            restarted(ProviderRegistry.create(settings.providers(), fetcher, clock)), "providers");
    ActorRef<Thumbnails.Command> thumbnails =
        context.spawn(
            restarted(
                Thumbnails.create(
                    settings.thumbnails(), settings.providers(), registry, fetcher, clock)),
            "thumbnails");
    StreamOpener opener =
        new StreamOpener(
            fetcher.forPages(),
            settings.hls(),
            clock,
            SystemMaterializer.get(system).materializer());
    ActorRef<ResolverActor.Command> resolver =
        context.spawn(
            restarted(
                ResolverActor.create(
                    settings.resolver(),
                    registry,
                    new ProviderResolver(registry, system.scheduler(), settings.resolver(), opener),
                    Retries.starting(settings.recording()),
                    steady)),
            "resolver");
    ActorRef<RecorderSupervisor.Command> supervisor =
        context.spawn(
            resumed(
                RecorderSupervisor.create(
                    settings.recording(),
                    journal,
                    left,
                    resolver,
                    new Pipelines(fetcher, opener, settings, clock, steady),
                    clock)),
            "recordings");
    endRecordingsAtShutdown(system, supervisor, settings);
    SessionContext services =
        new SessionContext(
            settings,
            version,
            new MessageCodec(limits(settings.protocol())),
            new ByteBudget(settings.tcp().outboundBudget()),
            new TokenGate(settings.admission()),
            registry,
            thumbnails,
            supervisor);
    ActorRef<TcpListener.Command> listener =
        context.spawn(TcpListener.create(services, doors, context.getSelf()), "tcp");
    context.watch(listener);
    closeClientsAtShutdown(system, listener);
  }

  private static MessageCodec.Limits limits(ProtocolSettings protocol) {
    return new MessageCodec.Limits(
        protocol.maxDepth(), protocol.maxTokens(), protocol.maxTextLength());
  }

  /** What holds nothing that a client waits for begins anew. */
  private static <T> Behavior<T> restarted(Behavior<T> behavior) {
    return Behaviors.supervise(behavior)
        .onFailure(SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, JITTER));
  }

  /** What holds running recordings goes on with them. */
  private static <T> Behavior<T> resumed(Behavior<T> behavior) {
    return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
  }

  private static void endRecordingsAtShutdown(
      ActorSystem<Void> system,
      ActorRef<RecorderSupervisor.Command> supervisor,
      ServerSettings settings) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceRequestsDone(),
            "end-recordings",
            () ->
                AskPattern.<RecorderSupervisor.Command, Done>ask(
                    supervisor,
                    RecorderSupervisor.StopAll::new,
                    settings.recording().shutdownTimeout(),
                    system.scheduler()));
  }

  private static void closeClientsAtShutdown(
      ActorSystem<Void> system, ActorRef<TcpListener.Command> listener) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceStop(),
            "close-clients",
            () ->
                AskPattern.<TcpListener.Command, Done>ask(
                    listener, TcpListener.CloseAll::new, FAREWELL, system.scheduler()));
  }
}
