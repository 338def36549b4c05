package io.github.streamingserver.http;

import io.github.streamingserver.config.AccessSettings;
import io.github.streamingserver.config.HttpSettings;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** The server's {@link HttpFetcher}: plain for media, and for pages the ways that a site wants. */
public final class SiteFetcher implements HttpFetcher {
  private final HttpFetcher plain;
  private final HttpFetcher pages;

  private SiteFetcher(HttpFetcher plain, HttpFetcher pages) {
    this.plain = plain;
    this.pages = pages;
  }

  /** A fetcher whose connections end with {@code system}. */
  public static SiteFetcher create(
      ActorSystem<?> system, HttpSettings settings, AccessSettings access) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return create(system, settings, access, path);
  }

  /**
   * @param path where curl is looked for
   */
  static SiteFetcher create(
      ActorSystem<?> system, HttpSettings settings, AccessSettings access, String path) {
    HttpFetcher plain = PekkoHttpFetcher.create(system, settings);
    CurlProgram program = new CurlProgram(access.curl(), path);
    HttpFetcher curl =
        new CurlFetcher(
            access,
            settings,
            program,
            system.dispatchers().lookup(DispatcherSelector.fromConfig(access.curlDispatcher())));
    return new SiteFetcher(
        plain, new PageFetcher(system, access, plain, curl, () -> program.find().isPresent()));
  }

  @Override
  public CompletionStage<HttpReply> fetch(HttpFetch request, HttpSession session) {
    return plain.fetch(request, session);
  }

  @Override
  public HttpFetcher forPages() {
    return pages;
  }
}
