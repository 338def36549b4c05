package io.github.streamingserver.provider.thumbnail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What kind of picture bytes are: by how they begin, since servers often call it wrong. Pure. */
final class ImageKind {
  /** More than any of the beginnings has. */
  private static final int LONGEST = 12;

  private ImageKind() {}

  /** The ending for a file's name; empty where it is no picture that boxes show. */
  static Optional<String> extension(byte[] content) {
    String begin =
        new String(content, 0, Math.min(LONGEST, content.length), StandardCharsets.ISO_8859_1);
    if (begin.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of("jpg");
    }
    if (begin.startsWith("\u0089PNG\r\n")) {
      return Optional.of("png");
    }
    if (begin.startsWith("GIF87a") || begin.startsWith("GIF89a")) {
      return Optional.of("gif");
    }
    if (begin.startsWith("RIFF") && begin.endsWith("WEBP")) {
      return Optional.of("webp");
    }
    return begin.startsWith("BM") ? Optional.of("bmp") : Optional.empty();
  }
}
