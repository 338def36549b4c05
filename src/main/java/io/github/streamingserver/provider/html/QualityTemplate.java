package io.github.streamingserver.provider.html;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/**
 * Addresses that stand for several qualities: {@code {"mark": "_Q_", "values": "(\\d+p)"}}. The
 * mark is to be replaced by one of the values that the address itself lists; where it lists none,
 * the address is that of the multivariant playlist.
 */
record QualityTemplate(String mark, BoundedPattern values) {
  private static final String MARK = "mark";
  private static final String VALUES = "values";

  static QualityTemplate read(ConfigSection section) {
    section.only(Set.of(MARK, VALUES));
    BoundedPattern values =
        section.pattern(VALUES).orElseThrow(() -> section.missing(VALUES, "\"(\\\\d+p)\""));
    return new QualityTemplate(section.required(MARK, "\"_Q_\""), values);
  }

  /** The streams behind {@code stream}: itself, where its address is no template. */
  List<NamedStream> expand(NamedStream stream, Deadline deadline) {
    if (!stream.url().contains(mark)) {
      return List.of(stream);
    }
    Set<String> qualities = new LinkedHashSet<>();
    for (MatchResult match : values.all(stream.url(), StreamRule.MOST, deadline)) {
      Optional.ofNullable(match.group(Math.min(1, match.groupCount()))).ifPresent(qualities::add);
    }
    return qualities.isEmpty()
        ? List.of(stream.at(stream.url(), ""))
        : qualities.stream()
            .map(quality -> stream.at(stream.url().replace(mark, quality), quality))
            .toList();
  }
}
