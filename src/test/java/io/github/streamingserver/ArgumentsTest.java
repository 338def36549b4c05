package io.github.streamingserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ArgumentsTest {
  private static final String PORT = "streamingserver.tcp.port";

  @TempDir private Path home;

  private static Arguments parsed(String... args) {
    Arguments arguments = new Arguments();
    new CommandLine(arguments).parseArgs(args);
    return arguments;
  }

  private Path write(String file, String text) throws Exception {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  @Test
  void optionsGoBeforeTheFileAndTheFileBeforeTheDefaults() throws Exception {
    assertThat(parsed().settings(home).getInt(PORT)).isEqualTo(5000);
    write("conf/streamingserver.conf", PORT + " = 5001");
    assertThat(parsed().settings(home).getInt(PORT)).isEqualTo(5001);
    String other = write("other.conf", PORT + " = 5002").toString();
    assertThat(parsed("--config", other).settings(home).getInt(PORT)).isEqualTo(5002);
    assertThat(parsed("--config", other, "--port", "5003").settings(home).getInt(PORT))
        .isEqualTo(5003);
  }

  @Test
  void aFileOfSettingsThatIsNoneIsNamed() {
    for (Path none : new Path[] {home, home.resolve("none.conf")}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parsed("--config", none.toString()).settings(home))
          .withMessage(none + " is no file that can be read; --config names one");
    }
  }
}
