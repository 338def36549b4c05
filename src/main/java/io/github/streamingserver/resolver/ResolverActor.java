package io.github.streamingserver.resolver;

import io.github.streamingserver.config.ResolverSettings;
import io.github.streamingserver.http.RetryPolicy;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.ProviderRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Resolves items, a bounded number at once; more wait in a bounded queue. Each request is answered
 * within the time-out, also where a resolver never comes back. What time may heal is tried again
 * while the viewer's patience lasts.
 */
public final class ResolverActor extends AbstractBehavior<ResolverActor.Command> {
  /** What the resolver takes. */
  public sealed interface Command {}

  /** Finds the stream behind a request's address. */
  public record Resolve(RecordingRequest request, ActorRef<Reply> replyTo) implements Command {}

  /** The reply to {@link Resolve}. */
  public sealed interface Reply {}

  /** There it is. */
  public record Resolved(ResolvedMedia media) implements Reply {}

  /** Why there is none. */
  public record NotResolved(StreamFailure failure) implements Reply {}

  private record Looked(Job job, ProviderRegistry.Lookup lookup) implements Command {}

  private record Found(Job job, ResolvedMedia media) implements Command {}

  private record Missed(Job job, Throwable error) implements Command {}

  private record Again(Job job) implements Command {}

  private record TimeUp(Job job) implements Command {}

  /** One request on its way; two are never equal. */
  private static final class Job {
    private final Resolve resolve;
    private final Instant begun;
    private Quality quality = new Quality.Best();
    private RetryPolicy.Failures failures = RetryPolicy.Failures.NONE;
    private StreamFailure last;
    private boolean answered;

    private Job(Resolve resolve, Instant begun) {
      this.resolve = resolve;
      this.begun = begun;
      this.last =
          new StreamFailure.TimedOut(
              "No answer from " + Urls.shown(resolve.request().url()) + " in time");
    }
  }

  private final TimerScheduler<Command> timers;
  private final ResolverSettings settings;
  private final ActorRef<ProviderRegistry.Command> registry;
  private final Resolver resolver;
  private final RetryPolicy retries;
  private final InstantSource clock;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private int running;

  /**
   * A resolver without work.
   *
   * @param retries how long and how often an item is tried
   * @param clock that nobody sets: it measures how long
   */
  public static Behavior<Command> create(
      ResolverSettings settings,
      ActorRef<ProviderRegistry.Command> registry,
      Resolver resolver,
      RetryPolicy retries,
      InstantSource clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new ResolverActor(
                        context, timers, settings, registry, resolver, retries, clock)));
  }

  private ResolverActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ResolverSettings settings,
      ActorRef<ProviderRegistry.Command> registry,
      Resolver resolver,
      RetryPolicy retries,
      InstantSource clock) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.registry = registry;
    this.resolver = resolver;
    this.retries = retries;
    this.clock = clock;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Command.class, this::onCommand).build();
  }

  private Behavior<Command> onCommand(Command command) {
    return switch (command) {
      case Resolve resolve -> onResolve(resolve);
      case Looked(var job, var lookup) -> onLooked(job, lookup);
      case Again(var job) -> attempt(job);
      case Found(var job, var media) -> answer(job, new Resolved(media));
      case Missed(var job, var error) -> onMissed(job, error);
      case TimeUp(var job) -> answer(job, new NotResolved(job.last));
    };
  }

  private Behavior<Command> onResolve(Resolve resolve) {
    if (waiting.size() >= settings.queue()) {
      resolve
          .replyTo()
          .tell(
              new NotResolved(
                  new StreamFailure.Busy("Too many addresses are being looked into; try again")));
      return this;
    }
    Job job = new Job(resolve, clock.instant());
    waiting.add(job);
    timers.startSingleTimer(job, new TimeUp(job), settings.timeout());
    return next();
  }

  private Behavior<Command> next() {
    while (running < settings.parallelism() && !waiting.isEmpty()) {
      running++;
      Job job = waiting.removeFirst();
      getContext()
          .ask(
              ProviderRegistry.Lookup.class,
              registry,
              settings.timeout(),
              (ActorRef<ProviderRegistry.Lookup> replyTo) ->
                  new ProviderRegistry.Find(job.resolve.request().provider(), replyTo),
              (lookup, _) -> new Looked(job, lookup == null ? noProvider(job) : lookup));
    }
    return this;
  }

  private static ProviderRegistry.Lookup noProvider(Job job) {
    return new ProviderRegistry.NotFound(job.last);
  }

  private Behavior<Command> onLooked(Job job, ProviderRegistry.Lookup lookup) {
    return switch (lookup) {
      case ProviderRegistry.NotFound(var failure) -> answer(job, new NotResolved(failure));
      case ProviderRegistry.Found(var manifest) -> {
        Quality asked = job.resolve.request().quality();
        try {
          job.quality = asked instanceof Quality.FromProvider ? manifest.quality() : asked;
        } catch (IllegalArgumentException e) {
          String problem = "Provider '%s': %s".formatted(manifest.id(), e.getMessage());
          yield answer(job, new NotResolved(new StreamFailure.Failed(problem)));
        }
        yield attempt(job);
      }
    };
  }

  private Behavior<Command> attempt(Job job) {
    if (!job.answered) {
      getContext()
          .pipeToSelf(
              resolver.resolve(job.resolve.request(), job.quality),
              (media, error) ->
                  media == null ? new Missed(job, missing(error)) : new Found(job, media));
    }
    return this;
  }

  private static Throwable missing(@Nullable Throwable error) {
    return error == null ? new IllegalStateException("the resolver found nothing") : error;
  }

  private Behavior<Command> onMissed(Job job, Throwable error) {
    job.last = StreamException.failureOf(error);
    job.failures = job.failures.plus(error);
    Duration spent = Duration.between(job.begun, clock.instant());
    return switch (retries.next(error, spent, job.failures)) {
      case RetryPolicy.Decision.Retry(var delay) -> {
        timers.startSingleTimer(new Again(job), delay);
        yield this;
      }
      case RetryPolicy.Decision.GiveUp _ -> answer(job, new NotResolved(job.last));
    };
  }

  private Behavior<Command> answer(Job job, Reply reply) {
    if (!job.answered) {
      job.answered = true;
      timers.cancel(job);
      if (!waiting.remove(job)) {
        running--;
      }
      job.resolve.replyTo().tell(reply);
    }
    return next();
  }
}
