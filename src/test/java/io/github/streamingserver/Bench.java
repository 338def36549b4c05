package io.github.streamingserver;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.recorder.ffmpeg.FfmpegPrograms;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.NetworkLink;
import io.github.streamingserver.testkit.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What recording costs: processor time of the server against that of {@code ffmpeg -c copy} for the
 * same playlist of MPEG-TS segments, and the heap that is enough for it. Run by tools/bench in the
 * project's folder.
 */
public final class Bench {
  private static final Pattern LISTENS = Pattern.compile("listens on \\[.*:(\\d+)]");
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s");

  /** The look-ahead of one recording and 32 MiB. */
  private static final String HEAP = "-Xmx48m";

  private static final int RUNS_A_GROUP = 5;

  private Bench() {}

  /** Runs the bench. */
  public static void main(String[] args) throws Exception {
    for (BenchMedia media : BenchMedia.values()) {
      run(media);
    }
  }

  private static void run(BenchMedia media) throws Exception {
    Path made = media.make();
    say(media.description());
    Path folder = Files.createTempDirectory("streamingserver-bench-");
    try (Origin origin = new Origin(made)) {
      String playlist = origin.url("index.m3u8").toString();
      Optional<NetworkLink> link = media.link();
      if (link.isPresent()) {
        carryAll(made, origin, link.get());
      }
      Process server = startServer(folder, HEAP);
      try {
        // Not closed: that would wait for whoever reads it, until the server is gone.
        BufferedReader log = server.inputReader();
        int port = awaitPort(log);
        Thread.ofVirtual().start(() -> drain(log));
        say(usesCache(server) ? "With what tools/optimize made." : "Without tools/optimize.");
        Cost all = measure(port, playlist, folder, server);
        say(all.told("the first recording, cold"));
        for (int group = 0; group < media.groups(); group++) {
          int first = 2 + group * RUNS_A_GROUP;
          Cost sum = new Cost(Duration.ZERO, Duration.ZERO);
          for (int run = 0; run < RUNS_A_GROUP; run++) {
            sum = sum.plus(measure(port, playlist, folder, server));
          }
          say(sum.told("recordings %d to %d".formatted(first, first + RUNS_A_GROUP - 1)));
          all = all.plus(sum);
        }
        if (media.groups() > 0) {
          say(all.told("all of them"));
        }
        say("peak memory of the server, whose heap is limited by " + HEAP + ": " + peak(server));
      } finally {
        server.destroy();
        server.waitFor();
      }
      boolean same =
          Frames.packets(folder.resolve("movie/stream_0.ts"), "v")
              .equals(Frames.packets(folder.resolve("copy.ts"), "v"));
      say(same ? "Both recordings hold the same pictures." : "THE RECORDINGS DIFFER");
    }
  }

  private static void carryAll(Path folder, Origin origin, NetworkLink link) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> origin.edit(file.getFileName().toString(), link::carry));
    }
  }

  /** Processor time of the server, and of ffmpeg for the same. */
  private record Cost(Duration own, Duration other) {
    Cost plus(Cost more) {
      return new Cost(own.plus(more.own), other.plus(more.other));
    }

    String told(String what) {
      return "%-26s %5d ms of processor; ffmpeg -c copy %5d ms; ratio %.2f"
          .formatted(
              what, own.toMillis(), other.toMillis(), own.toMillis() / (double) other.toMillis());
    }
  }

  private static Cost measure(int port, String playlist, Path folder, Process server)
      throws Exception {
    Duration own = record(port, playlist, folder.resolve("movie"), server);
    return new Cost(own, copy(playlist, folder.resolve("copy.ts")));
  }

  /** {@code options}: for the JVM, beside those of the launcher. */
  static Process startServer(Path folder, String options) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "tools/streamingserver",
            "--port",
            "0",
            "--bind",
            "127.0.0.1",
            "--state",
            folder.resolve("state").toString());
    builder.environment().put("STREAMINGSERVER_JAVA_OPTS", options);
    return builder.redirectErrorStream(true).start();
  }

  static int awaitPort(BufferedReader log) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        return Integer.parseInt(listens.group(1));
      }
    }
    throw new IOException("The server did not start");
  }

  static void drain(BufferedReader log) {
    try {
      while (log.readLine() != null) {
        // A full pipe would hold the server up.
      }
    } catch (IOException _) {
      // The server is gone.
    }
  }

  static Duration record(int port, String playlist, Path into, Process server) throws Exception {
    Duration before = processor(server);
    try (Client client = new Client(port)) {
      client.receive("ready");
      client.send(
          "start",
          JsonObject.of("url", playlist)
              .with("rec_dir", into.toString())
              .with("provider", Map.of("provider_id", "Direct")));
      JsonObject stop = client.receive("stop");
      if (!stop.text("reason").orElse("").equals("complete")) {
        throw new IllegalStateException(stop.toString());
      }
    }
    return processor(server).minus(before);
  }

  static Duration processor(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private static Duration copy(String playlist, Path file) throws Exception {
    ProcessBuilder ffmpeg =
        FfmpegPrograms.find()
            .ffmpeg(List.of("-nostdin", "-v", "error", "-y", "-i", playlist, "-c", "copy"));
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\"; times", "sh"));
    command.addAll(ffmpeg.command());
    command.add(file.toString());
    Process shell = ffmpeg.command(command).start();
    String times = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    shell.waitFor();
    Duration sum = Duration.ZERO;
    Matcher children = TIMES.matcher(times.strip().lines().toList().getLast());
    while (children.find()) {
      sum = sum.plusMinutes(Long.parseLong(children.group(1)));
      sum = sum.plusMillis(Math.round(Double.parseDouble(children.group(2)) * 1000));
    }
    return sum;
  }

  private static boolean usesCache(Process server) throws IOException {
    return Files.readString(Path.of("/proc/" + server.pid() + "/maps"))
        .contains("/target/streamingserver.aot");
  }

  private static String peak(Process server) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("not known");
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
