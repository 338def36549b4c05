package io.github.streamingserver.provider;

import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers in memory: the last few that were used. Where a folder has changed, its provider
 * goes on serving until the new one is made, and for good where that can't be made. Belongs to the
 * registry and its thread.
 */
final class LoadedProviders {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedProviders.class);

  /** One provider may serve clients with different data folders. */
  private record Key(ProviderId id, Path dataFolder) {}

  private record Waiting(Consumer<Instance> use, Consumer<Throwable> refuse) {}

  private static final class Slot {
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<Instance> active = Optional.empty();
    private Optional<Edition> coming = Optional.empty();
  }

  private final int most;
  private final BiFunction<Edition, Path, CompletionStage<Instance>> maker;
  private final Executor self;
  private final Map<Key, Slot> slots = new LinkedHashMap<>(4, 0.75f, true);
  private final Map<ProviderId, Path> folders = new HashMap<>();
  private final Map<ProviderId, Edition> good = new HashMap<>();
  private final Map<ProviderId, Edition> bad = new HashMap<>();
  private Catalogue catalogue = Catalogue.EMPTY;

  /**
   * @param most that are kept while none of them is in use
   * @param maker of a provider with a data folder
   * @param self runs work on the registry's thread
   */
  LoadedProviders(
      int most, BiFunction<Edition, Path, CompletionStage<Instance>> maker, Executor self) {
    this.most = most;
    this.maker = maker;
    this.self = self;
  }

  /** The data folder with which a provider was used last, in memory or not. */
  Optional<Path> dataFolder(ProviderId id) {
    return Optional.ofNullable(folders.get(id));
  }

  /** Has a provider used, at once where it is in memory. */
  void use(Edition edition, Path dataFolder, Consumer<Instance> use, Consumer<Throwable> refuse) {
    Key key = new Key(edition.manifest().id(), dataFolder);
    folders.put(key.id(), dataFolder);
    Slot slot = slots.computeIfAbsent(key, _ -> new Slot());
    if (slot.active.isPresent()) {
      use.accept(slot.active.get());
    } else {
      slot.waiting.add(new Waiting(use, refuse));
    }
    renew(key, slot, edition);
    unload();
  }

  /** Follows what has changed in the folders. */
  void follow(Catalogue now) {
    catalogue = now;
    folders.keySet().removeIf(id -> now.edition(id).isEmpty());
    good.keySet().removeIf(id -> now.edition(id).isEmpty());
    bad.keySet().removeIf(id -> now.edition(id).isEmpty());
    for (Map.Entry<Key, Slot> loaded : List.copyOf(slots.entrySet())) {
      Key key = loaded.getKey();
      now.edition(key.id())
          .ifPresentOrElse(
              edition -> renew(key, loaded.getValue(), edition),
              () -> drop(key, loaded.getValue()));
    }
  }

  /** Unloads all. */
  void close() {
    List.copyOf(slots.entrySet()).forEach(loaded -> drop(loaded.getKey(), loaded.getValue()));
  }

  private void renew(Key key, Slot slot, Edition latest) {
    boolean failedBefore = bad.get(key.id()) == latest;
    Edition wanted = failedBefore ? good.getOrDefault(key.id(), latest) : latest;
    boolean here = slot.active.filter(instance -> instance.edition() == wanted).isPresent();
    boolean hopeless = failedBefore && slot.active.isPresent();
    if (slot.coming.isPresent() || here || hopeless) {
      return;
    }
    slot.coming = Optional.of(wanted);
    var _ =
        maker
            .apply(wanted, key.dataFolder())
            .whenCompleteAsync(
                (instance, error) -> {
                  slot.coming = Optional.empty();
                  if (instance != null) {
                    made(key, slot, instance);
                  } else if (error != null) {
                    notMade(key, slot, wanted, error);
                  }
                },
                self);
  }

  private void made(Key key, Slot slot, Instance instance) {
    good.put(key.id(), instance.edition());
    bad.remove(key.id(), instance.edition());
    List<Waiting> served = List.copyOf(slot.waiting);
    slot.waiting.clear();
    served.forEach(waiting -> waiting.use().accept(instance));
    if (slots.get(key) != slot) {
      instance.retire();
      return;
    }
    slot.active.ifPresent(Instance::retire);
    slot.active = Optional.of(instance);
    catalogue.edition(key.id()).ifPresent(latest -> renew(key, slot, latest));
    unload();
  }

  private void notMade(Key key, Slot slot, Edition edition, Throwable error) {
    Optional<Edition> last = Optional.ofNullable(good.get(key.id())).filter(it -> it != edition);
    boolean stays = slot.active.isPresent() || last.isPresent();
    good.remove(key.id(), edition);
    if (bad.put(key.id(), edition) != edition) {
      LOG.warn(
          "Provider [{}] {}: {}",
          key.id(),
          stays ? "stays as it was" : "can't be used until it is mended",
          StreamException.failureOf(error).message());
    }
    Optional<Edition> latest = catalogue.edition(key.id());
    if (slots.get(key) == slot
        && (last.isPresent() || latest.filter(it -> it != edition).isPresent())) {
      renew(key, slot, latest.orElse(edition));
    }
    if (slot.coming.isEmpty()) {
      List<Waiting> refused = List.copyOf(slot.waiting);
      slot.waiting.clear();
      refused.forEach(waiting -> waiting.refuse().accept(error));
      if (slot.active.isEmpty()) {
        slots.remove(key, slot);
      }
    }
  }

  private void drop(Key key, Slot slot) {
    slots.remove(key);
    slot.active.ifPresent(Instance::retire);
    slot.active = Optional.empty();
  }

  /** The one used last is the last in the map. */
  private void unload() {
    for (Map.Entry<Key, Slot> loaded : List.copyOf(slots.entrySet())) {
      if (slots.size() <= most) {
        return;
      }
      if (loaded.getValue().coming.isEmpty()) {
        drop(loaded.getKey(), loaded.getValue());
      }
    }
  }
}
