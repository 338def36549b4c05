package io.github.streamingserver.hls;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all parts of one parse share: where they are, what they may use, what they found odd. */
final class ParseContext {
  private static final int MAX_WARNINGS = 50;

  private final UriReferences references;
  private final PlaylistLimits limits;
  private final List<String> warnings = new ArrayList<>();
  private int moreWarnings;
  private int line;

  ParseContext(URI base, PlaylistLimits limits) {
    this.references = new UriReferences(base);
    this.limits = limits;
  }

  URI base() {
    return references.base();
  }

  PlaylistLimits limits() {
    return limits;
  }

  /** From here on warnings and errors are about this line. */
  void at(int lineNumber) {
    line = lineNumber;
  }

  /** {@code problem} must not hold a value of the text: it may be a secret. */
  void warn(String problem) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add((line == 0 ? "" : "line " + line + ": ") + problem);
    } else {
      moreWarnings++;
    }
  }

  PlaylistException error(String problem) {
    return new PlaylistException(line, problem);
  }

  /** The absolute http or https URL; empty where there is none. */
  Optional<URI> resolve(String reference) {
    return references.resolve(reference);
  }

  /**
   * Adds to a list that is bounded.
   *
   * @throws PlaylistException where it is full
   */
  <T> void add(List<T> list, T item, Tag tag) {
    if (list.size() >= limits.maxEntries()) {
      throw error("more than " + limits.maxEntries() + " " + tag.text());
    }
    list.add(item);
  }

  List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    if (moreWarnings > 0) {
      all.add("and " + moreWarnings + " more");
    }
    return all;
  }
}
