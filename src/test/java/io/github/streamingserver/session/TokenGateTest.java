package io.github.streamingserver.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.AdmissionSettings;
import io.github.streamingserver.config.ServerSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenGateTest {
  private static AdmissionSettings settings(String token) {
    return ServerSettings.create(
            ConfigFactory.parseString(
                    "streamingserver.security { token = \"%s\", wrong-tokens = 3, token-hold = 60 s }"
                        .formatted(token))
                .withFallback(ConfigFactory.defaultReference())
                .resolve())
        .admission();
  }

  private static InetAddress peer(int number) throws Exception {
    byte[] address = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    return InetAddress.getByAddress(address);
  }

  /** Seconds and a token each; a second address is marked with {@code @}. */
  @ParameterizedTest
  @CsvSource({
    "0 sesame, RIGHT",
    "0 sesam, WRONG",
    "0 sesames, WRONG",
    "0 SESAME, WRONG",
    "0 , WRONG",
    "0 a|0 a|0 a, WRONG WRONG LAST_WRONG",
    "0 a|0 a|0 a|0 sesame, WRONG WRONG LAST_WRONG HELD",
    "0 a|0 a|0 a|59 sesame, WRONG WRONG LAST_WRONG HELD",
    "0 a|0 a|0 a|60 sesame, WRONG WRONG LAST_WRONG RIGHT",
    "0 a|0 a|50 a|60 sesame|109 a|110 a, WRONG WRONG LAST_WRONG HELD HELD WRONG",
    "0 a|0 a|0 a|60 a|60 a|60 a|60 a, WRONG WRONG LAST_WRONG WRONG WRONG LAST_WRONG HELD",
    "0 a|0 a|60 a|60 a, WRONG WRONG WRONG WRONG",
    "0 a|0 a|1 sesame|1 a|1 a, WRONG WRONG RIGHT WRONG WRONG",
    "0 a|0 a|0 a|0 @sesame|0 @a, WRONG WRONG LAST_WRONG RIGHT WRONG",
  })
  void stopsToLookAtWhoGuesses(String said, String verdicts) throws Exception {
    TokenGate gate = new TokenGate(settings("sesame"));
    List<String> heard = new ArrayList<>();
    for (String step : said.split("\\|", -1)) {
      String[] parts = step.split(" ", 2);
      String token = parts.length < 2 ? "" : parts[1];
      boolean other = token.startsWith("@");
      Duration now = Duration.ofSeconds(1_000 + Long.parseLong(parts[0]));
      heard.add(
          gate.check(peer(other ? 2 : 1), other ? token.substring(1) : token, now).toString());
    }
    assertThat(String.join(" ", heard)).isEqualTo(verdicts);
  }

  @Test
  void withoutATokenAnyIsRight() throws Exception {
    TokenGate gate = new TokenGate(settings(""));
    assertThat(gate.check(peer(1), "whatever", Duration.ZERO)).isEqualTo(TokenGate.Verdict.RIGHT);
  }

  @Test
  void remembersNoMoreThanItMayAndForgetsTheOldest() throws Exception {
    TokenGate gate = new TokenGate(settings("sesame"));
    for (int i = 0; i < 3; i++) {
      gate.check(peer(0), "a", Duration.ZERO);
    }
    for (int i = 1; i < TokenGate.MOST_PEERS; i++) {
      gate.check(peer(i), "a", Duration.ZERO);
    }
    assertThat(gate.check(peer(0), "sesame", Duration.ZERO)).isEqualTo(TokenGate.Verdict.HELD);
    gate.check(peer(TokenGate.MOST_PEERS), "a", Duration.ZERO);
    assertThat(gate.remembered()).isEqualTo(TokenGate.MOST_PEERS);
    assertThat(gate.check(peer(0), "sesame", Duration.ZERO)).isEqualTo(TokenGate.Verdict.RIGHT);
  }
}
