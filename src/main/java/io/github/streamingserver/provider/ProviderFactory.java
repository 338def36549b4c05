package io.github.streamingserver.provider;

/**
 * Makes the provider that a jar in {@code providers/<Id>/} holds. An implementation is public, has
 * a public constructor without parameters, and is named in the jar's {@code
 * META-INF/services/io.github.streamingserver.provider.ProviderFactory} or by {@code "class"} in
 * config.json.
 */
public interface ProviderFactory {
  /**
   * A new provider. It may be closed and made anew at any time: what it holds beyond its own fields
   * (threads, static state, JVM-wide registrations) keeps its classes in memory and must be given
   * back by {@link Provider#close}.
   *
   * @throws io.github.streamingserver.model.StreamException where {@code context} says what can't
   *     be used
   */
  Provider create(ProviderContext context);
}
