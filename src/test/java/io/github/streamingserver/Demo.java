package io.github.streamingserver;

import io.github.streamingserver.testkit.Ffmpeg;
import io.github.streamingserver.testkit.Frames;
import io.github.streamingserver.testkit.ListedSegment;
import io.github.streamingserver.testkit.LiveChannel;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows a newcomer, offline, that StreamingServer records real streams: a server of its own, an
 * origin with small real media, and streamctl as the client. Run by tools/demo in the project's
 * folder; exit code 1 where something is not as it should be.
 */
public final class Demo {
  private static final Pattern LISTENS = Pattern.compile("listens on \\[.*:(\\d+)]");
  private static final String PROVIDER = "Demo";
  private static final String LIVE = "live/channel.m3u8";

  /** What the channel broadcasts: programme, break, programme. */
  private static final List<Media.Part> CHANNEL =
      List.of(
          new Media.Part(Media.variants().resolve("high"), 0, 4),
          new Media.Part(Media.variants().resolve("low"), 0, 3),
          new Media.Part(Media.variants().resolve("high"), 4, 7));

  private final Path folder;
  private final Origin origin;
  private final String port;

  private Demo(Path folder, Origin origin, String port) {
    this.folder = folder;
    this.origin = origin;
    this.port = port;
  }

  /** Runs the demo. */
  public static void main(String[] args) throws Exception {
    long begun = System.nanoTime();
    say("Making ten seconds of real media for the origin…");
    Media.mp4();
    Path folder = Files.createTempDirectory("streamingserver-demo-");
    try (Origin origin = new Origin(Media.root())) {
      writeProvider(folder, origin);
      broadcast(origin);
      Process server = startServer(folder);
      try (BufferedReader log = server.inputReader()) {
        new Demo(folder, origin, awaitPort(log)).show();
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
    say("\nAll is as it should be, after " + (System.nanoTime() - begun) / 1_000_000_000 + " s.");
  }

  private static void writeProvider(Path folder, Origin origin) throws IOException {
    Path provider = Files.createDirectories(folder.resolve("providers").resolve(PROVIDER));
    Files.writeString(
        provider.resolve("config.json"),
        """
        {"title": "A shelf of films", "quality": "720p", "items": [
          {"category": "Films", "title": "One file, MP4", "url": "%s"},
          {"category": "Films", "title": "A playlist, HLS in two qualities", "url": "%s"},
          {"category": "Live", "title": "Ten seconds of a channel, with a break", "url": "%s"}]}
        """
            .formatted(
                origin.url("mp4/video.mp4"), origin.url("variants/master.m3u8"), origin.url(LIVE)));
  }

  /** A channel whose break has another host, another picture, and timestamps that begin anew. */
  private static void broadcast(Origin origin) {
    LiveChannel channel = new LiveChannel(LiveChannel.EVENT, 1);
    for (Media.Part part : CHANNEL) {
      boolean programme = part.hls().endsWith("high");
      String path = programme ? "variants/high/" : "demo_ad/creative/low/";
      origin.mount("demo_ad/creative/low", Media.variants().resolve("low"));
      channel.add(
          ListedSegment.discontinuous(
              part.listed(programme ? origin.url(path) : origin.urlOnOtherHost(path))));
    }
    origin.route(LIVE, channel.advance(3).advanceInTime(InstantSource.system()).endAtLast());
  }

  private static Process startServer(Path folder) throws IOException {
    say("Starting a server on a free port, with all that is its own in " + folder);
    return new ProcessBuilder(
            "tools/streamingserver",
            "--port",
            "0",
            "--bind",
            "127.0.0.1",
            "--providers",
            folder.resolve("providers").toString(),
            "--state",
            folder.resolve("state").toString())
        .redirectErrorStream(true)
        .start();
  }

  private static String awaitPort(BufferedReader log) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        return listens.group(1);
      }
      seen.append(line).append('\n');
    }
    throw new IOException("The server did not start:\n" + seen);
  }

  private void show() throws Exception {
    streamctl("providers");
    streamctl("categories", PROVIDER);
    streamctl("items", PROVIDER, "Films");
    Path mp4 = folder.resolve("mp4");
    Path hls = folder.resolve("hls");
    record("mp4/video.mp4", mp4);
    record("variants/master.m3u8", hls);
    Path live = folder.resolve("live");
    record(LIVE, live, "--buffering", "2");
    say("\nDecoding what was recorded, every frame…");
    prove(mp4.resolve("stream_0.mp4"), Media.mp4(), "a file over HTTP, byte for byte");
    prove(
        hls.resolve("stream_0.ts"),
        Media.joined(Media.variants().resolve("high")),
        "a playlist's better variant, all segments in order");
    for (int section = 0; section < CHANNEL.size(); section++) {
      prove(
          live.resolve("stream_" + section + ".ts"),
          CHANNEL.get(section).joined(),
          section == 1 ? "the break, a file of its own" : "the programme, nothing lost");
    }
  }

  private void record(String path, Path into, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("record", PROVIDER, origin.url(path).toString(), "--dir", into.toString()));
    arguments.addAll(List.of(options));
    streamctl(arguments.toArray(String[]::new));
  }

  private void streamctl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tools/streamctl", "--port", port));
    command.addAll(List.of(arguments));
    say("\n$ " + String.join(" ", command));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("that ended with " + process.exitValue());
    }
  }

  private static void prove(Path recorded, Path source, String what) {
    List<String> picture = Frames.video(recorded);
    List<String> sound = Frames.audio(recorded);
    boolean same =
        !picture.isEmpty()
            && picture.equals(Frames.video(source))
            && sound.equals(Frames.audio(source))
            && Ffmpeg.decodeErrors(recorded).isEmpty();
    if (!same) {
      throw new IllegalStateException(recorded + " is not what its source is");
    }
    say(
        "%s\n  proves: %s; %d frames of picture and %d of sound, each equal to the source's"
            .formatted(recorded, what, picture.size(), sound.size()));
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
