package io.github.streamingserver.provider;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A provider, built in as a class, that does what its config.json says: mostly what it must not.
 */
public final class Unruly implements Provider {
  /** What happened to those of an id, in order. */
  static final Map<String, List<String>> LIVES = new ConcurrentHashMap<>();

  /** What "waits" waits for, by id. */
  static final Map<String, CompletableFuture<List<JsonObject>>> ANSWERS = new ConcurrentHashMap<>();

  private final String id;
  private final String does;

  public Unruly(ProviderContext context) {
    id = context.manifest().id().value();
    does = context.manifest().config().text("does").orElse("");
    if (does.equals("refuses")) {
      throw new IllegalStateException("not made");
    }
    lives("made");
  }

  private void lives(String what) {
    LIVES.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(what);
  }

  @Override
  @SuppressWarnings("NullAway")
  public CompletionStage<List<JsonObject>> categories() {
    return switch (does) {
      case "throws" -> throw new IllegalStateException("thrown");
      case "overflows" -> categories();
      case "fails" -> CompletableFuture.failedStage(new IllegalArgumentException("failed"));
      case "null" -> null;
      case "null list" -> CompletableFuture.completedStage(null);
      case "null item" -> {
        List<JsonObject> list = new ArrayList<>();
        list.add(null);
        yield CompletableFuture.completedStage(list);
      }
      case "never" -> new CompletableFuture<>();
      case "blocks" -> {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          lives("interrupted");
        }
        yield new CompletableFuture<>();
      }
      case "waits" -> ANSWERS.computeIfAbsent(id, _ -> new CompletableFuture<>());
      default -> CompletableFuture.completedStage(List.of(JsonObject.of("name", does)));
    };
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    return categories();
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    return categories();
  }

  @Override
  public void close() {
    lives("closed");
  }
}
