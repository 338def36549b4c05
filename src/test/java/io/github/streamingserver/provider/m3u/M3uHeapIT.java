package io.github.streamingserver.provider.m3u;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A list of 50 000 channels and a guide of 200 MB, each of which has them all, in 40 MB of heap.
 */
class M3uHeapIT {
  private static final int CHANNELS = 50_000;
  private static final int CATEGORIES = 100;
  private static final int PROGRAMMES = 16;
  private static final long GUIDE_SIZE = 200_000_000;
  private static final Instant BEGIN = Instant.parse("2026-01-31T18:00:00Z");
  private static final DateTimeFormatter XMLTV =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss +0000").withZone(ZoneOffset.UTC);

  @TempDir Path folder;

  private static String list(String suffix) {
    StringBuilder list = new StringBuilder("#EXTM3U url-tvg=\"guide.xml.gz\"\n");
    for (int i = 0; i < CHANNELS; i++) {
      list.append(
          ("#EXTINF:-1 tvg-id=\"channel.%d.example\" tvg-name=\"Channel %d HD\""
                  + " tvg-logo=\"https://images.example/logos/%x/channel-%d.png\""
                  + " group-title=\"Category %d\",Channel %d HD%s\n"
                  + "https://edge%d.example/live/user/%016x/%d/index.m3u8\n")
              .formatted(
                  i, i, i * 31, i, i % CATEGORIES, i, suffix, i % 7, i * 0x9E3779B97F4A7C15L, i));
    }
    return list.toString();
  }

  /** Returns how long it is when decompressed. */
  private static long writeGuide(Path file, String suffix) throws IOException {
    long[] size = {0};
    OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(file), 64 << 10) {
          {
            def.setLevel(1);
          }

          @Override
          public synchronized void write(byte[] bytes, int from, int count) throws IOException {
            size[0] += count;
            super.write(bytes, from, count);
          }
        };
    try (PrintStream out =
        new PrintStream(
            new java.io.BufferedOutputStream(gzip, 64 << 10), false, StandardCharsets.UTF_8)) {
      out.print("<?xml version=\"1.0\"?><!DOCTYPE tv SYSTEM \"xmltv.dtd\"><tv>\n");
      String[] hours = new String[PROGRAMMES + 1];
      for (int hour = 0; hour <= PROGRAMMES; hour++) {
        hours[hour] = XMLTV.format(BEGIN.plusSeconds(hour * 3600L));
      }
      for (int i = 0; i < CHANNELS; i++) {
        for (int hour = 0; hour < PROGRAMMES; hour++) {
          out.print("<programme start=\"" + hours[hour] + "\" stop=\"" + hours[hour + 1]);
          out.print("\" channel=\"channel." + i + ".example\"><title lang=\"en\">Programme ");
          out.print(hour + " &amp; more of channel " + i + suffix + "</title><desc>");
          out.print(
              "What happens in it, told at some length. ".repeat(2) + "</desc></programme>\n");
        }
      }
      out.print("</tv>\n");
    }
    return size[0];
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void fitsIntoFortyMegabytes() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    assertThat(writeGuide(folder.resolve("first.gz"), "")).isGreaterThan(GUIDE_SIZE);
    assertThat(writeGuide(folder.resolve("second.gz"), " renewed")).isGreaterThan(GUIDE_SIZE);
    try (Origin origin = new Origin(folder)) {
      origin.route("tv.m3u", _ -> list(origin, "tv.m3u"));
      origin.route(
          "guide.xml.gz",
          _ ->
              Answer.file(
                  folder.resolve(
                      origin.requests("guide.xml.gz").size() > 1 ? "second.gz" : "first.gz")));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx40m",
                  "-XX:+UseSerialGC",
                  "-XX:+UseCompactObjectHeaders",
                  "-Xmn6m",
                  "-Dlogback.configurationFile=conf/logback.xml",
                  "-cp",
                  System.getProperty("java.class.path"),
                  HeapRun.class.getName(),
                  origin.url("tv.m3u").toString(),
                  data.toString(),
                  BEGIN.plusSeconds(60).toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output)
          .contains("categories 100 in", "items 50000 in", "items with now and next 50000 in")
          .contains("of them with now 50000 in", "of them with next 50000 in")
          .contains("found 15 in", "renewed 50000 in")
          .doesNotContain("OutOfMemoryError", "is broken");
      System.out.println(output.lines().filter(line -> line.matches("[a-z ]+ \\d+ .*")).toList());
    }
  }

  private static Answer list(Origin origin, String path) {
    return Answer.text(path, list(origin.requests(path).size() > 1 ? " renewed" : ""));
  }
}
