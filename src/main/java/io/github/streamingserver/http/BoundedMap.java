package io.github.streamingserver.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Remembers the {@code most} entries that were used last. Safe for use from any thread. */
final class BoundedMap<K, V> {
  private final int most;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  BoundedMap(int most) {
    this.most = most;
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
    if (entries.size() > most) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  /** What is kept for {@code key}, or else {@code made}, which is kept from now on. */
  synchronized V computeIfAbsent(K key, Supplier<V> made) {
    Optional<V> known = get(key);
    if (known.isPresent()) {
      return known.get();
    }
    V value = made.get();
    put(key, value);
    return value;
  }

  synchronized void remove(K key) {
    entries.remove(key);
  }

  /** Takes what {@code other} has. */
  void putAll(BoundedMap<K, V> other) {
    other.copy().forEach(this::put);
  }

  private synchronized Map<K, V> copy() {
    return new LinkedHashMap<>(entries);
  }
}
