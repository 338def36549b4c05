package io.github.streamingserver.cli;

import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MultivariantPlaylist;
import io.github.streamingserver.model.JsonObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Playlists for scripts: a JSON object a source and line. Each field is always there; what a text
 * does not have is null, and a list that its kind of playlist does not have is empty. A source that
 * is no playlist has {@code source} and {@code error} alone.
 *
 * <p>Segments are written one by one, so that the text of a long playlist is never whole in memory.
 */
record PlaylistJson(PrintWriter out) implements PlaylistView {
  @Override
  public void show(ReadPlaylist read) {
    PlaylistFields fields = new PlaylistFields(read);
    Map<String, @Nullable Object> begin = new LinkedHashMap<>();
    begin.put("source", read.source());
    begin.putAll(fields.heading());
    Map<String, @Nullable Object> end = new LinkedHashMap<>();
    end.put("drm", read.drm().orElse(null));
    end.put("warnings", read.playlist().warnings());

    out.print("{");
    out.print(members(begin));
    switch (read.playlist()) {
      case MediaPlaylist media -> {
        array("segments", media.segments(), fields::segment);
        array("variants", List.of(), fields::variant);
        array("renditions", List.of(), fields::rendition);
        array("session_keys", List.of(), fields::key);
      }
      case MultivariantPlaylist multivariant -> {
        array("segments", List.of(), fields::segment);
        array("variants", multivariant.variants(), fields::variant);
        array("renditions", multivariant.renditions(), fields::rendition);
        array("session_keys", multivariant.sessionKeys(), fields::key);
      }
    }
    out.print(",");
    out.print(members(end));
    out.println("}");
  }

  @Override
  public void refuse(String source, String problem) {
    out.println(Context.json(JsonObject.of("source", source).with("error", problem)));
  }

  private <T> void array(
      String name, List<T> items, Function<T, Map<String, @Nullable Object>> fields) {
    out.print(",\"" + name + "\":[");
    String separator = "";
    for (T item : items) {
      out.print(separator);
      out.print(Context.json(new JsonObject(fields.apply(item))));
      separator = ",";
    }
    out.print("]");
  }

  /** An object's text without its braces. */
  private static String members(Map<String, @Nullable Object> fields) {
    String text = Context.json(new JsonObject(fields));
    return text.substring(1, text.length() - 1);
  }
}
