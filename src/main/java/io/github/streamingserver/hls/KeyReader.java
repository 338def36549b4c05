package io.github.streamingserver.hls;

import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EXT-X-KEY tags → the keys in force, one for each key format (RFC 8216 §4.3.2.4). */
final class KeyReader {
  private static final String NONE = "NONE";

  private final URI base;
  private final Map<String, Key> byFormat = new LinkedHashMap<>();
  private List<Key> inForce = List.of();

  KeyReader(URI base) {
    this.base = base;
  }

  void key(AttributeList attributes) {
    Key key = read(attributes);
    if (key.method().equals(NONE)) {
      byFormat.clear();
    } else {
      byFormat.put(key.keyFormat(), key);
    }
    inForce = List.copyOf(byFormat.values());
  }

  List<Key> inForce() {
    return inForce;
  }

  Key read(AttributeList attributes) {
    String raw = attributes.textOrEmpty("URI");
    return new Key(
        attributes.text("METHOD").orElse(NONE),
        raw.isEmpty() ? Optional.empty() : resolve(raw),
        raw,
        attributes.text("IV").map(KeyReader::digits),
        attributes.text("KEYFORMAT").orElse(Key.IDENTITY));
  }

  private Optional<URI> resolve(String raw) {
    try {
      return Optional.of(Urls.resolve(base, raw));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String digits(String iv) {
    String digits = iv.startsWith("0x") || iv.startsWith("0X") ? iv.substring(2) : iv;
    return "0".repeat(Math.max(0, 32 - digits.length())) + digits;
  }
}
