package io.github.streamingserver.hls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Writes playlists into a folder, the same ones for the same seed: {@value #VALID} ones that must
 * be read, {@value #BROKEN} ones of which that cannot be told, and what is {@value #NONE}; each
 * file's name begins with which it is.
 */
public final class PlaylistCorpus {
  public static final String VALID = "valid";
  public static final String BROKEN = "broken";
  public static final String NONE = "none";

  private static final int HUGE = 100_000_000;
  private static final List<String> NO_PLAYLISTS =
      List.of(
          "",
          " \n\t\r\n",
          "{\"error\": \"not found\"}\n#EXTINF:6,\na.ts\n",
          "[1, 2]",
          "<!DOCTYPE html><html><body>#EXTM3U\n#EXTINF:6,\na.ts</body></html>",
          "\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"/>",
          "# Read me\n\nA playlist begins so:\n#EXTM3U\n#EXTINF:6,\na.ts\n",
          "#!/bin/sh\ncat <<EOF\n#EXTM3U\nEOF\n",
          "https://host.test/live.m3u8\n",
          "404 Not Found",
          "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
          "#EXTM3U\n\0\0\0\0",
          "#EXTM3U\n" + "a".repeat(70_000));

  private PlaylistCorpus() {}

  /** Writes some thousand files, two huge ones among them, into the folder that is named. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    write(Files.createDirectories(folder), Integer.parseInt(args[1]), 1);
    writeHuge(folder);
  }

  /** Writes {@code count} files; their paths, in the order of their numbers. */
  public static List<Path> write(Path folder, int count, long seed) throws IOException {
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] valid = new PlaylistWriter(random).any().getBytes(UTF_8);
      int kind = i % 5;
      String name = kind < 2 ? VALID : kind < 4 ? BROKEN : NONE;
      byte[] content =
          kind < 2 ? valid : kind < 4 ? broken(valid, random) : none(i / 5, valid, random);
      files.add(Files.write(folder.resolve("%s-%04d.m3u8".formatted(name, i)), content));
    }
    return files;
  }

  /** Writes one of 100 MB and one of a million lines. */
  public static void writeHuge(Path folder) throws IOException {
    byte[] segment = "#EXTINF:6.006,\nsegment_0001.ts\n".getBytes(UTF_8);
    try (OutputStream out = Files.newOutputStream(folder.resolve(NONE + "-100-mb.m3u8"))) {
      out.write("#EXTM3U\n".getBytes(UTF_8));
      for (int size = 0; size < HUGE; size += segment.length) {
        out.write(segment);
      }
    }
    Files.writeString(
        folder.resolve(NONE + "-1-m-lines.m3u8"),
        "#EXTM3U\n" + "#EXTINF:6,\na.ts\n".repeat(500_000));
    Files.writeString(
        folder.resolve(VALID + "-600-k-lines.m3u8"),
        "#EXTM3U\n#EXT-X-TARGETDURATION:6\n"
            + "#EXTINF:6,\nsegment_0000000001.ts\n".repeat(302_400));
  }

  private static byte[] broken(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        for (int i = 0; i < 1 + bytes.length / 50; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 2 -> bytes = shuffledLines(valid, random);
      case 3 -> bytes = new String(valid, UTF_8).replace(",", "").getBytes(UTF_8);
      default -> bytes = withoutSomeLines(valid, random);
    }
    return bytes;
  }

  private static byte[] shuffledLines(byte[] valid, Random random) {
    List<String> lines = new ArrayList<>(new String(valid, UTF_8).lines().toList());
    Collections.shuffle(lines, random);
    return String.join("\r\n", lines).getBytes(UTF_8);
  }

  private static byte[] withoutSomeLines(byte[] valid, Random random) {
    List<String> lines = new ArrayList<>(new String(valid, UTF_8).lines().toList());
    lines.removeIf(_ -> random.nextInt(4) == 0);
    return String.join("\r", lines).getBytes(UTF_8);
  }

  private static byte[] none(int number, byte[] valid, Random random) {
    if (number < NO_PLAYLISTS.size()) {
      return NO_PLAYLISTS.get(number).getBytes(UTF_8);
    }
    String text = new String(valid, UTF_8);
    return switch (random.nextInt(4)) {
      case 0 -> text.getBytes(StandardCharsets.UTF_16);
      case 1 -> text.getBytes(StandardCharsets.UTF_16LE);
      case 2 -> ("{\"playlist\": \"" + text + "\"}").getBytes(UTF_8);
      default -> {
        byte[] noise = new byte[1 + random.nextInt(4000)];
        random.nextBytes(noise);
        noise[0] = (byte) 0x89;
        yield noise;
      }
    };
  }
}
