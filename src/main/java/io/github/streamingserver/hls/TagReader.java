package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.net.URI;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Reads what more than one tag holds: attribute lists, keys, byte ranges, URIs. */
final class TagReader {
  private static final int IV_DIGITS = 32;

  private final ParseContext context;
  private final Variables variables;

  TagReader(ParseContext context, Variables variables) {
    this.context = context;
    this.variables = variables;
  }

  AttributeList attributes(TagLine line) {
    return AttributeList.parse(line.value(), context, variables::expand);
  }

  /** The attribute URI as an absolute URL; a warning where there is none. */
  Optional<URI> uri(AttributeList attributes, Tag tag) {
    Optional<URI> url = attributes.text(Attributes.URI).flatMap(context::resolve);
    if (url.isEmpty()) {
      context.warn(tag.text() + " without a URI that can be fetched");
    }
    return url;
  }

  /** {@code length[@offset]}; {@code offset} stands in where it has none. */
  static Optional<ByteRange> byteRange(String text, long offset) {
    int at = text.indexOf('@');
    Optional<Long> length = Numbers.integer((at < 0 ? text : text.substring(0, at)).strip());
    Optional<Long> begin =
        at < 0 ? Optional.of(offset) : Numbers.integer(text.substring(at + 1).strip());
    return length
        .filter(n -> n > 0 && begin.isPresent() && begin.get() <= Long.MAX_VALUE - n)
        .map(n -> new ByteRange(begin.orElseThrow(), n));
  }

  /** A key; empty where METHOD is NONE. */
  Optional<Key> key(AttributeList attributes, Tag tag) {
    String method = attributes.text(Attributes.METHOD).orElse("").toUpperCase(Locale.ROOT);
    if (method.equals(Key.NONE)) {
      return Optional.empty();
    }
    if (method.isEmpty()) {
      context.warn(tag.text() + " without METHOD");
    }
    String rawUri = attributes.text(Attributes.URI).orElse("");
    Key key =
        new Key(
            method,
            rawUri,
            context.resolve(rawUri),
            attributes.parsed(Attributes.IV, this::iv),
            attributes.text(Attributes.KEYFORMAT).orElse(Key.IDENTITY));
    if (key.isAes128() && key.uri().isEmpty()) {
      context.warn(tag.text() + " without a URI that can be fetched");
    }
    return Optional.of(key);
  }

  private Optional<String> iv(String text) {
    boolean prefixed = text.regionMatches(true, 0, "0x", 0, 2);
    String digits = prefixed ? text.substring(2) : text;
    if (digits.isEmpty()
        || digits.length() > IV_DIGITS
        || !digits.chars().allMatch(HexFormat::isHexDigit)
        || (!prefixed && digits.length() != IV_DIGITS)) {
      return Optional.empty();
    }
    if (!prefixed) {
      context.warn("IV without 0x");
    }
    return Optional.of("0".repeat(IV_DIGITS - digits.length()) + digits.toLowerCase(Locale.ROOT));
  }
}
