package io.github.streamingserver.hls;

import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.util.Map;
import java.util.Optional;

/** The tags that both kinds of playlist have (RFC 8216 §4.3.1, §4.3.5), and their variables. */
final class CommonTags {
  private final ParseContext context;
  private final Variables variables;
  private final TagReader reader;
  private int version = 1;
  private boolean independentSegments;
  private Optional<Start> start = Optional.empty();

  CommonTags(ParseContext context, Map<String, String> imported) {
    this.context = context;
    this.variables = new Variables(context, imported);
    this.reader = new TagReader(context, variables);
  }

  void accept(TagLine line) {
    switch (line.tag()) {
      case VERSION -> version(line.value());
      case INDEPENDENT_SEGMENTS -> independentSegments = true;
      case START -> start(reader.attributes(line));
      case DEFINE -> variables.define(AttributeList.parse(line.value(), context, text -> text));
      default -> {
        // EXTM3U: the header has been checked
      }
    }
  }

  TagReader reader() {
    return reader;
  }

  Variables variables() {
    return variables;
  }

  int version() {
    return version;
  }

  boolean independentSegments() {
    return independentSegments;
  }

  Optional<Start> start() {
    return start;
  }

  private void version(String value) {
    Optional<Long> number = Numbers.integer(value).filter(n -> n > 0 && n <= Integer.MAX_VALUE);
    if (number.isEmpty()) {
      context.warn("version is unreadable");
    }
    version = number.map(Long::intValue).orElse(version);
  }

  private void start(AttributeList attributes) {
    start =
        attributes
            .signedSeconds("TIME-OFFSET")
            .map(offset -> new Start(offset, attributes.yes("PRECISE")));
    if (start.isEmpty()) {
      context.warn("EXT-X-START without TIME-OFFSET");
    }
  }
}
