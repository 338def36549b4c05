package io.github.streamingserver.provider;

import static io.github.streamingserver.provider.RegistryProbe.assertNames;
import static io.github.streamingserver.provider.RegistryProbe.assertSoon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider is added, edited, broken, mended and removed while it is used. */
class ProviderReloadTest {
  @TempDir Path folder;

  private static String shelf(String category) {
    return """
    {"title": "%1$s", "items": [{"category": "%1$s", "title": "x", "url": "http://x"}]}\
    """
        .formatted(category);
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch = auto", "watch = poll"})
  void followsItsFolder(String how) throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, how)) {
      assertNames(probe.titles(), "Direct");
      probe.provider("Shelf", shelf("One"));
      assertSoon(() -> assertNames(probe.titles(), "Direct", "One"));
      assertNames(probe.categories("Shelf"), "One");
      probe.provider("Shelf", shelf("Two"));
      assertSoon(() -> assertNames(probe.categories("Shelf"), "Two"));
      assertNames(probe.titles(), "Direct", "Two");
      probe.remove("Shelf");
      assertSoon(() -> assertNames(probe.titles(), "Direct"));
      assertThat(probe.refusal("Shelf")).contains("There is no provider 'Shelf'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\n\"title\": oops}", "{\"kind\": \"telepathy\"}"})
  void keepsWhatWasGoodAndSaysWhyOnce(String broken) throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      probe.provider("Shelf", shelf("Good"));
      assertNames(probe.categories("Shelf"), "Good");
      LoggingTestKit.warn("Provider [Shelf] stays as it was")
          .withOccurrences(1)
          .expect(
              probe.kit().system(),
              () -> {
                probe.provider("Shelf", broken);
                // Another folder that is noticed: the broken one was looked at again too.
                probe.provider("Other", shelf("Other"));
                assertSoon(() -> assertThat(probe.titles()).contains("Other"));
                for (int i = 0; i < 20; i++) {
                  assertNames(probe.categories("Shelf"), "Good");
                  var _ = probe.titles();
                }
                return null;
              });
      probe.provider("Shelf", shelf("Mended"));
      assertSoon(() -> assertNames(probe.categories("Shelf"), "Mended"));
    }
  }

  /** The last good version is made anew where another had taken its place in memory. */
  @ParameterizedTest
  @ValueSource(strings = {"{\n\"title\": oops}", "{\"kind\": \"telepathy\"}"})
  void whatWasGoodStaysAlsoWhereItWasUnloaded(String broken) throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "loaded = 1")) {
      probe.provider("Shelf", shelf("Good"));
      assertNames(probe.categories("Shelf"), "Good");
      assertThat(probe.categories("Direct")).isEmpty();
      probe.provider("Shelf", broken);
      probe.provider("Other", shelf("Other"));
      assertSoon(() -> assertThat(probe.titles()).contains("Other"));
      assertNames(probe.categories("Shelf"), "Good");
    }
  }
}
