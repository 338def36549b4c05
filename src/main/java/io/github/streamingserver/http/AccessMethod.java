package io.github.streamingserver.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways to ask a site for a page, in the order in which they are tried. */
enum AccessMethod {
  /** Our own client as it is. */
  PLAIN,
  /** Our own client with a browser's headers, after a visit to the front page for its cookies. */
  BROWSER,
  /** The curl program, whose TLS and HTTP look different, with the same headers and cookies. */
  CURL;

  /** All ways, the one that {@code worked} the last time first. Pure. */
  static List<AccessMethod> order(Optional<AccessMethod> worked) {
    List<AccessMethod> order = new ArrayList<>(List.of(values()));
    worked.ifPresent(
        first -> {
          order.remove(first);
          order.addFirst(first);
        });
    return order;
  }
}
