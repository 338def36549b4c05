package io.github.streamingserver.hls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that hold for what follows: a key replaces the one of its own key format, METHOD=NONE
 * ends all (RFC 8216 §4.3.2.4).
 */
final class KeysInForce {
  private static final int MAX_KEY_FORMATS = 16;

  private final ParseContext context;
  private final TagReader reader;
  private final Map<String, Key> byFormat = new LinkedHashMap<>();
  private List<Key> list = List.of();
  private long declaredFrom = Long.MAX_VALUE;

  KeysInForce(ParseContext context, TagReader reader) {
    this.context = context;
    this.reader = reader;
  }

  /** Reads an EXT-X-KEY before the segment with this media sequence. */
  void tag(AttributeList attributes, long sequence) {
    declaredFrom = Math.min(declaredFrom, sequence);
    Optional<Key> key = reader.key(attributes, Tag.KEY);
    if (key.isEmpty()) {
      byFormat.clear();
    } else {
      byFormat.put(key.get().keyFormat().toLowerCase(Locale.ROOT), key.get());
    }
    if (byFormat.size() > MAX_KEY_FORMATS) {
      throw context.error("more than " + MAX_KEY_FORMATS + " key formats at once");
    }
    list = List.copyOf(byFormat.values());
  }

  List<Key> list() {
    return list;
  }

  /** Sequence of the first segment behind an EXT-X-KEY; Long.MAX_VALUE where there is none. */
  long declaredFrom() {
    return declaredFrom;
  }
}
