package io.github.streamingserver.hls;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all parts of one parse share: where they are, what they may use, what they found odd. */
final class ParseContext {
  private static final int MAX_WARNINGS = 50;

  /** Further attributes that an entry may have on the average. */
  private static final int ATTRIBUTES_AN_ENTRY = 10;

  /** Absolute URLs repeat their base: how much longer than the text they may be in all. */
  private static final int URLS_TO_TEXT = 4;

  private final UriReferences references;
  private final PlaylistLimits limits;
  private final boolean alone;
  private final List<String> warnings = new ArrayList<>();
  private int moreWarnings;
  private long attributes;
  private long urlLength;
  private int line;

  ParseContext(URI base, PlaylistLimits limits, boolean alone) {
    this.references = new UriReferences(base);
    this.limits = limits;
    this.alone = alone;
  }

  URI base() {
    return references.base();
  }

  PlaylistLimits limits() {
    return limits;
  }

  /** Whether nothing is known but the text. */
  boolean alone() {
    return alone;
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

  /**
   * The absolute http or https URL; empty where there is none.
   *
   * @throws PlaylistException where the URLs are too long in all: a long base and many segments
   */
  Optional<URI> resolve(String reference) {
    Optional<URI> url = references.resolve(reference);
    urlLength += url.map(u -> u.toString().length()).orElse(0);
    if (urlLength > (long) URLS_TO_TEXT * limits.maxSize()) {
      throw error("the addresses are too long in all");
    }
    return url;
  }

  /**
   * Counts attributes that are kept without being understood.
   *
   * @throws PlaylistException where there are too many in all
   */
  void keep(int count) {
    attributes += count;
    if (attributes > (long) ATTRIBUTES_AN_ENTRY * limits.maxEntries()) {
      throw error("too many attributes in all");
    }
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
