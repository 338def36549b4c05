package io.github.streamingserver.drm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.DrmScheme;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionSystemTest {
  @ParameterizedTest
  @CsvSource({
    "EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED, WIDEVINE",
    "9a04f079-9840-4286-ab92-e65be0885f95, PLAYREADY",
    "94ce86fb-07ff-4f43-adb8-93d2fa968ca2, FAIRPLAY",
    "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b, COMMON_ENCRYPTION",
    "5e629af5-38da-4063-8977-97ffbd9902d4, UNKNOWN",
  })
  void systemsAreKnownByTheirId(UUID id, DrmScheme scheme) {
    assertThat(ProtectionSystem.of(id)).isEqualTo(scheme);
  }

  @ParameterizedTest
  @CsvSource({
    "cenc, COMMON_ENCRYPTION",
    "cens, COMMON_ENCRYPTION",
    "cbc1, COMMON_ENCRYPTION",
    "cbcs, COMMON_ENCRYPTION",
    "piff, COMMON_ENCRYPTION",
    "itun, FAIRPLAY",
    "odkm, UNKNOWN",
    "'', UNKNOWN",
  })
  void schemesAreKnownByTheirType(String type, DrmScheme scheme) {
    assertThat(EncryptionScheme.of(type)).isEqualTo(scheme);
  }
}
