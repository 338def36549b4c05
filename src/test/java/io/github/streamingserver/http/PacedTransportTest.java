package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacedTransportTest {
  @ParameterizedTest
  @CsvSource({
    "100, 10, 10",
    "101, 10, 9",
    "105, 10, 5",
    "106, 10, 14",
    "109, 10, 11",
    "-1, 10, 11",
    "-9, 10, 9",
    "101, 20, 19",
    "119, 40, 41"
  })
  void restsEndAtTimesThatAllShare(long now, long pause, long rest) {
    assertThat(PacedTransport.rest(now, pause)).isEqualTo(rest);
    assertThat((now + rest) % pause).isZero();
  }

  @Test
  void isNotPacedWhereNobodyWantsIt() {
    ClientTransport transport = ClientTransport.TCP();
    assertThat(PacedTransport.of(transport, Duration.ZERO)).isSameAs(transport);
    assertThat(PacedTransport.of(transport, Duration.ofMillis(1))).isNotSameAs(transport);
  }
}
