package io.github.streamingserver.provider;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.config.ProviderSettings;
import io.github.streamingserver.files.RealFolder;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Puts a question to a provider, loaded for it where it must be, and brings the answer back in
 * time. Belongs to the registry and its thread.
 */
final class ProviderCalls {
  private final ProviderSettings settings;
  private final CatalogueReader reader;
  private final LoadedProviders loaded;
  private final Executor blocking;
  private final Executor self;

  /**
   * @param blocking for the file system
   * @param self runs work on the registry's thread
   */
  ProviderCalls(
      ProviderSettings settings,
      CatalogueReader reader,
      LoadedProviders loaded,
      Executor blocking,
      Executor self) {
    this.settings = settings;
    this.reader = reader;
    this.loaded = loaded;
    this.blocking = blocking;
    this.self = self;
  }

  /** How long a provider may take; the rest of the request's time is the answer's way. */
  static Duration limit(ProviderSettings settings) {
    return settings.requestTimeout().multipliedBy(9).dividedBy(10);
  }

  /**
   * Asks, and has the answer or its failure used on the registry's thread.
   *
   * @param dataDir the folder under which the provider has its own
   */
  <T> void ask(
      ProviderId id,
      Path dataDir,
      Function<Provider, CompletionStage<T>> question,
      Consumer<T> answer,
      Consumer<Throwable> refuse) {
    long begun = System.nanoTime();
    Consumer<Instance> call =
        instance -> {
          instance.lease();
          Duration left = limit(settings).minusNanos(System.nanoTime() - begun);
          var _ =
              instance
                  .call(question, left.isPositive() ? left : Duration.ofNanos(1))
                  .whenCompleteAsync(
                      (value, error) -> {
                        if (error == null) {
                          answer.accept(value);
                        } else {
                          refuse.accept(error);
                        }
                        instance.release();
                      },
                      self);
        };
    reader.find(id, edition -> load(edition, dataDir, call, refuse), refuse);
  }

  private void load(
      Edition edition, Path dataDir, Consumer<Instance> call, Consumer<Throwable> refuse) {
    ProviderId id = edition.manifest().id();
    var _ =
        CompletableFuture.supplyAsync(() -> dataFolder(id, dataDir), blocking)
            .whenCompleteAsync(
                (folder, error) -> {
                  if (error == null) {
                    Edition latest = reader.catalogue().edition(id).orElse(edition);
                    loaded.use(latest, folder, call, refuse);
                  } else {
                    refuse.accept(error);
                  }
                },
                self);
  }

  private Path dataFolder(ProviderId provider, Path dataDir) {
    try {
      AllowedRoots roots = settings.dataRoots();
      Path real = roots.resolve(roots.resolve(dataDir).resolve(provider.value()));
      try (RealFolder folder = RealFolder.create(real)) {
        return folder.path();
      }
    } catch (IllegalArgumentException e) {
      throw new StreamException(new StreamFailure.Failed(String.valueOf(e.getMessage())), e);
    } catch (IOException e) {
      throw new StreamException(
          new StreamFailure.Failed("data_dir " + dataDir + " can't be written: " + e), e);
    }
  }
}
