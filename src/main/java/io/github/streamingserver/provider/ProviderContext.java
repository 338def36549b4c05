package io.github.streamingserver.provider;

import io.github.streamingserver.http.HttpFetcher;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * All that a provider is given.
 *
 * @param folder its folder among the providers, with config.json and what else its owner put there
 * @param dataFolder its own folder for what it keeps, which exists
 * @param settings {@code streamingserver.providers.<Id>} of the server's configuration; empty where
 *     there are none
 * @param session for its own requests, with the headers, cookies and proxy that its owner gave it;
 *     cookies that sites set live as long as the provider does. The session of an {@link ItemQuery}
 *     has all that too
 * @param fetcher for what is large or not text; bodies must be read or discarded
 * @param pages for pages, lists and JSON; a site that refuses a plain client is asked in other ways
 * @param blocking for what blocks: files, and parsing of large pages
 */
public record ProviderContext(
    ProviderManifest manifest,
    Path folder,
    Path dataFolder,
    JsonObject settings,
    HttpSession session,
    HttpFetcher fetcher,
    TextFetcher pages,
    Executor blocking,
    InstantSource clock) {
  /** The same with another session. */
  ProviderContext with(HttpSession other) {
    return new ProviderContext(
        manifest, folder, dataFolder, settings, other, fetcher, pages, blocking, clock);
  }
}
