package io.github.streamingserver.provider.html;

import java.net.URI;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** An item's page, made a tree when a rule needs one. For one thread. */
final class ItemPage {
  private final URI url;
  private final String html;
  private Optional<Document> document = Optional.empty();

  ItemPage(URI url, String html) {
    this.url = url;
    this.html = html;
  }

  URI url() {
    return url;
  }

  String html() {
    return html;
  }

  Document document() {
    if (document.isEmpty()) {
      document = Optional.of(Jsoup.parse(html, url.toString()));
    }
    return document.get();
  }
}
