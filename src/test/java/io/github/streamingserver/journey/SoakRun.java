package io.github.streamingserver.journey;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.SoakChannel;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps a server busy at real pace: live recordings from an origin of whose answers one in fifty
 * fails, clients that come and go, one that never reads. Tells each minute what the server takes,
 * and at the end whether anything was lost that could have been had: {@code SoakRun [--minutes 60]
 * [--recordings 20] [--clients 50] [--seed 1]}, run in the project's folder. Exit code 1 where
 * anything is not as it should be.
 */
public final class SoakRun {
  /** As http.idle-timeout. */
  private static final Duration IDLE = Duration.ofSeconds(15);

  /** Before the end nothing fails any more, so that what stalled has come. */
  private static final Duration QUIET = Duration.ofSeconds(25);

  private static final Duration RELEASE_EVERY = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int DECODED = 2;

  private final List<String> faults = new ArrayList<>();
  private final Map<String, JsonObject> stops = new ConcurrentHashMap<>();
  private final Random random;
  private final Duration lasts;
  private final int recordings;
  private final int clients;
  private final List<SoakChannel> channels = new CopyOnWriteArrayList<>();

  private SoakRun(List<String> arguments) {
    lasts = Duration.ofMinutes(number(arguments, "--minutes", 60));
    recordings = number(arguments, "--recordings", 20);
    clients = number(arguments, "--clients", 50);
    random = new Random(number(arguments, "--seed", 1));
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    SoakRun run = new SoakRun(Arrays.asList(args));
    run.run();
    run.faults.forEach(fault -> say("WRONG: " + fault));
    say(run.faults.isEmpty() ? "All is as it should be." : "Not all is as it should be.");
    System.exit(run.faults.isEmpty() ? 0 : 1);
  }

  private static int number(List<String> arguments, String name, int otherwise) {
    int at = arguments.indexOf(name);
    return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
  }

  private void run() throws Exception {
    SoakChannel.clip();
    Path folder = Files.createTempDirectory("soak-run-");
    say("Recording %d channels for %s into [%s]".formatted(recordings, lasts, folder));
    try (Origin origin = new Origin(Media.root())) {
      SoakClients.makeProviders(folder.resolve("providers"), origin);
      SoakFaults failing = new SoakFaults(origin, channels, random, InstantSource.system());
      try (ServerProcess server = ServerProcess.start(folder, settings());
          Client viewer = new Client(server.port(), PATIENCE)) {
        startAll(origin, viewer, folder);
        Thread ends = Thread.ofVirtual().start(() -> awaitEnds(viewer));
        failing.begin();
        try (SoakClients crowd = new SoakClients(server.port(), clients, random)) {
          watch(origin, server, crowd, failing);
          check(crowd, server);
        }
        Instant stopped = Instant.now();
        stopAll(server, ends);
        say("What failed: " + failing.done());
        server.problems().forEach((kind, count) -> say("%6d × %s".formatted(count, kind)));
        verify(folder, stopped);
      }
    }
  }

  private String settings() {
    return "streamingserver.recording { max-concurrent = %d, look-ahead = 4 MiB }"
        .formatted(recordings);
  }

  /** Begins all recordings, a moment after each other, and waits until all can be played. */
  private void startAll(Origin origin, Client viewer, Path folder) throws Exception {
    viewer.receive("ready");
    for (int i = 0; i < recordings; i++) {
      SoakChannel channel =
          new SoakChannel(origin, i, lasts.plus(PATIENCE), IDLE, InstantSource.system());
      channels.add(channel);
      viewer.send(
          "start",
          JsonObject.of("url", origin.url(channel.playlist()).toString())
              .with("recording_id", name(i))
              .with("rec_dir", folder.resolve(name(i)).toString())
              .with("buffering", 2)
              .with("provider", Map.of("provider_id", "Direct")));
      viewer.receive("start");
    }
  }

  /** Takes each stop; returns once all recordings have ended. */
  private void awaitEnds(Client viewer) {
    try {
      while (stops.size() < recordings) {
        Message message = viewer.receive();
        if (message.command().equals("stop")) {
          stops.put(message.args().text("recording_id").orElse(""), message.args());
        }
      }
    } catch (SocketTimeoutException nothingYet) {
      awaitEnds(viewer);
    } catch (Exception e) {
      say("The viewer's connection has ended: " + e);
    }
  }

  private void watch(Origin origin, ServerProcess server, SoakClients crowd, SoakFaults failing)
      throws Exception {
    say(
        "min | heap live MiB, heap, RSS | threads | handles, sockets | recording, segments, lost"
            + " | visits, unanswered, broken off, closed on the one that never reads");
    long minutes = lasts.toMinutes();
    for (long minute = 0; minute < minutes && server.isAlive(); minute++) {
      if (minute == 1 || minute == minutes / 2) {
        server.collect();
      }
      tell(minute, server, crowd);
      for (int i = 0; i < 60 / RELEASE_EVERY.toSeconds(); i++) {
        Thread.sleep(RELEASE_EVERY);
        origin.release();
      }
    }
    failing.end();
    origin.release();
    Thread.sleep(QUIET);
    server.collect();
    tell(minutes, server, crowd);
  }

  private void tell(long minute, ServerProcess server, SoakClients crowd) throws Exception {
    ServerProcess.Figures figures = server.figures();
    List<JsonObject> alive = status(server);
    say(
        "%3d | %4d %4d %4d | %3d | %4d %4d | %2d %6.0f %4.0f | %6d %3d %3d %3d"
            .formatted(
                minute,
                figures.live(),
                figures.heap(),
                figures.resident(),
                figures.threads(),
                figures.handles(),
                figures.sockets(),
                alive.size(),
                sum(alive, "segments"),
                sum(alive, "lost_segments"),
                crowd.visits(),
                crowd.unanswered(),
                crowd.broken(),
                crowd.closed()));
  }

  private static double sum(List<JsonObject> all, String field) {
    return all.stream().mapToDouble(one -> one.number(field).orElse(0.0)).sum();
  }

  private static List<JsonObject> status(ServerProcess server) throws Exception {
    try (Client client = new Client(server.port(), PATIENCE)) {
      client.send("status", JsonObject.empty());
      return client.receive("status").objects("data");
    }
  }

  private void check(SoakClients crowd, ServerProcess server) {
    if (!server.isAlive()) {
      faults.add("the server has ended");
    }
    stops.forEach((name, stop) -> faults.add(name + " ended early: " + stop));
    if (crowd.unanswered() + crowd.broken() > 0) {
      faults.add(crowd.unanswered() + " unanswered, " + crowd.broken() + " broken off");
    }
  }

  private void stopAll(ServerProcess server, Thread ends) throws Exception {
    try (Client client = new Client(server.port(), PATIENCE)) {
      for (int i = 0; i < recordings; i++) {
        client.send("stop", JsonObject.of("recording_id", name(i)));
      }
      if (!ends.join(PATIENCE)) {
        faults.add("only " + stops.keySet() + " have ended");
      }
    }
  }

  private void verify(Path folder, Instant stopped) throws Exception {
    SoakReport report = new SoakReport();
    for (int i = 0; i < recordings; i++) {
      JsonObject stop = stops.getOrDefault(name(i), JsonObject.empty());
      long counted = Math.round(stop.number("lost_segments").orElse(-1.0));
      report.see(name(i), folder.resolve(name(i)), channels.get(i), counted, stopped);
    }
    say(report.sum());
    for (int i = 0; i < Math.min(DECODED, recordings); i++) {
      report.decode(name(i), folder.resolve(name(i)));
    }
    faults.addAll(report.faults());
  }

  private static String name(int recording) {
    return "soak-" + recording;
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
