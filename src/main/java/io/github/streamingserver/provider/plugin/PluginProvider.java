package io.github.streamingserver.provider.plugin;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ItemStreams;
import io.github.streamingserver.provider.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** A provider from a jar, its threads and its classes: all are given back when it is closed. */
final class PluginProvider implements Provider {
  private final Provider provider;
  private final ExecutorService threads;
  private final URLClassLoader classes;

  PluginProvider(Provider provider, ExecutorService threads, URLClassLoader classes) {
    this.provider = provider;
    this.threads = threads;
    this.classes = classes;
  }

  @Override
  public CompletionStage<List<JsonObject>> categories() {
    return within(classes, provider::categories).thenApply(PlainJson::copy);
  }

  @Override
  public CompletionStage<List<JsonObject>> items(JsonObject category, Page page) {
    return within(classes, () -> provider.items(category, page)).thenApply(PlainJson::copy);
  }

  @Override
  public CompletionStage<List<JsonObject>> search(String term, Page page) {
    return within(classes, () -> provider.search(term, page)).thenApply(PlainJson::copy);
  }

  @Override
  public CompletionStage<ItemStreams> streams(ItemQuery item) {
    return within(classes, () -> provider.streams(item));
  }

  @Override
  public void close() {
    try {
      within(
          classes,
          () -> {
            provider.close();
            return this;
          });
    } finally {
      threads.shutdownNow();
      close(classes);
    }
  }

  static void close(URLClassLoader classes) {
    try {
      classes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Libraries in the jar find their services by the thread's class loader. */
  static <T> T within(ClassLoader classes, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
