package io.github.streamingserver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"PlutoTV", "a", "7", "a.b", "A_b-c.9", "a..b"})
  void namesBoth(String name) {
    assertThat(new ProviderId(name)).hasToString(name);
    assertThat(new RecordingId(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "..", ".a", "_a", "-a", "a/b", "../a", "a\\b", "a b", "a\n", "\na", "ä",
        "a\u0000", "/etc", "~", "a%2fb", "a*"
      })
  void namesNeither(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProviderId(name))
        .withMessageStartingWith("provider_id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordingId(name))
        .withMessageStartingWith("recording_id");
  }

  @ParameterizedTest
  @CsvSource({"64, 128, true", "65, 129, false"})
  void haveALongestLength(int provider, int recording, boolean allowed) {
    if (allowed) {
      assertThat(new ProviderId("a".repeat(provider)).value()).hasSize(provider);
      assertThat(new RecordingId("a".repeat(recording)).value()).hasSize(recording);
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> new ProviderId("a".repeat(provider)));
      assertThatIllegalArgumentException().isThrownBy(() -> new RecordingId("a".repeat(recording)));
    }
  }

  @Test
  void aRecordingMayHaveAColonAndAProviderMayNot() {
    assertThat(new RecordingId("20:15")).hasToString("20:15");
    assertThatIllegalArgumentException().isThrownBy(() -> new ProviderId("20:15"));
    assertThat(RecordingId.DEFAULT).hasToString("default");
    assertThat(new ProviderId("a")).isLessThan(new ProviderId("b"));
  }
}
