package io.github.streamingserver.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoadedProvidersTest {
  private static final ProviderId ID = new ProviderId("Gone");
  private static final Path FIRST = Path.of("/data/one/Gone");
  private static final Path SECOND = Path.of("/data/two/Gone");

  private final List<Throwable> refused = new ArrayList<>();
  private final LoadedProviders loaded =
      new LoadedProviders(
          1,
          (_, _) -> CompletableFuture.failedFuture(new IllegalStateException("can't be made")),
          Runnable::run);

  private void use(Path dataFolder) {
    ProviderManifest manifest = new ProviderManifest(ID, JsonObject.empty());
    loaded.use(new Edition(manifest, Path.of(""), List.of()), dataFolder, _ -> {}, refused::add);
  }

  @Test
  void theDataFolderOfAProviderThatIsNotInMemoryIsRemembered() {
    assertThat(loaded.dataFolder(ID)).isEmpty();
    use(FIRST);
    use(SECOND);
    assertThat(refused).hasSize(2);
    assertThat(loaded.dataFolder(ID)).contains(SECOND);
    loaded.follow(Catalogue.EMPTY);
    assertThat(loaded.dataFolder(ID)).as("the provider was removed").isEmpty();
  }
}
