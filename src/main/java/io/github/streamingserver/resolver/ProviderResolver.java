package io.github.streamingserver.resolver;

import io.github.streamingserver.config.ResolverSettings;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.ItemQuery;
import io.github.streamingserver.provider.ItemStreams;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.resolver.CandidateLooks.Looked;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Has the item's provider name the streams behind its address, chooses one, and looks what it is.
 */
public final class ProviderResolver implements Resolver {
  private final ActorRef<ProviderRegistry.Command> registry;
  private final Scheduler scheduler;
  private final ResolverSettings settings;
  private final CandidateLooks looks;

  public ProviderResolver(
      ActorRef<ProviderRegistry.Command> registry,
      Scheduler scheduler,
      ResolverSettings settings,
      StreamOpener opener) {
    this.registry = registry;
    this.scheduler = scheduler;
    this.settings = settings;
    this.looks = new CandidateLooks(opener);
  }

  @Override
  public CompletionStage<ResolvedMedia> resolve(RecordingRequest request, Quality quality) {
    ItemQuery item = new ItemQuery(request.url(), session(request), request.showAds());
    return AskPattern.<ProviderRegistry.Command, ProviderRegistry.Streams>ask(
            registry,
            replyTo -> new ProviderRegistry.FindStreams(request.provider(), item, replyTo),
            settings.timeout(),
            scheduler)
        .thenCompose(
            reply ->
                switch (reply) {
                  case ProviderRegistry.NoStreams(var cause) ->
                      CompletableFuture.failedFuture(cause);
                  case ProviderRegistry.StreamsFound(var streams) ->
                      open(streams, quality, request.av1());
                });
  }

  private CompletionStage<ResolvedMedia> open(ItemStreams streams, Quality quality, boolean av1) {
    return looks
        .into(streams.candidates(), streams.session(), quality, av1)
        .thenCompose(
            looked ->
                first(
                    CandidateSelection.ranked(looked, Looked::picture, quality, av1),
                    streams.session(),
                    quality,
                    av1))
        .thenApply(media -> streams.channel() ? media.asChannel() : media);
  }

  /** The first of {@code ranked} that can be had; the failure of the first where none can. */
  private CompletionStage<ResolvedMedia> first(
      List<Looked> ranked, HttpSession session, Quality quality, boolean av1) {
    Looked best = ranked.getFirst();
    List<Looked> others = ranked.subList(1, ranked.size());
    return looks
        .open(best, session, quality, av1)
        .thenApply(
            source -> new ResolvedMedia(source, session, quality, best.candidate().expires()))
        .exceptionallyCompose(
            error ->
                others.isEmpty() || isProtected(error)
                    ? CompletableFuture.failedFuture(error)
                    : first(others, session, quality, av1)
                        .exceptionallyCompose(_ -> CompletableFuture.failedFuture(error)));
  }

  private static boolean isProtected(Throwable error) {
    return StreamException.failureOf(error) instanceof StreamFailure.DrmProtected;
  }

  /** The request's own headers and cookies; what may be secret goes to its address' site alone. */
  private static HttpSession session(RecordingRequest request) {
    HttpSession session = HttpSession.empty();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      session = session.withHeader(request.url(), header.getKey(), header.getValue());
    }
    session
        .cookies()
        .store(
            request.url(),
            Arrays.stream(request.cookies().split(";", -1))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty())
                .map(cookie -> cookie + "; Path=/")
                .toList());
    return session;
  }
}
