package io.github.streamingserver.journey;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.PlutoChannel;
import io.github.streamingserver.testkit.PlutoReport;
import io.github.streamingserver.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Records a live channel with breaks at real pace, from its beginning to its end, and compares what
 * was recorded with what was broadcast: {@code PlutoRun [--seconds 600] [--every 120]}, run in the
 * project's folder. Exit code 1 where anything is not as it should be.
 */
public final class PlutoRun {
  /** Longer than a playlist stands still between programmes. */
  private static final String SETTINGS = "streamingserver.live.end-grace = 25 s";

  /** What a client may have to wait for a section, and for the end to be believed. */
  private static final Duration GRACE = Duration.ofMinutes(3);

  private static final int SEGMENT_SECONDS = 5;
  private static final int BREAKS_OF_PROGRAMME = 2;

  private final List<String> faults = new ArrayList<>();

  private PlutoRun() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = Arrays.asList(args);
    int seconds = number(arguments, "--seconds", 600);
    int every = number(arguments, "--every", Math.min(120, seconds / 2));
    PlutoRun run = new PlutoRun();
    run.record(plan(seconds, every));
    run.faults.forEach(fault -> say("WRONG: " + fault));
    say(run.faults.isEmpty() ? "All is as it was broadcast." : "Not all is as it was broadcast.");
    System.exit(run.faults.isEmpty() ? 0 : 1);
  }

  private static int number(List<String> arguments, String name, int otherwise) {
    int at = arguments.indexOf(name);
    return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
  }

  /** A quarter of the time is advertisements, but enough of them for a section. */
  private static PlutoChannel.Plan plan(int seconds, int every) {
    int segments = every / SEGMENT_SECONDS;
    int advertisements = Math.max(PlutoChannel.LEAD, segments / 4);
    int programme = Math.max(PlutoChannel.LEAD, segments - advertisements);
    int breaks = Math.max(1, seconds / ((programme + advertisements) * SEGMENT_SECONDS));
    return new PlutoChannel.Plan(
        SEGMENT_SECONDS, programme, advertisements, breaks, BREAKS_OF_PROGRAMME);
  }

  private void record(PlutoChannel.Plan plan) throws Exception {
    say("Making the media of " + plan);
    Media.Clips clips = PlutoChannel.clips(plan);
    Path folder = Files.createTempDirectory("pluto-run-");
    try (Origin origin = new Origin(Media.root());
        TestServer server = TestServer.start(folder.resolve("providers"), SETTINGS)) {
      PlutoChannel channel = new PlutoChannel(origin, plan, clips, InstantSource.system());
      Duration patience = channel.lasts().plus(GRACE);
      say("Recording into [%s] for %d s".formatted(folder, channel.lasts().toSeconds()));
      try (Client client = new Client(server.port(), patience)) {
        client.send(
            "start",
            JsonObject.of("url", origin.url(PlutoChannel.MASTER).toString())
                .with("rec_dir", folder.resolve("movie").toString())
                .with("show_ads", true)
                .with("quality", "best")
                .with("buffering", 2)
                .with("provider", Map.of("provider_id", "Direct")));
        verify(follow(client), folder.resolve("movie"), channel);
      }
    }
  }

  /** Tells of each section as it begins; the end. */
  private static JsonObject follow(Client client) throws Exception {
    long begun = System.nanoTime();
    Message message = client.receive();
    while (!message.command().equals("stop")) {
      long seconds = (System.nanoTime() - begun) / 1_000_000_000;
      say("%4d s  %s".formatted(seconds, message.command()) + told(message.args()));
      message = client.receive();
    }
    return message.args();
  }

  private static String told(JsonObject args) {
    return args.text("rec_file").map(file -> " " + file).orElse("");
  }

  private void verify(JsonObject stop, Path movie, PlutoChannel channel) throws Exception {
    say("stop " + stop);
    if (!stop.text("reason").orElse("").equals("complete")) {
      faults.add("it did not end as complete");
    }
    if (stop.number("lost_segments").orElse(-1.0) != 0) {
      faults.add("lost segments");
    }
    List<Path> sections = sections(movie);
    if (stop.number("sections").orElse(-1.0) != sections.size()) {
      faults.add("other files than sections: " + sections.size());
    }
    PlutoReport report = new PlutoReport(sections, channel.parts(), PlutoChannel.LEAD);
    report.lines().forEach(PlutoRun::say);
    faults.addAll(report.faults());
  }

  private static List<Path> sections(Path movie) throws Exception {
    List<Path> sections = new ArrayList<>();
    if (Files.isDirectory(movie)) {
      try (Stream<Path> files = Files.list(movie)) {
        long count =
            files.filter(it -> it.getFileName().toString().matches("stream_\\d+\\.ts")).count();
        for (int i = 0; i < count; i++) {
          sections.add(movie.resolve("stream_" + i + ".ts"));
        }
      }
    }
    return sections;
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
