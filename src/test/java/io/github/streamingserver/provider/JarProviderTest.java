package io.github.streamingserver.provider;

import static io.github.streamingserver.provider.RegistryProbe.assertNames;
import static io.github.streamingserver.provider.RegistryProbe.assertSoon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.Page;
import io.github.streamingserver.testkit.Jars;
import io.github.streamingserver.testkit.PluginSource;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers from jars: found, used, written over, and gone with all their classes. */
class JarProviderTest {
  private static final String KIND = "{\"kind\": \"class\"}";

  @TempDir Path folder;

  private static void build(Path jar, String category) throws Exception {
    Jars.build(jar, PluginSource.TYPE, PluginSource.of(category, key(category)), PluginSource.TYPE);
  }

  private static String key(String category) {
    return JarProviderTest.class.getName() + "." + category;
  }

  private static void assertUnloaded(String category) {
    WeakReference<?> classes =
        (WeakReference<?>) Objects.requireNonNull(System.getProperties().get(key(category)));
    assertSoon(
        () -> {
          System.gc();
          assertThat(classes.refersTo(null)).as(category).isTrue();
        });
  }

  @Test
  void aJarIsLoadedReplacedAndUnloadedWhole() throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      build(probe.home("Shop").resolve("shop.jar"), "first");
      probe.provider("Shop", KIND);
      assertNames(probe.categories("Shop"), "first");
      probe.tell("Shop", "data", new ProviderRegistry.Search("x", new Page(1, 5)));
      assertThat(probe.expectList()).isEmpty();
      build(probe.home("Shop").resolve("shop.jar"), "second");
      assertSoon(() -> assertNames(probe.categories("Shop"), "second"));
      assertUnloaded("first");
      Files.writeString(probe.home("Shop").resolve("shop.jar"), "PK, and no more of it");
      probe.provider("Other", "{\"title\": \"Other\"}");
      assertSoon(() -> assertThat(probe.titles()).contains("Other"));
      assertNames(probe.categories("Shop"), "second");
      probe.remove("Shop");
      assertSoon(() -> assertThat(probe.titles()).doesNotContain("Shop"));
      assertThat(probe.refusal("Shop")).contains("There is no provider 'Shop'");
      assertUnloaded("second");
    }
  }

  @Test
  void theClassMayBeNamedInsteadOfOffered() throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      Path jar = probe.home("Shop").resolve("shop.jar");
      Jars.build(jar, PluginSource.TYPE, PluginSource.of("named", key("named")), "");
      probe.provider("Shop", KIND);
      assertThat(probe.refusal("Shop")).contains("META-INF/services", "\"class\"");
      probe.provider("Shop", "{\"kind\": \"class\", \"class\": \"test.Shop\"}");
      assertSoon(() -> assertNames(probe.categories("Shop"), "named"));
      probe.provider("Shop", "{\"kind\": \"class\", \"class\": \"test.Gone\"}");
      assertSoon(() -> assertNames(probe.categories("Shop"), "named"));
    }
  }

  @Test
  void theTemplateWorksAsItIs() throws Exception {
    Path template = Path.of("providers/TEMPLATE_class");
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      Jars.build(
          probe.home("Mine").resolve("mine.jar"),
          "example.ExampleProvider",
          Files.readString(template.resolve("src/main/java/example/ExampleProvider.java")),
          "");
      probe.provider("Mine", Files.readString(template.resolve("config.json")));
      assertNames(probe.categories("Mine"), "Films", "News");
      probe.tell("Mine", "data", new ProviderRegistry.Search("another", new Page(1, 5)));
      assertThat(probe.expectList())
          .extracting(item -> item.text("title").orElse(""))
          .containsExactly("Another channel");
    }
  }

  @Test
  void aJarSeesTheContractAndNothingElseOfTheServer() throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      Jars.build(
          probe.home("Spy").resolve("spy.jar"),
          "test.Spy",
          """
          package test;
          public class Spy implements io.github.streamingserver.provider.ProviderFactory {
            public io.github.streamingserver.provider.Provider create(
                io.github.streamingserver.provider.ProviderContext context) {
              throw new IllegalStateException(io.github.streamingserver.cli.StreamCtl.class.getName());
            }
          }
          """,
          "test.Spy");
      probe.provider("Spy", KIND);
      assertThat(probe.refusal("Spy")).contains("NoClassDefFoundError", "StreamCtl");
      probe.provider("Empty", KIND);
      assertThat(probe.refusal("Empty")).contains("Provider 'Empty': there is no jar");
      probe.provider("Evil", "{\"kind\": \"class\", \"class\": \"java.lang.String\"}");
      assertThat(probe.refusal("Evil")).contains("java.lang.String is no ProviderFactory");
    }
  }
}
