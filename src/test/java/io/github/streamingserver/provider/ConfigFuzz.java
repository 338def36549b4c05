package io.github.streamingserver.provider;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.fuzz.FuzzTarget;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.SystemMaterializer;

/** A config.json makes a provider, or tells its owner what to mend. */
public final class ConfigFuzz implements FuzzTarget {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
  private static final ProviderId ID = new ProviderId("Fuzz");

  private final ActorSystem system =
      ActorSystem.create(
          "fuzz",
          ConfigFactory.parseString("pekko.daemonic = on").withFallback(ConfigFactory.load()));
  private final Path folder;
  private final AllowedRoots roots;

  /** Makes a folder for the providers. */
  public ConfigFuzz() {
    try {
      folder = Files.createTempDirectory("config");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.toFile().deleteOnExit();
    roots = new AllowedRoots("url", "data.allowed-roots", List.of(folder));
  }

  @Override
  public void read(byte[] input) throws IOException {
    Path file = folder.resolve(ConfigFile.NAME);
    Files.write(file, input);
    try {
      ProviderManifest manifest = new ProviderManifest(ID, ConfigFile.read(file, 64 << 10));
      FuzzTarget.promise(!manifest.adult() || !manifest.title().isEmpty(), "no title");
      try {
        FuzzTarget.promise(manifest.quality() != null, "no quality");
      } catch (IllegalArgumentException e) {
        // As documented.
      }
      use(manifest);
    } catch (StreamException e) {
      FuzzTarget.promise(
          StreamException.failureOf(e).message().length() <= 8 * input.length + 2000,
          "a message without end");
    } finally {
      Files.delete(file);
    }
  }

  private void use(ProviderManifest manifest) {
    if (manifest.kind().equals(ProviderManifest.CLASS)) {
      return;
    }
    Provider provider = ProviderKinds.create(context(manifest), roots, List.of());
    if (manifest.kind().equals(ProviderManifest.DIRECT)) {
      provider.categories().toCompletableFuture().join().stream()
          .limit(10)
          .forEach(it -> provider.items(it, new Page(1, Page.ALL)).toCompletableFuture().join());
      provider.search("a", new Page(1, Page.ALL)).toCompletableFuture().join();
    }
    provider.close();
  }

  private ProviderContext context(ProviderManifest manifest) {
    TextFetcher pages =
        new TextFetcher(
            (_, _) -> CompletableFuture.failedFuture(new IOException("nothing is fetched")),
            SystemMaterializer.get(system).materializer(),
            CLOCK);
    return new ProviderContext(
        manifest,
        folder,
        folder,
        JsonObject.empty(),
        HttpSession.empty(),
        (_, _) -> CompletableFuture.failedFuture(new IOException("nothing is fetched")),
        pages,
        Runnable::run,
        CLOCK);
  }
}
