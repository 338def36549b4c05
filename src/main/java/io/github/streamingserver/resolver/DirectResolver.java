package io.github.streamingserver.resolver;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.Quality;
import io.github.streamingserver.model.RecordingRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The address is the stream itself, or a playlist that leads to it. */
public final class DirectResolver implements Resolver {
  private final StreamOpener opener;

  public DirectResolver(StreamOpener opener) {
    this.opener = opener;
  }

  @Override
  public CompletionStage<ResolvedMedia> resolve(RecordingRequest request, Quality quality) {
    HttpSession session = session(request);
    return opener
        .open(request.url(), session, quality, request.av1())
        .thenApply(source -> new ResolvedMedia(source, session, quality));
  }

  /** The request's own headers and cookies; cookies go to the host of its address alone. */
  private static HttpSession session(RecordingRequest request) {
    HttpSession session = HttpSession.empty();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      session = session.withHeader(header.getKey(), header.getValue());
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
