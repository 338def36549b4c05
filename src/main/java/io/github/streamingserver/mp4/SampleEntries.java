package io.github.streamingserver.mp4;

import io.github.streamingserver.mp4.BoxHandler.Plan;
import java.nio.ByteBuffer;

/** The layouts of sample entries (ISO 14496-12 §12.1.3, §12.2.3). */
final class SampleEntries {
  private static final int VISUAL = 78;
  private static final int AUDIO = 28;
  private static final int WIDTH = 24;
  private static final int AUDIO_VERSION = 8;

  private SampleEntries() {}

  /** How the entry is read so that the boxes in it are walked. */
  static Plan plan(String type, String handler) {
    if (isVisual(type, handler)) {
      return new Plan(VISUAL, true);
    }
    return isAudio(type, handler) ? new Plan(AUDIO, true) : Plan.SKIP;
  }

  static boolean isVisual(String type, String handler) {
    return type.equals("encv") || handler.equals("vide");
  }

  static boolean isEncrypted(String type) {
    return switch (type) {
      case "encv", "enca", "enct", "encs", "encm", "drms", "drmi" -> true;
      default -> false;
    };
  }

  /** Width and height in an entry of pictures, 0 where it is cut off. */
  static int width(ByteBuffer entry) {
    return entry.limit() < VISUAL ? 0 : entry.getShort(WIDTH) & 0xffff;
  }

  static int height(ByteBuffer entry) {
    return entry.limit() < VISUAL ? 0 : entry.getShort(WIDTH + 2) & 0xffff;
  }

  /** What QuickTime's versions put between an entry of sound and the boxes in it. */
  static int soundExtension(ByteBuffer entry, int descriptionVersion) {
    if (entry.limit() < AUDIO || descriptionVersion != 0) {
      return 0;
    }
    return switch (entry.getShort(AUDIO_VERSION)) {
      case 1 -> 16;
      case 2 -> 36;
      default -> 0;
    };
  }

  private static boolean isAudio(String type, String handler) {
    return type.equals("enca") || handler.equals("soun");
  }
}
