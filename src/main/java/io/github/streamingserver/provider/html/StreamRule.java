package io.github.streamingserver.provider.html;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One way to find streams on an item's page: an element of {@code streams} in config.json. */
sealed interface StreamRule permits SelectRule, PatternRule, ScriptRule {
  String URL = "url";
  String QUALITY = "quality";
  String CODEC = "codec";
  String LABEL = "label";
  String FALLBACK = "fallback";

  /** A page names a dozen; more than so many is a rule that is too wide. */
  int MOST = 100;

  /** The streams that it finds, in the page's order. */
  List<NamedStream> find(ItemPage page, Deadline deadline);

  /** What it looks for, to continue "there is no …". */
  String sought();

  /** The rule that {@code section} describes. */
  static StreamRule read(ConfigSection section) {
    if (section.has(SelectRule.SELECT)) {
      return SelectRule.read(section);
    }
    if (section.has(PatternRule.PATTERN)) {
      return PatternRule.read(section);
    }
    if (section.has(ScriptRule.SCRIPT)) {
      return ScriptRule.read(section);
    }
    throw section.wrong(
        SelectRule.SELECT, "is missing, or \"pattern\", or \"script\": how streams are found");
  }

  /** A codec that config.json names outright, so that nothing on the page needs to. */
  static Optional<String> literalCodec(ConfigSection section) {
    return section.fields().text(CODEC).filter(Set.of("av1", "hevc", "h264")::contains);
  }
}
