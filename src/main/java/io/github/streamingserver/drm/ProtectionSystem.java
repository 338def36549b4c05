package io.github.streamingserver.drm;

import io.github.streamingserver.model.DrmScheme;
import java.util.Map;
import java.util.UUID;

/** The protection systems by the SystemID that they are registered under (ISO/IEC 23001-7 §8.1). */
public final class ProtectionSystem {
  private static final Map<UUID, DrmScheme> BY_ID =
      Map.of(
          UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"), DrmScheme.WIDEVINE,
          UUID.fromString("9a04f079-9840-4286-ab92-e65be0885f95"), DrmScheme.PLAYREADY,
          UUID.fromString("94ce86fb-07ff-4f43-adb8-93d2fa968ca2"), DrmScheme.FAIRPLAY,
          // The common one of the W3C, which any system reads.
          UUID.fromString("1077efec-c0b2-4d02-ace3-3c1e52e2fb4b"), DrmScheme.COMMON_ENCRYPTION);

  private ProtectionSystem() {}

  /** The system with this SystemID; {@link DrmScheme#UNKNOWN} where it is another one. */
  public static DrmScheme of(UUID systemId) {
    return BY_ID.getOrDefault(systemId, DrmScheme.UNKNOWN);
  }
}
