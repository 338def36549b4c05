package io.github.streamingserver.simulation;

import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.recorder.RecordingEvent;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.StartReply;
import io.github.streamingserver.recorder.VirtualTime;
import io.github.streamingserver.simulation.Incident.Victim;
import io.github.streamingserver.testkit.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Runs a scenario to its end, as fast as it goes, and holds what was recorded against the truth.
 */
final class Simulation implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2026-03-28T18:00:00Z");

  /** How soon a client asks again for what has ended or was refused. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long a session waits for the answer to a request. */
  private static final Duration ANSWER = Duration.ofSeconds(31);

  /** The answer that a renewal waits for in vain, and the pause before the next. */
  private static final Duration CRASH_COSTS = Duration.ofSeconds(95);

  /** How long a server that was killed is down. */
  private static final Duration DOWN = Duration.ofSeconds(10);

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Scenario scenario;
  private final long seed;
  private final Path folder;
  private final double speed;
  private final Random random;
  private final Broadcast broadcast;
  private final SimulatedOrigin origin;
  private final List<World> dead = new ArrayList<>();
  private World world;
  private final List<Take> takes = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();
  private Optional<RecordingRequest> running = Optional.empty();
  private Instant begun = BEGIN;
  private boolean accepted;
  private boolean over;
  private Duration wall = Duration.ZERO;
  private Optional<Instant> startAt = Optional.of(BEGIN);

  /** A time in which something was wrong with the origin or the server. */
  record Trouble(Incident incident, Instant from, Instant until) {}

  private Simulation(Scenario scenario, long seed, Path folder, double speed) throws IOException {
    this.scenario = scenario;
    this.seed = seed;
    this.folder = folder;
    this.speed = speed;
    this.broadcast = new Broadcast(scenario.channel(), BEGIN);
    this.random = new Random(~seed);
    this.origin =
        new SimulatedOrigin(
            broadcast,
            scenario.channel(),
            () -> world().now(),
            new Random(seed),
            (delay, work) -> world().later(delay, work));
    this.world = world(BEGIN);
  }

  private World world() {
    return world;
  }

  private World world(Instant begin) throws IOException {
    return new World(
        new VirtualTime(begin),
        folder.resolve("state"),
        origin,
        random,
        this::heard,
        this::crashed);
  }

  /**
   * Runs {@code scenario}.
   *
   * @param seed of what is left to chance
   * @param folder for the recordings
   * @param speed how many times faster than real at most; 0 for as fast as it goes
   */
  static Simulation run(Scenario scenario, long seed, Path folder, double speed)
      throws IOException {
    long begun = System.nanoTime();
    Simulation simulation = new Simulation(scenario, seed, folder, speed);
    simulation.run();
    simulation.world.close();
    simulation.wall = Duration.ofNanos(System.nanoTime() - begun);
    return simulation;
  }

  /** What it showed, by the files that are there now. */
  Report report() throws IOException {
    return Audit.of(scenario, broadcast, takes, troubles).report(seed, wall);
  }

  private void run() throws IOException {
    Instant end = BEGIN.plus(scenario.hours());
    for (Scenario.Due due : scenario.incidents()) {
      passUntil(BEGIN.plus(due.at()));
      happens(due.incident());
    }
    passUntil(end);
    over = true;
    startAt = Optional.empty();
    running.filter(_ -> !scenario.scheduled()).ifPresent(world::stop);
    passUntil(end.plus(GRACE));
    running.ifPresent(world::stop);
    passUntil(end.plus(GRACE).plus(GRACE));
    if (running.isPresent()) {
      throw new IllegalStateException("the recording does not end: " + scenario.name());
    }
  }

  private void passUntil(Instant when) {
    while (startAt.filter(at -> !at.isAfter(when)).isPresent()) {
      Instant at = startAt.get();
      world.time.passUntil(at.isAfter(world.now()) ? at : world.now());
      start();
      world.time.passUntil(world.now().plusSeconds(1));
    }
    world.time.passUntil(when);
    if (speed > 0) {
      wait(when);
    }
  }

  private void wait(Instant when) {
    try {
      Thread.sleep((long) (Duration.between(begun, when).toMillis() / speed));
      begun = when;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    startAt = Optional.empty();
    RecordingRequest request = request();
    begun = world.now();
    running = Optional.of(request);
    accepted = false;
    world.start(request, reply -> replied(request, reply));
    world.later(ANSWER, () -> unanswered(request));
  }

  private void unanswered(RecordingRequest request) {
    if (!accepted && running.equals(Optional.of(request))) {
      running = Optional.empty();
      startAgain();
    }
  }

  private void replied(RecordingRequest request, StartReply reply) {
    accepted = accepted || reply instanceof StartReply.Accepted;
    if (!accepted && running.equals(Optional.of(request))) {
      running = Optional.empty();
      startAgain();
    }
  }

  private void heard(RecordingEvent event) {
    if (event instanceof Ended ended) {
      takes.add(new Take(ended.recording().folder(), begun, world.now(), ended));
      running = Optional.empty();
      startAgain();
    }
  }

  private void startAgain() {
    startAt = over ? Optional.empty() : Optional.of(world.now().plus(PATIENCE));
  }

  private void happens(Incident incident) throws IOException {
    Instant now = world.now();
    broadcast.advance(now);
    broadcast.happens(incident, now);
    if (incident instanceof Incident.Lasting lasting) {
      origin.happens(lasting);
      troubles.add(new Trouble(incident, now, now.plus(lasting.lasts())));
    }
    if (incident instanceof Incident.Jump(int count)) {
      Duration silent = scenario.channel().segment().multipliedBy(count);
      troubles.add(new Trouble(incident, now, now.plus(silent)));
    }
    if (incident instanceof Incident.SlowDisk(Duration delay, Duration lasts)) {
      world.time.diskDelay(delay);
      var system = world.time.system();
      system
          .scheduler()
          .scheduleOnce(
              lasts, () -> world.time.diskDelay(Duration.ZERO), system.executionContext());
    }
    if (incident instanceof Incident.Crash(Victim victim)) {
      troubles.add(new Trouble(incident, now, now.plus(PATIENCE)));
      if (victim == Victim.SERVER) {
        kill(now);
      } else {
        world.crash(victim);
      }
    }
  }

  /** The server is gone as it is, and another begins: nothing of the first goes on. */
  private void kill(Instant now) throws IOException {
    dead.add(world);
    Instant again = now.plus(DOWN);
    troubles.add(new Trouble(new Incident.Crash(Victim.SERVER), now, again));
    world = world(again);
    if (!world.goesOn && running.isPresent()) {
      running = Optional.empty();
      startAgain();
    }
  }

  /** Frees what killed servers hold; their recordings are of no use afterwards. */
  @Override
  public void close() {
    dead.forEach(World::close);
  }

  /** What was to crash has, at the message that it waited for. */
  private void crashed(Victim victim) {
    Instant now = world.now();
    troubles.add(new Trouble(new Incident.Crash(victim), now, now.plus(CRASH_COSTS)));
  }

  private RecordingRequest request() {
    Path into = folder.resolve("take-" + takes.size());
    try {
      Files.createDirectories(into);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Asked asked =
        Asked.of(SimulatedOrigin.PAGE, into).from("Simulated").ads(scenario.ads()).buffering(3);
    return scenario.scheduled()
        ? asked.until(BEGIN.plus(scenario.hours())).request()
        : asked.request();
  }
}
