package io.github.streamingserver.provider.plugin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of one provider's jars. Jackson and Jsoup are there too, loaded anew for each: their
 * caches would else hold the provider's classes after it is gone. What a jar brings itself comes
 * first.
 */
final class PluginClassLoader extends URLClassLoader {
  private static final String JSOUP = "org.jsoup.Jsoup";

  private PluginClassLoader(String provider, URL[] urls) {
    super("provider-" + provider, urls, new ContractClassLoader());
  }

  static PluginClassLoader of(String provider, List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    jars.forEach(jar -> urls.add(url(jar)));
    Stream.of(ObjectMapper.class, JsonFactory.class, JsonProperty.class)
        .forEach(library -> addSource(library, urls));
    try {
      addSource(Class.forName(JSOUP, false, PluginClassLoader.class.getClassLoader()), urls);
    } catch (ClassNotFoundException _) {
      // A server without providers of HTML.
    }
    return new PluginClassLoader(provider, urls.toArray(URL[]::new));
  }

  private static void addSource(Class<?> library, List<URL> urls) {
    CodeSource source = library.getProtectionDomain().getCodeSource();
    if (source != null) {
      urls.add(source.getLocation());
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar + " has no URL", e);
    }
  }
}
