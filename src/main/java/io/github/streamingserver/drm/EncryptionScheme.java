package io.github.streamingserver.drm;

import io.github.streamingserver.model.DrmScheme;

/** The encryption schemes by the type that a scheme type box carries (ISO 14496-12 §8.12.5). */
public final class EncryptionScheme {
  private EncryptionScheme() {}

  /** What {@code type}, such as {@code cenc}, belongs to. */
  public static DrmScheme of(String type) {
    return switch (type) {
      case "cenc", "cens", "cbc1", "cbcs", "piff", "sve1" -> DrmScheme.COMMON_ENCRYPTION;
      case "itun" -> DrmScheme.FAIRPLAY;
      default -> DrmScheme.UNKNOWN;
    };
  }
}
