package io.github.streamingserver.http;

import io.github.streamingserver.config.AccessSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link HttpFetcher} for pages: where a site refuses one {@link AccessMethod}, the next is
 * tried. The one that worked for a host comes first there the next time, and the session is told
 * the headers, so that the recorder asks in the same way. Where none works, a {@link Challenge}
 * fails as {@code Forbidden} with the remedy; another refusal is the reply.
 */
final class PageFetcher implements HttpFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(PageFetcher.class);

  /** Challenges are small, and have their marks in the beginning. */
  private static final int PEEK = 128 * 1024;

  private final ActorSystem<?> system;
  private final AccessSettings settings;
  private final HttpFetcher plain;
  private final HttpFetcher curl;
  private final BooleanSupplier curlIsThere;
  private final BoundedMap<String, AccessMethod> worked;

  /**
   * @param curlIsThere asked each time; must not block for long
   */
  PageFetcher(
      ActorSystem<?> system,
      AccessSettings settings,
      HttpFetcher plain,
      HttpFetcher curl,
      BooleanSupplier curlIsThere) {
    this.system = system;
    this.settings = settings;
    this.plain = plain;
    this.curl = curl;
    this.curlIsThere = curlIsThere;
    this.worked = new BoundedMap<>(settings.rememberedHosts());
  }

  @Override
  public CompletionStage<HttpReply> fetch(HttpFetch request, HttpSession session) {
    List<AccessMethod> order = AccessMethod.order(worked.get(Site.key(request.url())));
    return next(request, session, order, List.of());
  }

  private CompletionStage<HttpReply> next(
      HttpFetch request, HttpSession session, List<AccessMethod> ways, List<Attempt> before) {
    AccessMethod way = ways.getFirst();
    return timed(request.url(), attempt(way, request, session))
        .thenCompose(
            attempt -> {
              if (attempt instanceof Attempt.Answered(var reply)) {
                remember(way, request, reply, session);
                return CompletableFuture.completedStage(reply);
              }
              List<Attempt> all = new ArrayList<>(before);
              all.add(attempt);
              List<AccessMethod> others = ways.subList(1, ways.size());
              // Once refused, even a way that was only slow is no reason to stop.
              if (!others.isEmpty() && all.stream().anyMatch(Attempt::isWorthAnother)) {
                LOG.debug("[{}] does not answer to [{}]", Site.origin(request.url()), way);
                return next(request, session, others, all);
              }
              worked.remove(Site.key(request.url()));
              return verdict(request.url(), all);
            });
  }

  private void remember(AccessMethod way, HttpFetch request, HttpReply reply, HttpSession session) {
    if (way == AccessMethod.PLAIN) {
      worked.remove(Site.key(request.url()));
      return;
    }
    if (reply.successful()) {
      worked.put(Site.key(request.url()), way);
      session.want(request.url(), BrowserHeaders.clicked(request.url()));
      session.want(reply.url(), BrowserHeaders.clicked(reply.url()));
    }
  }

  private CompletionStage<Attempt> attempt(
      AccessMethod way, HttpFetch request, HttpSession session) {
    return switch (way) {
      case PLAIN -> judged(plain, request, session);
      case BROWSER -> asBrowser(plain, request, session);
      case CURL ->
          curlIsThere.getAsBoolean()
              ? asBrowser(curl, request, session)
              : CompletableFuture.completedStage(new Attempt.Missing());
    };
  }

  /** Cookies that are there already, as those that were imported, save the visit. */
  private CompletionStage<Attempt> asBrowser(
      HttpFetcher client, HttpFetch request, HttpSession session) {
    HttpSession clicked = session.trying(BrowserHeaders.clicked(request.url()));
    if (session.cookies().header(request.url()).isEmpty()) {
      return warmUp(client, request.url(), session)
          .thenCompose(_ -> judged(client, request, clicked));
    }
    return judged(client, request, clicked)
        .thenCompose(
            attempt ->
                attempt instanceof Attempt.Refused
                    ? warmUp(client, request.url(), session)
                        .thenCompose(_ -> judged(client, request, clicked))
                    : CompletableFuture.completedStage(attempt));
  }

  /** Visits the front page for its cookies, whatever it answers. */
  private CompletionStage<Done> warmUp(HttpFetcher client, URI url, HttpSession session) {
    URI front = Site.front(url);
    if (front.equals(url)) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    return client
        .fetch(HttpFetch.text(front), session.trying(BrowserHeaders.typed()))
        .thenApply(this::discard)
        .exceptionally(_ -> Done.getInstance());
  }

  private CompletionStage<Attempt> judged(
      HttpFetcher client, HttpFetch request, HttpSession session) {
    return client
        .fetch(request, session)
        .thenCompose(
            reply ->
                Attempt.isSuspicious(reply)
                    ? beginning(reply)
                    : CompletableFuture.<Attempt>completedStage(new Attempt.Answered(reply)))
        .exceptionally(Attempt.Failed::new);
  }

  private CompletionStage<Attempt> beginning(HttpReply reply) {
    return reply
        .body()
        .scan(ByteString.emptyByteString(), ByteString::concat)
        .takeWhile(content -> content.size() < PEEK, true)
        .runWith(Sink.last(), system)
        .exceptionally(_ -> ByteString.emptyByteString())
        .thenApply(content -> content.take(PEEK))
        .thenApply(
            content ->
                Attempt.of(
                    new HttpReply(
                        reply.url(), reply.status(), reply.headers(), Source.single(content)),
                    content.utf8String()));
  }

  /** {@code attempt}, or its failure where it takes longer than it may. */
  private CompletionStage<Attempt> timed(URI url, CompletionStage<Attempt> attempt) {
    CompletableFuture<Attempt> result = new CompletableFuture<>();
    Cancellable timer =
        system
            .scheduler()
            .scheduleOnce(
                settings.stepTimeout(),
                () ->
                    result.complete(
                        new Attempt.Failed(HttpFailures.noHeadersFor(settings.stepTimeout(), url))),
                system.executionContext());
    var _ =
        attempt.thenAccept(
            made -> {
              timer.cancel();
              if (!result.complete(made) && made instanceof Attempt.Answered(var reply)) {
                // Too late for anybody to want it.
                discard(reply);
              }
            });
    return result;
  }

  private Done discard(HttpReply reply) {
    reply.discard(SystemMaterializer.get(system).materializer());
    return Done.getInstance();
  }

  /**
   * What to tell where no way worked: what the site said is worth more than that it said nothing.
   */
  private static CompletionStage<HttpReply> verdict(URI url, List<Attempt> attempts) {
    List<Attempt.Refused> refusals =
        attempts.stream()
            .filter(Attempt.Refused.class::isInstance)
            .map(Attempt.Refused.class::cast)
            .toList();
    Optional<Challenge> challenge =
        refusals.stream().flatMap(refused -> refused.challenge().stream()).findFirst();
    if (challenge.isPresent()) {
      return CompletableFuture.failedFuture(HttpFailures.challenge(challenge.get().label(), url));
    }
    if (!refusals.isEmpty()) {
      return CompletableFuture.completedStage(refusals.getFirst().reply());
    }
    return attempts.stream()
        .filter(Attempt.Failed.class::isInstance)
        .map(Attempt.Failed.class::cast)
        .findFirst()
        .<CompletionStage<HttpReply>>map(
            failed -> CompletableFuture.failedFuture(HttpFailures.of(failed.error(), url)))
        .orElseThrow();
  }
}
