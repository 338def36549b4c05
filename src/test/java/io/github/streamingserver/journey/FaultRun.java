package io.github.streamingserver.journey;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Client;
import io.github.streamingserver.testkit.Disk;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import io.github.streamingserver.testkit.TestServer;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Faults in real time, as root: {@code FaultRun disk|outage live|vod|live-fmp4|vod-fmp4|mp4
 * SECONDS}. For so long the recording's file system (ext4 of its own) is forced read-only, as after
 * an error, or nothing comes from the origin. Then the frames on disk are compared with the
 * source's. Exit code 1 where one is missing, or where the outage met nothing.
 */
public final class FaultRun {
  private static final String SETTINGS = "streamingserver.recording.min-free-space = 0";
  private static final long IMAGE = 128L << 20;
  private static final int BEFORE = 8;
  private static final int AFTER = 15;

  private final String kind;
  private final int seconds;
  private final Path folder = Files.createTempDirectory("fault-run-");
  private final Path disk = Files.createDirectory(folder.resolve("disk"));
  private final Path image = folder.resolve("disk.img");
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean away;

  private FaultRun(String kind, int seconds) throws Exception {
    this.kind = kind;
    this.seconds = seconds;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    FaultRun run = new FaultRun(args[1], Integer.parseInt(args[2]));
    System.exit(run.run(args[0].equals("disk")) ? 0 : 1);
  }

  private boolean run(boolean ofDisk) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(IMAGE);
    }
    require("mkfs.ext4", "-q", image.toString());
    mount();
    try (Origin origin = new Origin(Media.root());
        TestServer server = TestServer.start(folder.resolve("providers"), SETTINGS);
        Client client =
            new Client(server.port(), Duration.ofSeconds(seconds).plus(Duration.ofMinutes(3)))) {
      int rounds = kind.startsWith("live") ? (BEFORE + seconds + AFTER) / Media.SECONDS + 1 : 1;
      String path = serve(origin, rounds);
      client.send(
          "start",
          JsonObject.of("url", origin.url(path).toString())
              .with("rec_dir", disk.resolve("movie").toString())
              .with("from_start", true)
              .with("quality", "best")
              .with("buffering", 2)
              .with("provider", Map.of("provider_id", "Direct")));
      say("begun " + client.receive("start"));
      TimeUnit.SECONDS.sleep(kind.startsWith("live") ? BEFORE : 1);
      if (ofDisk) {
        failDisk(origin);
      } else {
        away = true;
        TimeUnit.SECONDS.sleep(seconds);
        away = false;
        origin.release();
      }
      say("healed");
      Message message = client.receive();
      while (!message.command().equals("stop")) {
        say(message.toString());
        message = client.receive();
      }
      say("ended " + message.args());
      boolean same = compare(rounds);
      say("%d requests refused".formatted(refused.get()));
      return same && (ofDisk || refused.get() > 0);
    } finally {
      Disk.unmount(List.of(disk));
    }
  }

  private Path media() {
    return kind.endsWith("-fmp4") ? Media.fmp4() : Media.hls();
  }

  /** Where the segments are on the server. */
  private String segments() {
    return Media.root().relativize(media()) + "/";
  }

  private void mount() {
    require("mount", "-o", "loop", image.toString(), disk.toString());
  }

  private void failDisk(Origin origin) throws Exception {
    require("mount", "-o", "remount,abort", disk.toString());
    origin.release();
    TimeUnit.SECONDS.sleep(seconds);
    while (!Disk.run("umount", disk.toString())) {
      say("in use: " + disk);
      TimeUnit.SECONDS.sleep(1);
    }
    mount();
  }

  /** What is served breaks off before its end, so that a fault has something to spoil. */
  private String serve(Origin origin, int rounds) throws Exception {
    List<ListedSegment> segments = ListedSegment.in(media());
    String mp4 = Media.root().relativize(Media.mp4()).toString();
    Stream.concat(
            segments.stream().map(segment -> segments() + segment.uri()),
            Stream.of(segments() + "live.m3u8", mp4))
        .forEach(path -> origin.edit(path, answer -> away ? refuse() : answer));
    return switch (kind) {
      case "live", "live-fmp4" -> {
        LiveChannel channel = new LiveChannel(seconds + AFTER, 1);
        for (int i = 0; i < rounds; i++) {
          channel.add(i == 0 ? segments : ListedSegment.discontinuous(segments));
        }
        origin.route(
            segments() + "live.m3u8",
            channel.advance(2).advanceInTime(InstantSource.system()).endAtLast());
        yield segments() + "live.m3u8";
      }
      case "vod", "vod-fmp4" -> {
        origin.fail(segments() + segments.get(5).uri(), new Fault.StallAfter(1000));
        yield segments() + "index.m3u8";
      }
      default -> {
        Fault half = new Fault.StallAfter(Files.size(Media.mp4()) / 2);
        origin.fail(mp4, new Fault.None(), half);
        yield mp4;
      }
    };
  }

  private Answer refuse() {
    refused.incrementAndGet();
    return Answer.status(503);
  }

  private boolean compare(int rounds) throws Exception {
    Path source = kind.equals("mp4") ? Media.mp4() : Media.joined(media());
    List<String> once = Frames.video(source);
    List<String> expected = IntStream.range(0, rounds).boxed().flatMap(_ -> once.stream()).toList();
    List<String> held = new ArrayList<>();
    for (int i = 0; ; i++) {
      Path file = disk.resolve("movie/stream_" + i + (kind.equals("mp4") ? ".mp4" : ".ts"));
      if (!Files.exists(file)) {
        break;
      }
      Frames.assertNoDecodeErrors(file);
      List<String> frames = Frames.video(file);
      boolean part = Collections.indexOfSubList(expected, frames) >= 0;
      say("%s: %d frames, %s".formatted(file, frames.size(), part ? "the source's" : "WRONG"));
      held.addAll(frames);
    }
    boolean same = held.equals(expected);
    say("%d frames of %d: %s".formatted(held.size(), expected.size(), same ? "all" : "NOT ALL"));
    Files.readAllLines(disk.resolve("movie/log.txt")).forEach(FaultRun::say);
    return same;
  }

  private static void require(String... command) {
    if (!Disk.run(command)) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
