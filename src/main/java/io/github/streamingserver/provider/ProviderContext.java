package io.github.streamingserver.provider;

import io.github.streamingserver.http.HttpFetcher;
import java.nio.file.Path;

/**
 * All that a provider is given.
 *
 * @param dataFolder its own folder, which exists
 */
public record ProviderContext(ProviderManifest manifest, Path dataFolder, HttpFetcher fetcher) {}
