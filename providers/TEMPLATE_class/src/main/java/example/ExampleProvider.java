package example;

import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.Provider;
import io.github.streamingserver.provider.ProviderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Channels from a text, a line for each: {@code category|title|url}. It is what {@code "list"} in
 * config.json leads to; without that there are two channels to try it with.
 */
public final class ExampleProvider implements Provider {
  private static final long MOST_BYTES = 1 << 20;
  private static final String TO_TRY =
      """
      News|A channel|http://localhost/news.m3u8
      Films|Another channel|http://localhost/films.m3u8
      """;

  private final ProviderContext context;
  private final Optional<String> list;

  public ExampleProvider(ProviderContext context) {
    this.context = context;
    this.list = context.manifest().config().text("list");
  }

  @Override
  public CompletionStage<List<JsonObject>> categories() {
    return channels()
        .thenApply(
            channels ->
                channels.stream()
                    .map(channel -> channel.text("category").orElse(""))
                    .distinct()
                    .map(name -> JsonObject.of("name", name))
                    .toList());
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    return channels()
        .thenApply(
            channels ->
                page.of(
                    channels.stream()
                        .filter(it -> it.text("category").equals(category.text("name")))
                        .toList()));
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    String wanted = term.toLowerCase(Locale.ROOT);
    return channels()
        .thenApply(
            channels ->
                page.of(
                    channels.stream()
                        .filter(
                            it ->
                                it.text("title")
                                    .orElse("")
                                    .toLowerCase(Locale.ROOT)
                                    .contains(wanted))
                        .toList()));
  }

  /** Never waits: what comes over the network comes as a stage. */
  private CompletionStage<List<JsonObject>> channels() {
    return list.isEmpty()
        ? CompletableFuture.completedStage(parse(TO_TRY))
        : context
            .pages()
            .fetch(HttpFetch.text(Urls.http(list.get())), context.session(), MOST_BYTES)
            .thenApply(page -> parse(page.text()));
  }

  /** The channels of a list; lines that are none are left out. */
  static List<JsonObject> parse(String text) {
    List<JsonObject> channels = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split("\\|", 3);
      if (parts.length == 3) {
        channels.add(
            JsonObject.of("category", parts[0].strip())
                .with("title", parts[1].strip())
                .with("url", parts[2].strip()));
      }
    }
    return channels;
  }
}
