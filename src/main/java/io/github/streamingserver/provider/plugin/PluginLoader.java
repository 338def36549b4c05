package io.github.streamingserver.provider.plugin;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.Provider;
import io.github.streamingserver.provider.ProviderContext;
import io.github.streamingserver.provider.ProviderFactory;
import io.github.streamingserver.provider.ProviderManifest;
import io.github.streamingserver.provider.ProviderThreads;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;

/**
 * Makes providers of kind {@code class}: from the jars beside config.json, or one that the server
 * has built in where there is none. The class is the one that {@code "class"} names, a {@link
 * ProviderFactory} or a {@link Provider} with a constructor of a {@link ProviderContext}, else the
 * jars' service.
 */
public final class PluginLoader {
  private static final String CLASS = "class";

  private PluginLoader() {}

  /**
   * A new provider, from a class loader of its own where there are jars.
   *
   * @throws StreamException where there is no such class, or it refuses
   */
  public static Provider create(ProviderContext context, List<Path> jars) {
    ProviderManifest manifest = context.manifest();
    if (jars.isEmpty()) {
      return make(find(manifest, PluginLoader.class.getClassLoader()), context);
    }
    PluginClassLoader classes = PluginClassLoader.of(manifest.id().value(), jars);
    ExecutorService threads = ProviderThreads.create(manifest.id());
    try {
      return PluginProvider.within(
          classes,
          () ->
              new PluginProvider(
                  make(find(manifest, classes), withThreads(context, threads)), threads, classes));
    } catch (Throwable e) {
      threads.shutdownNow();
      PluginProvider.close(classes);
      throw e;
    }
  }

  /**
   * Looks whether the class is there; runs none of its code.
   *
   * @throws StreamException where it is not
   */
  public static void check(ProviderManifest manifest, List<Path> jars) {
    if (jars.isEmpty()) {
      find(manifest, PluginLoader.class.getClassLoader());
      return;
    }
    PluginClassLoader classes = PluginClassLoader.of(manifest.id().value(), jars);
    try {
      find(manifest, classes);
    } finally {
      PluginProvider.close(classes);
    }
  }

  private static Class<?> find(ProviderManifest manifest, ClassLoader classes) {
    Optional<String> name = manifest.config().text(CLASS);
    try {
      Class<?> found =
          name.isPresent()
              ? Class.forName(name.get(), false, classes)
              : service(manifest, classes).orElseThrow(() -> none(manifest));
      if (!ProviderFactory.class.isAssignableFrom(found)
          && !Provider.class.isAssignableFrom(found)) {
        throw failed(manifest, found.getName() + " is no ProviderFactory and no Provider");
      }
      return found;
    } catch (ClassNotFoundException e) {
      throw failed(manifest, "there is no class " + name.orElse("") + " in its jars");
    } catch (java.util.ServiceConfigurationError | LinkageError e) {
      throw failed(manifest, "its jar can't be loaded: " + e);
    }
  }

  private static Optional<? extends Class<?>> service(
      ProviderManifest manifest, ClassLoader classes) {
    if (!(classes instanceof PluginClassLoader)) {
      throw failed(manifest, "there is no jar in its folder, and no \"class\" in config.json");
    }
    return ServiceLoader.load(ProviderFactory.class, classes).stream()
        .findFirst()
        .map(ServiceLoader.Provider::type);
  }

  private static Provider make(Class<?> found, ProviderContext context) {
    try {
      Provider made =
          ProviderFactory.class.isAssignableFrom(found)
              ? ((ProviderFactory) found.getConstructor().newInstance()).create(context)
              : (Provider) found.getConstructor(ProviderContext.class).newInstance(context);
      if (made == null) {
        throw failed(context.manifest(), found.getName() + " made none");
      }
      return made;
    } catch (InvocationTargetException e) {
      throw new StreamException(StreamException.failureOf(e.getTargetException()), e);
    } catch (ReflectiveOperationException e) {
      throw failed(
          context.manifest(),
          found.getName() + " must be public and have a public constructor as documented: " + e);
    }
  }

  /** Thread-local values that a jar leaves behind end with its own threads. */
  private static ProviderContext withThreads(ProviderContext context, ExecutorService threads) {
    return new ProviderContext(
        context.manifest(),
        context.folder(),
        context.dataFolder(),
        context.settings(),
        context.session(),
        context.fetcher(),
        context.pages(),
        threads,
        context.clock());
  }

  private static StreamException none(ProviderManifest manifest) {
    return failed(
        manifest,
        "its jars have no META-INF/services/%s and config.json no \"class\""
            .formatted(ProviderFactory.class.getName()));
  }

  private static StreamException failed(ProviderManifest manifest, String problem) {
    return new StreamException(
        new StreamFailure.Failed("Provider '%s': %s".formatted(manifest.id(), problem)));
  }
}
