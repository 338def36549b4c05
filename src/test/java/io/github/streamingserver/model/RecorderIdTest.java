package io.github.streamingserver.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecorderIdTest {
  @ParameterizedTest
  @EnumSource
  void readsBackItsOwnId(RecorderId recorder) {
    assertThat(RecorderId.of(recorder.id())).contains(recorder);
  }
}
