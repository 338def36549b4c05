package io.github.streamingserver.provider;

import io.github.streamingserver.model.ProviderId;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All providers as their folders were when they were last looked at.
 *
 * @param refused folders whose name is no provider's, and what else has been complained of
 */
record Catalogue(Map<ProviderId, Entry> entries, Set<String> refused) {
  static final Catalogue EMPTY = new Catalogue(Map.of(), Set.of());

  /** What tells a file from what it was. */
  record FileMark(String name, long size, FileTime changed, String key) {}

  /**
   * One provider.
   *
   * @param marks of all files in its folder
   * @param edition the last that could be used
   * @param problem why that is not what the folder holds; empty where it is
   */
  record Entry(List<FileMark> marks, Optional<Edition> edition, String problem) {
    Entry {
      marks = List.copyOf(marks);
    }
  }

  Catalogue {
    entries = Map.copyOf(entries);
    refused = Set.copyOf(refused);
  }

  Optional<Entry> entry(ProviderId id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** What the folder holds, or last held that could be used. */
  Optional<Edition> edition(ProviderId id) {
    return entry(id).flatMap(Entry::edition);
  }

  /** Every provider that may be listed, by title without regard to case. */
  List<ProviderManifest> listed(boolean showAdult) {
    return entries.values().stream()
        .map(Entry::edition)
        .flatMap(Optional::stream)
        .map(Edition::manifest)
        .filter(manifest -> !manifest.template() && (showAdult || !manifest.adult()))
        .sorted(Comparator.comparing(ProviderManifest::title, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }
}
