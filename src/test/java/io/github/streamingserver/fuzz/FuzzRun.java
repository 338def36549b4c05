package io.github.streamingserver.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of Jazzer in a process of its own, guided by what code each input reaches. Its log, the
 * inputs that it found and the corpus that it made are in {@code target/fuzz/<name>}.
 */
final class FuzzRun {
  private static final Path HOME = Path.of("target", "fuzz");
  private static final Duration HANGING = Duration.ofSeconds(20);

  /**
   * By the same seed the same inputs everywhere: a build must not fail by what it finds by luck.
   */
  private static final int RUNS = 20_000;

  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

  /** They look for faults that a server of ours can't have, or that are its purpose. */
  private static final List<String> DISABLED =
      List.of(
          "com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
          "com.code_intelligence.jazzer.sanitizers.ReflectiveCall",
          "com.code_intelligence.jazzer.sanitizers.RegexInjection",
          "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks",
          "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
          "com.code_intelligence.jazzer.sanitizers.XmlParserSsrfGuidance");

  /**
   * What came of it.
   *
   * @param inputs tried; 0 where it ended too early to say
   * @param log all that Jazzer said
   */
  record Result(int exit, long inputs, String log) {}

  private final Fuzzing fuzzing;

  FuzzRun(Fuzzing fuzzing) {
    this.fuzzing = fuzzing;
  }

  /** Fuzzes for so long, the same way for the same seed, or until something is found. */
  Result fuzz(int seconds, int seed) throws IOException, InterruptedException {
    Path home = Files.createDirectories(HOME.resolve(fuzzing.title()).toAbsolutePath());
    Path log = home.resolve("log");
    Process process =
        new ProcessBuilder(command(home, seconds, seed))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(3L * seconds + 300, TimeUnit.SECONDS)) {
        throw new IOException(fuzzing + " does not end; see " + log);
      }
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(log, StandardCharsets.ISO_8859_1);
    Matcher done = DONE.matcher(text);
    return new Result(process.exitValue(), done.find() ? Long.parseLong(done.group(1)) : 0, text);
  }

  private List<String> command(Path home, int seconds, int seed) throws IOException {
    Path corpus = Files.createDirectories(home.resolve("corpus"));
    Path scratch = Files.createDirectories(home.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx384m",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + scratch,
            "-Dlogback.configurationFile=fuzz/logback.xml",
            "-cp",
            System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", "")),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzEntry.class.getName(),
            "--target_args=" + fuzzing.title(),
            "--instrumentation_includes=io.github.streamingserver.**",
            "--disabled_hooks=" + String.join(":", DISABLED),
            "--reproducer_path=" + home,
            "-artifact_prefix=" + home + "/",
            "-dict=" + fuzzing.dictionary(),
            "-max_len=" + Fuzzing.LONGEST,
            "-timeout=" + HANGING.toSeconds(),
            "-rss_limit_mb=0",
            "-max_total_time=" + seconds,
            "-runs=" + Integer.getInteger("fuzz.runs", RUNS),
            "-seed=" + seed,
            "-print_final_stats=1",
            corpus.toString()));
    fuzzing.seeds().forEach(folder -> command.add(folder.toString()));
    return command;
  }
}
