package io.github.streamingserver.provider;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider in memory, and its threads: whatever it does, a call ends in time. Leases are counted
 * by the registry's thread alone; it is closed when it is retired and the last request that uses it
 * is answered.
 */
final class Instance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  private final Edition edition;
  private final Provider provider;
  private final ExecutorService threads;
  private int leases;
  private boolean retired;

  private Instance(Edition edition, Provider provider, ExecutorService threads) {
    this.edition = edition;
    this.provider = provider;
    this.threads = threads;
  }

  /** A new one; fails where it can't be made within {@code limit}. */
  static CompletionStage<Instance> create(
      Edition edition, ProviderContext context, AllowedRoots files, Duration limit) {
    ProviderId id = edition.manifest().id();
    ExecutorService threads = ProviderThreads.create(id);
    CompletableFuture<Provider> made = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            Provider provider = ProviderKinds.create(context, files, edition.jars());
            if (!made.complete(provider)) {
              provider.close();
            }
          } catch (Throwable e) {
            made.completeExceptionally(e);
          }
        });
    return made.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (provider, error) -> {
              if (provider == null) {
                threads.shutdownNow();
                throw failure(id, Optional.ofNullable(error), limit);
              }
              return new Instance(edition, provider, threads);
            });
  }

  Edition edition() {
    return edition;
  }

  /** Asks the provider; fails with a {@link StreamException} after {@code limit} at the latest. */
  <T> CompletionStage<T> call(Function<Provider, CompletionStage<T>> question, Duration limit) {
    ProviderId id = edition.manifest().id();
    CompletableFuture<T> answer = new CompletableFuture<>();
    Future<?> task;
    try {
      task = threads.submit(() -> ask(question, answer));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          new StreamException(
              new StreamFailure.Busy("Provider '%s' is busy; try again".formatted(id)), e));
    }
    return answer
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (value, error) -> {
              if (value == null) {
                task.cancel(true);
                throw logged(id, failure(id, Optional.ofNullable(error), limit));
              }
              return value;
            });
  }

  private <T> void ask(
      Function<Provider, CompletionStage<T>> question, CompletableFuture<T> answer) {
    try {
      question
          .apply(provider)
          .whenComplete(
              (value, error) -> {
                if (error == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(error);
                }
              });
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  private static StreamException failure(ProviderId id, Optional<Throwable> error, Duration limit) {
    if (error.isEmpty()) {
      return failed(id, "gave no answer but null");
    }
    Throwable cause = error.get();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StreamException expected) {
      return expected;
    }
    if (cause instanceof TimeoutException) {
      return new StreamException(
          new StreamFailure.TimedOut(
              "Provider '%s' gave no answer within %.1f s"
                  .formatted(id, limit.toMillis() / 1000.0)));
    }
    return new StreamException(
        new StreamFailure.Failed("Provider '%s' failed: %s".formatted(id, cause)), cause);
  }

  /** A surprise has a cause of which its author wants to know more than a client does. */
  private static StreamException logged(ProviderId id, StreamException failure) {
    if (failure.getCause() != null && !(failure.getCause() instanceof StreamException)) {
      LOG.warn("Provider [{}] failed", id, failure.getCause());
    }
    return failure;
  }

  private static StreamException failed(ProviderId id, String how) {
    return new StreamException(new StreamFailure.Failed("Provider '%s' %s".formatted(id, how)));
  }

  void lease() {
    leases++;
  }

  void release() {
    leases--;
    closeIfUnused();
  }

  /** No more requests will come. */
  void retire() {
    retired = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (retired && leases == 0) {
      // Its own threads may all hang.
      Thread.ofPlatform().daemon().name("provider-close").start(this::close);
    }
  }

  private void close() {
    threads.shutdownNow();
    try {
      provider.close();
      LOG.debug("Provider [{}] is unloaded", edition.manifest().id());
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("Provider [{}] failed to close", edition.manifest().id(), e);
    }
  }
}
