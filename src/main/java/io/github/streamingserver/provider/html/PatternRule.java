package io.github.streamingserver.provider.html;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/**
 * {@code {"pattern": "file: '(?<url>[^']+)', label: '(?<quality>[^']+)'"}}: each match is a stream.
 */
record PatternRule(BoundedPattern pattern, Optional<String> literalCodec) implements StreamRule {
  static final String PATTERN = "pattern";

  static PatternRule read(ConfigSection section) {
    section.only(Set.of(PATTERN, CODEC));
    Optional<String> literal = StreamRule.literalCodec(section);
    if (section.has(CODEC) && literal.isEmpty()) {
      throw section.wrong(
          CODEC, "must be av1, hevc or h264; or a group (?<codec>…) of the pattern");
    }
    BoundedPattern pattern =
        section.pattern(PATTERN).orElseThrow(() -> section.missing(PATTERN, "\"(?<url>https…)\""));
    if (!pattern.hasGroup(URL)) {
      throw section.wrong(PATTERN, "must hold a group (?<url>…) around the stream's address");
    }
    return new PatternRule(pattern, literal);
  }

  @Override
  public List<NamedStream> find(ItemPage page, Deadline deadline) {
    return pattern.all(page.html(), MOST, deadline).stream().map(this::named).toList();
  }

  private NamedStream named(MatchResult match) {
    return new NamedStream(
        group(match, URL),
        group(match, QUALITY),
        literalCodec.orElseGet(() -> group(match, CODEC)),
        group(match, LABEL),
        group(match, FALLBACK));
  }

  /** Addresses in scripts are often written with escaped slashes. */
  private String group(MatchResult match, String name) {
    return pattern.hasGroup(name)
        ? Optional.ofNullable(match.group(name))
            .orElse("")
            .replace("\\/", "/")
            .replace("&amp;", "&")
        : "";
  }

  @Override
  public String sought() {
    return "match of pattern " + pattern;
  }
}
