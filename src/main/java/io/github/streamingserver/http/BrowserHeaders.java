package io.github.streamingserver.http;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The headers with which a browser asks for a page; User-Agent is a setting. Pure. */
final class BrowserHeaders {
  private static final Map<String, String> NAVIGATION =
      Map.of(
          "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
          "Accept-Language", "en-US,en;q=0.5",
          "Upgrade-Insecure-Requests", "1",
          "Sec-Fetch-Dest", "document",
          "Sec-Fetch-Mode", "navigate",
          "Sec-Fetch-Site", "none",
          "Sec-Fetch-User", "?1",
          "Priority", "u=0, i");

  private BrowserHeaders() {}

  /** Of a page whose address was typed. */
  static Map<String, String> typed() {
    return NAVIGATION;
  }

  /** Of a page that was clicked on the front page of its site. */
  static Map<String, String> clicked(URI page) {
    Map<String, String> headers = new HashMap<>(NAVIGATION);
    headers.put("Sec-Fetch-Site", "same-origin");
    headers.put("Referer", Site.front(page).toString());
    return headers;
  }
}
