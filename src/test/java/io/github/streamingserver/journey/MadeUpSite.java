package io.github.streamingserver.journey;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Media;
import io.github.streamingserver.testkit.Origin;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A site of web pages with films, as the README's example describes one. */
final class MadeUpSite {
  /** Films in each category, ten a page. */
  static final int FILMS = 25;

  private final Origin origin;

  /** The site on {@code origin}. */
  MadeUpSite(Origin origin) {
    this.origin = origin;
    origin.serve(
        "categories",
        """
        <html><body><a href="/">Home</a><ul class="categories">
        <li><a href="/c/trains">Trains</a></li><li><a href="/c/boats">Boats &amp; ships</a></li>
        <li><span>an advertisement</span></li></ul></body></html>\
        """);
    for (String list : new String[] {"c/trains", "c/boats", "search"}) {
      origin.route(list, request -> Answer.text("list.html", list(request.query())));
    }
    origin.route(
        "media/film.mp4",
        request ->
            request.header("Referer").equals(origin.url("film/3").toString())
                ? Answer.file(Media.mp4())
                : Answer.status(403));
  }

  private static String list(String query) {
    int page = Integer.parseInt(query.replaceAll(".*page=(\\d+).*", "$1"));
    String films =
        IntStream.range(Math.min(FILMS, (page - 1) * 10), Math.min(FILMS, page * 10))
            .mapToObj(
                film ->
                    """
                    <div class="video"><a class="title" href="../film/%1$d">Film %1$d</a>
                    <img src="data:image/gif;base64,R0" data-src="/t/%1$d.jpg">
                    <span class="time">12:3%1$d</span></div>\
                    """
                        .formatted(film))
            .collect(Collectors.joining());
    return "<html><body>" + films + "</body></html>";
  }

  /** Its third film has {@code html} as its page. */
  String film(String html) {
    origin.serve("film/3", html);
    return "film/3";
  }

  /** The same with a player that knows three streams, of which one is at hand. */
  String film() {
    return film(
        """
        <html><video><source src="/media/low.mp4" label="240p"></video>
        <script>window.player = {"sources": [{"src": "/media/film.mp4", "label": "720p"}]};
        setup({file: "/media/lower.mp4", label: "144p"})</script></html>\
        """);
  }
}
