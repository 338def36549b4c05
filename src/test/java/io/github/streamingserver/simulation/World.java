package io.github.streamingserver.simulation;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.provider.ProviderManifest;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.recorder.Pipelines;
import io.github.streamingserver.recorder.RecorderSupervisor;
import io.github.streamingserver.recorder.RecordingEvent;
import io.github.streamingserver.recorder.Retries;
import io.github.streamingserver.recorder.StartReply;
import io.github.streamingserver.recorder.VirtualTime;
import io.github.streamingserver.recorder.journal.Journal;
import io.github.streamingserver.recorder.journal.JournalEntry;
import io.github.streamingserver.resolver.ResolvedMedia;
import io.github.streamingserver.resolver.ResolverActor;
import io.github.streamingserver.resolver.StreamOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;

/** A server without a network, in a time of its own: the actors that record, wired as they are. */
final class World implements AutoCloseable {
  private static final ServerSettings SETTINGS =
      ServerSettings.create(
          ConfigFactory.parseString(
                  """
                  streamingserver.recording { min-free-space = 0, allowed-roots = ["/"] }
                  """)
              .withFallback(ConfigFactory.defaultReference())
              .resolve());

  private static final String RECORDINGS = "recordings";

  final VirtualTime time;

  /** Whether it has found recordings to go on with. */
  final boolean goesOn;

  private final org.apache.pekko.actor.typed.ActorRef<RecorderSupervisor.Command> supervisor;
  private final AtomicBoolean supervisorCrashes = new AtomicBoolean();
  private final AtomicBoolean resolverCrashes = new AtomicBoolean();
  private final AtomicBoolean streamCrashes = new AtomicBoolean();

  /**
   * A server in {@code time}, which it takes with it.
   *
   * @param state the folder of its journal
   * @param client hears all that is published
   * @param crashed is told when what was to crash does
   */
  World(
      VirtualTime time,
      Path state,
      SimulatedOrigin origin,
      RandomGenerator random,
      Consumer<RecordingEvent> client,
      Consumer<Incident.Victim> crashed)
      throws IOException {
    this.time = time;
    Journal journal = Journal.open(state);
    List<JournalEntry> left = journal.entries();
    this.goesOn = !left.isEmpty();
    StreamOpener opener =
        new StreamOpener(origin, SETTINGS.hls(), time, Materializer.matFromSystem(time.system()));
    var registry = spawn(registry(), "providers");
    var resolver =
        spawn(
            Behaviors.supervise(
                    Behaviors.intercept(
                        () ->
                            new Crasher<>(
                                ResolverActor.Command.class,
                                resolverCrashes,
                                () -> crashed.accept(Incident.Victim.RESOLVER)),
                        ResolverActor.create(
                            SETTINGS.resolver(),
                            registry,
                            (request, quality) ->
                                opener
                                    .open(
                                        origin.enter(), HttpSession.empty(), quality, request.av1())
                                    .thenApply(
                                        media ->
                                            new ResolvedMedia(media, HttpSession.empty(), quality)),
                            Retries.starting(SETTINGS.recording(), random),
                            time.clock())))
                .onFailure(
                    SupervisorStrategy.restartWithBackoff(
                        Duration.ofMillis(200), Duration.ofSeconds(30), 0)),
            "resolver");
    supervisor =
        spawn(
            Behaviors.supervise(
                    Behaviors.intercept(
                        () ->
                            new Crasher<>(
                                RecorderSupervisor.Command.class,
                                supervisorCrashes,
                                () -> crashed.accept(Incident.Victim.SUPERVISOR)),
                        RecorderSupervisor.create(
                            SETTINGS.recording(),
                            journal,
                            left,
                            resolver,
                            new BreakablePipelines(
                                new Pipelines(origin, opener, SETTINGS, time, time, () -> random),
                                streamCrashes),
                            time.clock())))
                .onFailure(SupervisorStrategy.resume()),
            RECORDINGS);
    supervisor.tell(
        new RecorderSupervisor.Subscribe(spawn(told(RecordingEvent.class, client), "client")));
    time.settle();
  }

  private <T> org.apache.pekko.actor.typed.ActorRef<T> spawn(Behavior<T> behavior, String name) {
    return time.system().systemActorOf(behavior, name, Props.empty());
  }

  private static Behavior<ProviderRegistry.Command> registry() {
    return Behaviors.receive(ProviderRegistry.Command.class)
        .onMessage(
            ProviderRegistry.Find.class,
            find -> {
              ProviderManifest manifest = new ProviderManifest(find.provider(), JsonObject.empty());
              find.replyTo().tell(new ProviderRegistry.Found(manifest));
              return Behaviors.same();
            })
        .build();
  }

  private static <T> Behavior<T> told(Class<T> kind, Consumer<T> consumer) {
    return Behaviors.receive(kind)
        .onAnyMessage(
            message -> {
              consumer.accept(message);
              return Behaviors.same();
            })
        .build();
  }

  /** Asks for a recording. */
  void start(RecordingRequest request, Consumer<StartReply> replied) {
    supervisor.tell(
        new RecorderSupervisor.Start(
            request,
            spawn(told(StartReply.class, replied), "request-" + time.instant().toEpochMilli())));
  }

  /** Does something after a while. */
  void later(Duration delay, Runnable work) {
    time.system().scheduler().scheduleOnce(delay, work, time.system().executionContext());
  }

  /** Has a client stop it. */
  void stop(RecordingRequest request) {
    supervisor.tell(new RecorderSupervisor.Stop(request.id()));
  }

  /** Has something crash, but for all of it. */
  void crash(Incident.Victim victim) {
    switch (victim) {
      case RECORDER ->
          time.system()
              .classicSystem()
              .actorSelection("/system/" + RECORDINGS + "/*")
              .tell(Kill.getInstance(), ActorRef.noSender());
      case STREAM -> streamCrashes.set(true);
      case SUPERVISOR -> supervisorCrashes.set(true);
      case RESOLVER -> resolverCrashes.set(true);
      case SERVER -> throw new IllegalArgumentException("a server can't crash itself");
    }
  }

  /** It is as late as that. */
  Instant now() {
    return time.instant();
  }

  @Override
  public void close() {
    time.close();
  }
}
