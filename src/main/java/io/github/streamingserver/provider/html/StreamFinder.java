package io.github.streamingserver.provider.html;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.StreamCandidate;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The streams of an item's page by the rules of config.json, those of all rules together. */
record StreamFinder(List<StreamRule> rules, Optional<QualityTemplate> template) {
  private static final String STREAMS = "streams";
  private static final String TEMPLATE = "quality-template";

  StreamFinder {
    rules = List.copyOf(rules);
  }

  /** The finder that config.json describes; empty where items are streams themselves. */
  static Optional<StreamFinder> read(ConfigSection config) {
    Optional<QualityTemplate> template = config.section(TEMPLATE).map(QualityTemplate::read);
    List<StreamRule> rules = config.sections(STREAMS).stream().map(StreamRule::read).toList();
    return rules.isEmpty() ? Optional.empty() : Optional.of(new StreamFinder(rules, template));
  }

  /**
   * One or more streams, in the order of the rules and the page.
   *
   * @throws StreamException where no rule finds any: the first rule's own reason if one has any
   */
  List<StreamCandidate> find(ItemPage page, Deadline deadline) {
    Map<URI, StreamCandidate> found = new LinkedHashMap<>();
    List<StreamException> problems = new ArrayList<>();
    for (StreamRule rule : rules) {
      try {
        for (NamedStream stream : rule.find(page, deadline)) {
          expand(stream, deadline).forEach(one -> add(one, page.url(), found));
        }
      } catch (StreamException e) {
        problems.add(e);
      }
    }
    if (found.isEmpty()) {
      throw problems.isEmpty() ? nothing(page.url()) : problems.getFirst();
    }
    return List.copyOf(found.values());
  }

  private List<NamedStream> expand(NamedStream stream, Deadline deadline) {
    return template.map(it -> it.expand(stream, deadline)).orElse(List.of(stream));
  }

  private static void add(NamedStream stream, URI page, Map<URI, StreamCandidate> found) {
    OptionalInt height = stream.height();
    address(page, stream.url())
        .ifPresent(
            url ->
                found.putIfAbsent(
                    url, new StreamCandidate(url, height, stream.kind(), stream.label(), false)));
    address(page, stream.fallback())
        .ifPresent(
            url ->
                found.putIfAbsent(
                    url, new StreamCandidate(url, height, stream.kind(), stream.label(), true)));
  }

  private static Optional<URI> address(URI page, String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Urls.resolve(page, text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private StreamException nothing(URI url) {
    String sought = rules.stream().map(StreamRule::sought).collect(Collectors.joining(", no "));
    return new StreamException(
        new StreamFailure.Failed(
            "No stream on %s: there is no %s. The site has changed; mend \"streams\" in config.json"
                .formatted(Urls.shown(url), sought)));
  }
}
