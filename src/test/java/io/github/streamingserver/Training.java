package io.github.streamingserver;

import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Has a server record small real media, so that its JVM learns from it, and prints what its start
 * and its first recordings cost, in ms of processor. Run by tools/optimize in the project's folder,
 * with how often to record, and the JVM's options.
 */
public final class Training {
  private Training() {}

  /** Runs the training; ends once the server has, and so has written what it learnt. */
  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    String options = String.join(" ", List.of(arguments).subList(1, arguments.length));
    Media.mp4();
    Media.variants();
    Path folder = Files.createTempDirectory("streamingserver-training-");
    try (Origin origin = new Origin(Media.root())) {
      List<URI> sources =
          List.of(origin.url("mp4/video.mp4"), origin.url("variants/high/index.m3u8"));
      Process server = Bench.startServer(folder, options);
      try {
        BufferedReader log = server.inputReader();
        int port = Bench.awaitPort(log);
        Thread.ofVirtual().start(() -> Bench.drain(log));
        for (int time = 1; time <= times; time++) {
          for (URI source : sources) {
            Bench.record(port, source.toString(), folder.resolve("movie"), server);
          }
          if (time == 1) {
            say(Bench.processor(server).toMillis());
          }
        }
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
  }

  private static void say(long number) {
    byte[] bytes = (number + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
