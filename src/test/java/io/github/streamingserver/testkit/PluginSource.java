package io.github.streamingserver.testkit;

/** The source of a provider for {@link Jars}, and what its classes left in this JVM. */
public final class PluginSource {
  /** Its class. */
  public static final String TYPE = "test.Shop";

  private PluginSource() {}

  /**
   * A provider whose one category has this name, which uses Jackson, threads and thread-local
   * values, and puts a weak reference to its class loader under this key among the system
   * properties.
   */
  public static String of(String category, String key) {
    return """
    package test;

    import com.fasterxml.jackson.databind.ObjectMapper;
    import io.github.streamingserver.model.*;
    import io.github.streamingserver.provider.*;
    import java.lang.ref.WeakReference;
    import java.util.*;
    import java.util.concurrent.*;

    public class Shop implements ProviderFactory {
      public record Article(String name) {}

      static final ThreadLocal<Article> LEFT = new ThreadLocal<>();
      static final ObjectMapper JSON = new ObjectMapper();

      public Provider create(ProviderContext context) {
        System.getProperties().put("%2$s", new WeakReference<>(Shop.class.getClassLoader()));
        return new Provider() {
          private List<JsonObject> read() {
            try {
              Article article = JSON.readValue("{\\"name\\": \\"%1$s\\"}", Article.class);
              LEFT.set(article);
              Map<String, Object> own = new TreeMap<>(new Comparator<String>() {
                public int compare(String a, String b) { return a.compareTo(b); }
              });
              own.put("name", article.name());
              own.put("title", article.name());
              own.put("url", "http://127.0.0.1/" + article.name());
              own.put("nested", List.of(Map.of("kept", 1)));
              return List.of(new JsonObject(own));
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }

          public CompletionStage<List<JsonObject>> categories() {
            return CompletableFuture.supplyAsync(this::read, context.blocking());
          }

          public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
            return CompletableFuture.completedStage(page.of(read()));
          }

          public CompletionStage<List<JsonObject>> search(String term, Page page) {
            return CompletableFuture.completedStage(List.of());
          }
        };
      }
    }
    """
        .formatted(category, key);
  }
}
