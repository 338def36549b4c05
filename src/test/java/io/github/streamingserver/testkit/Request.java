package io.github.streamingserver.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that came to an {@link Origin}.
 *
 * @param method such as {@code GET}
 * @param path with its leading slash, unescaped
 * @param query as sent; empty where there is none
 * @param headers by name, whatever its case
 */
public record Request(String method, String path, String query, Map<String, List<String>> headers) {
  public Request {
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> copy.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(values));
    headers = copy;
  }

  /** The first value of a header; empty where it was not sent. */
  public String header(String name) {
    return headers.getOrDefault(name, List.of("")).getFirst();
  }
}
