package io.github.streamingserver.journey;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the server at random moments of recordings that take as long as they would from a slow
 * origin, and compares what is on disk in the end with the source: {@code KillRun [--kills 50]
 * [--seed 1]}, run in the project's folder. Exit code 1 where anything is not as it should be.
 */
public final class KillRun {
  private static final String SETTINGS =
      """
      streamingserver.recording { progress-interval = 200 ms, min-free-space = 1 MiB }
      streamingserver.live.end-grace = 1200 ms
      """;

  private static final int WINDOW = 5;
  private static final long PACE_MILLIS = 800;

  /** Before any recording is over. */
  private static final int LATEST_KILL_MILLIS = 7000;

  private static final int CHUNKS = 40;
  private static final int FRAMES_A_SEGMENT = 25;

  private enum Kind {
    VOD_TS("index.m3u8"),
    VOD_FMP4("index.m3u8"),
    MP4("video.mp4"),
    LIVE_TS("live.m3u8"),
    LIVE_FMP4("live.m3u8");

    private final String file;

    Kind(String file) {
      this.file = file;
    }

    private String path() {
      return folder() + file;
    }

    /** Where its origin has it. */
    private String folder() {
      return Media.root().relativize(media()) + "/";
    }

    private boolean isLive() {
      return file.equals("live.m3u8");
    }

    /** The folder, which is made now where it was not yet. */
    private Path media() {
      return switch (this) {
        case VOD_TS, LIVE_TS -> Media.hls();
        case VOD_FMP4, LIVE_FMP4 -> Media.fmp4();
        case MP4 -> Objects.requireNonNull(Media.mp4().getParent());
      };
    }

    private Path source() {
      return this == MP4 ? Media.mp4() : Media.joined(media());
    }
  }

  private final Random random;
  private int wrong;

  private KillRun(long seed) {
    random = new Random(seed);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = Arrays.asList(args);
    int kills = (int) number(arguments, "--kills", 50);
    KillRun run = new KillRun(number(arguments, "--seed", 1));
    say(
        "%-10s %8s %5s %8s %8s %6s %6s  %s"
            .formatted("kind", "killed", "files", "picture", "sound", "lost", "true", ""));
    for (int i = 0; i < kills; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      run.kill(kind, run.random.nextInt(LATEST_KILL_MILLIS));
    }
    say("%d of %d are not as they should be".formatted(run.wrong, kills));
    System.exit(run.wrong == 0 ? 0 : 1);
  }

  private static long number(List<String> arguments, String name, long otherwise) {
    int at = arguments.indexOf(name);
    return at < 0 ? otherwise : Long.parseLong(arguments.get(at + 1));
  }

  private void kill(Kind kind, int millis) throws Exception {
    Path folder = Files.createTempDirectory("kill-run-");
    try (Survivor survivor = new Survivor(folder, SETTINGS)) {
      List<ListedSegment> listed = kind == Kind.MP4 ? List.of() : ListedSegment.in(kind.media());
      serve(kind, survivor.origin(), listed);
      survivor.ask(
          kind.path(), kind.isLive() ? JsonObject.of("from_start", true) : JsonObject.empty());
      survivor.awaitProgress(_ -> true);
      LockSupport.parkNanos(millis * 1_000_000L);
      survivor.kill();
      survivor.restart();
      report(kind, millis, survivor.await());
    } catch (IOException | AssertionError e) {
      wrong++;
      say("%-10s %5d ms  WRONG: %s (in %s)".formatted(kind, millis, e, folder));
    }
  }

  /** As slow as the media last, or nearly. */
  private static void serve(Kind kind, Origin origin, List<ListedSegment> listed) {
    if (kind.isLive()) {
      origin.route(
          kind.path(),
          new LiveChannel(WINDOW, 1)
              .add(listed)
              .advance(2)
              .advanceInTime(InstantSource.system())
              .endAtLast());
      return;
    }
    Object pace = new Object();
    for (ListedSegment segment : listed) {
      origin.edit(
          kind.folder() + segment.uri(),
          answer -> {
            synchronized (pace) {
              LockSupport.parkNanos(PACE_MILLIS * 1_000_000);
            }
            return answer;
          });
    }
    if (kind == Kind.MP4) {
      origin.edit(
          kind.path(),
          answer ->
              new Answer(
                  answer.status(), answer.headers(), new Slow(answer.content()), answer.framing()));
    }
  }

  /** A body that comes bit by bit. */
  private record Slow(Answer.Content content) implements Answer.Content {
    @Override
    public long size() {
      return content.size();
    }

    @Override
    public void copy(long from, long count, OutputStream out) throws IOException {
      long chunk = Math.max(1, size() / CHUNKS);
      for (long at = from; at < from + count; at += chunk) {
        content.copy(at, Math.min(chunk, from + count - at), out);
        out.flush();
        LockSupport.parkNanos(PACE_MILLIS * 10_000_000 / CHUNKS);
      }
    }
  }

  private void report(Kind kind, int millis, Recording recording) throws Exception {
    List<Path> files = recording.files();
    List<String> picture = new ArrayList<>();
    for (Path file : files) {
      picture.addAll(Frames.video(file));
    }
    List<String> allSound = Frames.sound(List.of(kind.source()));
    List<String> sound = Frames.sound(files);
    List<String> all = Frames.video(kind.source());
    Set<Integer> missing = missing(all, picture);
    List<String> expected = without(all, missing);
    boolean pictureSame = picture.equals(expected);
    int expectedSound = allSound.size();
    boolean soundSame = missing.isEmpty() ? sound.equals(allSound) : isPart(sound, allSound);
    int lost = recording.stop().number("lost_segments").orElse(-1.0).intValue();
    boolean decodes = true;
    for (Path file : files) {
      decodes &= Ffmpeg.decodeErrors(file).isEmpty();
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    List<String> faults = new ArrayList<>();
    if (!pictureSame) {
      faults.add("picture");
    }
    if (!soundSame) {
      faults.add("sound");
    }
    if (lost != missing.size()) {
      faults.add("ledger");
    }
    if (!kind.isLive() && lost != 0) {
      faults.add("lost");
    }
    if (!decodes) {
      faults.add("decoding");
    }
    if (recording.stop().number("bytes").orElse(-1.0) != bytes) {
      faults.add("bytes");
    }
    if (recording.stop().number("sections").orElse(-1.0) != files.size()) {
      faults.add("sections");
    }
    if (!recording.stop().text("reason").orElse("").equals("complete")) {
      faults.add("reason " + recording.stop());
    }
    wrong += faults.isEmpty() ? 0 : 1;
    say(
        "%-10s %5d ms %5d %4d/%3d %4d/%3d %6d %6d  %s"
            .formatted(
                kind,
                millis,
                files.size(),
                picture.size(),
                expected.size(),
                sound.size(),
                expectedSound,
                lost,
                missing.size(),
                faults.isEmpty()
                    ? "as it should be"
                    : "WRONG: " + faults + " in " + recording.folder()));
  }

  /** Whether all of {@code some} are in {@code all} in this order. */
  private static boolean isPart(List<String> some, List<String> all) {
    int at = 0;
    for (String one : some) {
      while (at < all.size() && !all.get(at).equals(one)) {
        at++;
      }
      at++;
    }
    return at <= all.size();
  }

  /** Segments of which no frame is there. */
  private static Set<Integer> missing(List<String> all, List<String> recorded) {
    Set<String> there = new HashSet<>(recorded);
    Set<Integer> missing = new HashSet<>();
    for (int i = 0; i < all.size() / FRAMES_A_SEGMENT; i++) {
      List<String> segment = all.subList(i * FRAMES_A_SEGMENT, (i + 1) * FRAMES_A_SEGMENT);
      if (segment.stream().noneMatch(there::contains)) {
        missing.add(i);
      }
    }
    return missing;
  }

  private static List<String> without(List<String> all, Set<Integer> segments) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!segments.contains(i / FRAMES_A_SEGMENT)) {
        rest.add(all.get(i));
      }
    }
    return rest;
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
