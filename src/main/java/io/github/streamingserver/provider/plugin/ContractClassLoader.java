package io.github.streamingserver.provider.plugin;

import java.util.List;

/**
 * What a provider's jar sees of the server: the contract in {@code provider}, {@code model}, {@code
 * http}, and what their signatures name. No resources, so that a jar finds its own services alone.
 */
final class ContractClassLoader extends ClassLoader {
  private static final String PROVIDER = "io.github.streamingserver.provider.";
  private static final List<String> SEEN =
      List.of(
          "io.github.streamingserver.model.",
          "io.github.streamingserver.http.",
          "org.slf4j.",
          "org.jspecify.",
          "org.apache.pekko.",
          "scala.");

  ContractClassLoader() {
    super("provider-contract", ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isContract(name) || SEEN.stream().anyMatch(name::startsWith)) {
      return Class.forName(name, false, ContractClassLoader.class.getClassLoader());
    }
    throw new ClassNotFoundException(name);
  }

  private static boolean isContract(String name) {
    return name.startsWith(PROVIDER) && name.indexOf('.', PROVIDER.length()) < 0;
  }
}
