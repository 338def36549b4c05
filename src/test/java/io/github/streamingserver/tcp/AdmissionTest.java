package io.github.streamingserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private static Admission admission(String settings) {
    ServerSettings all =
        ServerSettings.create(
            ConfigFactory.parseString("streamingserver { " + settings + " }")
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    return new Admission(all.admission().networks(), all.tcp());
  }

  /** A letter for each connection that comes, with a minus where it goes; + or what is told. */
  @ParameterizedTest
  @CsvSource({
    "a a b, + + +",
    "a a a, + + peer",
    "a a b c, + + + all",
    "a a -a a a, + + + peer",
    "a a b -b c, + + + +",
    "x, network",
    "x a a x a b, network + + network peer +",
  })
  void countsAllAndThoseOfEachPeer(String connections, String outcomes) throws Exception {
    Admission admission = admission("tcp { max-connections = 3, max-connections-per-peer = 2 }");
    StringBuilder seen = new StringBuilder();
    for (String step : connections.split(" ", -1)) {
      char name = step.charAt(step.length() - 1);
      InetAddress peer = InetAddress.ofLiteral(name == 'x' ? "8.8.8.8" : "10.0.0." + (int) name);
      if (step.startsWith("-")) {
        admission.left(peer);
      } else {
        seen.append(' ').append(admission.admit(peer).map(AdmissionTest::brief).orElse("+"));
      }
    }
    assertThat(seen.substring(1)).isEqualTo(outcomes);
  }

  private static String brief(String refusal) {
    return refusal.contains("allowed-networks")
        ? "network"
        : refusal.contains("max-connections-per-peer") ? "peer" : "all";
  }

  @Test
  void letsTenThousandClientsInAndTwoThousandFromOneAddress() throws Exception {
    Admission admission = admission("");
    for (int i = 0; i < 10_000; i++) {
      assertThat(admission.admit(InetAddress.ofLiteral("10.0.0." + i / 2_000))).isEmpty();
    }
    assertThat(admission.admit(InetAddress.ofLiteral("10.0.0.9"))).isPresent();
    admission.left(InetAddress.ofLiteral("10.0.0.1"));
    assertThat(admission.admit(InetAddress.ofLiteral("10.0.0.0")))
        .contains("tcp.max-connections-per-peer, 2000, are open from its address");
    assertThat(admission.admit(InetAddress.ofLiteral("10.0.0.1"))).isEmpty();
  }

  @Test
  void logsARefusedPeerOnceAMinute() throws Exception {
    InetAddress peer = InetAddress.ofLiteral("8.8.8.8");
    RefusalLog log = new RefusalLog(Duration.ZERO);
    assertThat(log.line(peer, "no", Duration.ofSeconds(1)))
        .contains("Client [8.8.8.8] is refused: no");
    assertThat(log.line(peer, "no", Duration.ofSeconds(2))).isEmpty();
    assertThat(log.line(peer, "no", Duration.ofSeconds(59))).isEmpty();
    assertThat(log.line(peer, "full", Duration.ofSeconds(59)).orElse(""))
        .endsWith("full (2 refusals before were not logged)");
    assertThat(log.line(peer, "no", Duration.ofSeconds(60)))
        .contains("Client [8.8.8.8] is refused: no");
  }

  @Test
  void logsNoMoreThanItMayHoweverManyKnock() {
    RefusalLog log = new RefusalLog(Duration.ZERO);
    long lines = 0;
    for (int i = 0; i < 10_000; i++) {
      InetAddress peer = InetAddress.ofLiteral("8.8." + i / 250 + "." + i % 250);
      lines += log.line(peer, "no", Duration.ofSeconds(1)).isPresent() ? 1 : 0;
    }
    assertThat(lines).isEqualTo(RefusalLog.MOST_LINES);
    Optional<String> next =
        log.line(InetAddress.ofLiteral("9.9.9.9"), "no", Duration.ofSeconds(61));
    assertThat(next.orElse("")).contains("9940 refusals before");
  }
}
