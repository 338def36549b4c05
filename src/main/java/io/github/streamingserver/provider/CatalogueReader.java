package io.github.streamingserver.provider;

import io.github.streamingserver.config.ProviderSettings;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What providers there are: their folders are looked at once at a time. Belongs to the registry and
 * its thread.
 */
final class CatalogueReader {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueReader.class);

  private final ProviderSettings settings;
  private final ProviderFolders folders;
  private final Executor blocking;
  private final Executor self;
  private final Consumer<Catalogue> follow;
  private Catalogue catalogue = Catalogue.EMPTY;
  private List<Runnable> afterReading = new ArrayList<>();
  private List<Runnable> afterNextReading = new ArrayList<>();
  private boolean reading;
  private boolean again;

  /** Nothing is being written any more that has changed since the last look. */
  private boolean quiet = true;

  /**
   * @param blocking for the file system
   * @param self runs work on the registry's thread
   * @param follow is told after each look
   */
  CatalogueReader(
      ProviderSettings settings, Executor blocking, Executor self, Consumer<Catalogue> follow) {
    this.settings = settings;
    this.folders = new ProviderFolders(settings);
    this.blocking = blocking;
    this.self = self;
    this.follow = follow;
  }

  /** As of the last look. */
  Catalogue catalogue() {
    return catalogue;
  }

  /** Looks at edits too: who wrote has come to rest. */
  void changed() {
    quiet = true;
    read();
  }

  /** Looks at the folders. */
  void read() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    afterReading = afterNextReading;
    afterNextReading = new ArrayList<>();
    Catalogue before = catalogue;
    ProviderFolders.Look look = quiet ? ProviderFolders.Look.WHOLE : ProviderFolders.Look.NEW;
    quiet = false;
    var _ =
        CompletableFuture.supplyAsync(() -> folders.read(before, look), blocking)
            .whenCompleteAsync(this::onRead, self);
  }

  private void onRead(@Nullable Catalogue now, @Nullable Throwable error) {
    reading = false;
    if (now == null) {
      LOG.error("Providers can't be read", error);
    } else {
      catalogue = now;
    }
    follow.accept(catalogue);
    List<Runnable> ready = afterReading;
    afterReading = new ArrayList<>();
    ready.forEach(Runnable::run);
    if (again) {
      read();
    }
  }

  /** Does this when it is known which folders there are from now on. */
  void afterReading(Runnable work) {
    afterNextReading.add(work);
    read();
  }

  /** One provider that may be used. A folder that was added this moment is found too. */
  void find(ProviderId id, Consumer<Edition> use, Consumer<Throwable> refuse) {
    if (catalogue.edition(id).isPresent()) {
      answer(id, use, refuse);
    } else {
      afterReading(() -> answer(id, use, refuse));
    }
  }

  private void answer(ProviderId id, Consumer<Edition> use, Consumer<Throwable> refuse) {
    Optional<Edition> edition = catalogue.edition(id);
    if (edition.isEmpty()) {
      refuse.accept(
          failed(
              catalogue
                  .entry(id)
                  .map(Catalogue.Entry::problem)
                  .orElse(
                      "There is no provider '" + id + "'; get_providers lists those there are")));
    } else if (edition.get().manifest().adult() && !settings.showAdult()) {
      refuse.accept(failed("Provider '" + id + "' is for adults: providers.show-adult is off"));
    } else {
      use.accept(edition.get());
    }
  }

  /** The folders are not looked at any more. */
  void close() {
    folders.close();
  }

  private static StreamException failed(String message) {
    return new StreamException(new StreamFailure.Failed(message));
  }
}
