package io.github.streamingserver.provider;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.provider.direct.DirectProvider;
import io.github.streamingserver.provider.html.HtmlProvider;
import io.github.streamingserver.provider.json.JsonProvider;
import io.github.streamingserver.provider.m3u.M3uProvider;
import io.github.streamingserver.provider.plugin.PluginLoader;
import io.github.streamingserver.provider.pluto.PlutoProvider;
import java.nio.file.Path;
import java.util.List;

/** Makes a provider of the kind that its config.json names. */
final class ProviderKinds {
  private ProviderKinds() {}

  /**
   * A new provider. Reads its cookies from a file: not for a thread that must not block.
   *
   * @param files where a provider may read files besides its own folder
   * @param jars what lies beside config.json, for the kind that is a class
   * @throws StreamException where there is no such kind, or a session that can't be
   */
  static Provider create(ProviderContext context, AllowedRoots files, List<Path> jars) {
    HttpSession session = ProviderSession.create(context);
    return new ProviderWithSession(ofKind(context.with(session), files, jars), session);
  }

  private static Provider ofKind(ProviderContext context, AllowedRoots files, List<Path> jars) {
    return switch (context.manifest().kind()) {
      case JsonProvider.KIND -> JsonProvider.create(context);
      case PlutoProvider.KIND -> PlutoProvider.create(context);
      case ProviderManifest.DIRECT -> new DirectProvider(context.manifest().config());
      case M3uProvider.KIND -> new M3uProvider(context, files);
      case "html" -> new HtmlProvider(context);
      case ProviderManifest.CLASS -> PluginLoader.create(context, jars);
      default ->
          throw new StreamException(
              new StreamFailure.Failed(
                  "Provider '%s' is of kind '%s', which there is not; write one of class, direct, html, json, m3u, pluto"
                      .formatted(context.manifest().id(), context.manifest().kind())));
    };
  }
}
