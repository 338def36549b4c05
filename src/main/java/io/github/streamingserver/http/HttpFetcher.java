package io.github.streamingserver.http;

import java.util.concurrent.CompletionStage;

/**
 * Fetches over HTTP and HTTPS, following redirects and keeping the session's cookies. Safe for use
 * from any thread.
 */
public interface HttpFetcher {
  /**
   * Sends one request. The stage completes when the final response's headers are there, whatever
   * its status; its body must then be run or {@link HttpReply#discard discarded}, else a connection
   * stays taken.
   *
   * <p>The stage, or the body while it runs, fails with a {@link
   * io.github.streamingserver.model.StreamException}: time-outs as {@code TimedOut}; DNS, refused
   * connections, resets, TLS errors, too many redirects and a redirect to another scheme than http
   * and https as {@code Failed}; {@link HttpFailure#of} says more to a program. There is no retry
   * here but for one of a connection that closes instead of answering: see {@link RetryPolicy}.
   */
  CompletionStage<HttpReply> fetch(HttpFetch request, HttpSession session);

  /**
   * The same, for what a site shows to browsers: pages, lists, playlists. Where a site refuses a
   * plain client, other ways are tried, if this fetcher has any.
   */
  default HttpFetcher forPages() {
    return this;
  }
}
