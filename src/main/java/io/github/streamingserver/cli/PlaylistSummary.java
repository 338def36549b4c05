package io.github.streamingserver.cli;

import io.github.streamingserver.cli.Table.Column;
import io.github.streamingserver.hls.Key;
import io.github.streamingserver.hls.MediaPlaylist;
import io.github.streamingserver.hls.MediaPlaylist.PlaylistType;
import io.github.streamingserver.hls.MultivariantPlaylist;
import io.github.streamingserver.hls.Segment;
import io.github.streamingserver.model.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Playlists for people: a few lines each. */
record PlaylistSummary(Environment environment) implements PlaylistView {
  private static final Table VARIANTS =
      new Table(
          Column.text("BANDWIDTH", "bandwidth"),
          Column.text("PICTURE", "resolution"),
          Column.text("FPS", "frame_rate"),
          Column.text("CODECS", "codecs"),
          Column.text("AUDIO", "audio"),
          Column.text("SUBTITLES", "subtitles"),
          Column.whole("URI", "uri"));

  private static final Table RENDITIONS =
      new Table(
          Column.text("TYPE", "type"),
          Column.text("GROUP", "group_id"),
          Column.text("NAME", "name"),
          Column.text("LANGUAGE", "language"),
          Column.text("DEFAULT", "default"),
          Column.whole("URI", "uri"));

  @Override
  public void show(ReadPlaylist read) {
    print(read.source());
    switch (read.playlist()) {
      case MediaPlaylist media -> media(media);
      case MultivariantPlaylist multivariant -> multivariant(multivariant, read);
    }
    read.drm().ifPresent(scheme -> print("  DRM: " + scheme + ", can't be recorded"));
    read.playlist().warnings().forEach(warning -> print("  warning: " + warning));
    environment.out().println();
    environment.out().flush();
  }

  @Override
  public void refuse(String source, String problem) {
    environment.err().println(Text.clean(source + ": " + problem));
    environment.err().flush();
  }

  private void media(MediaPlaylist playlist) {
    String type = playlist.playlistType().map(PlaylistType::name).map(t -> ", " + t).orElse("");
    print(
        "  media playlist, version %d%s, %s"
            .formatted(
                playlist.version(), type, playlist.endList() ? "ended" : "live: more will come"));
    List<Segment> segments = playlist.segments();
    if (segments.isEmpty()) {
      print("  no segments, the next is " + playlist.mediaSequence());
      return;
    }
    print(
        "  %s, %d to %d; %s in all, target duration %s"
            .formatted(
                Units.count(segments.size(), "segment"),
                segments.getFirst().sequence(),
                segments.getLast().sequence(),
                Units.clock(playlist.duration().toMillis() / 1000.0),
                Units.clock(playlist.targetDuration().toMillis() / 1000.0)));
    contents(playlist).forEach(fact -> print("  " + fact));
  }

  private static List<String> contents(MediaPlaylist playlist) {
    List<String> facts = new ArrayList<>();
    playlist.skip().ifPresent(s -> facts.add("a delta update that skips " + s.segments()));
    first(playlist).ifPresent(time -> facts.add("from " + time));
    count(playlist, Segment::discontinuity, "behind a discontinuity").ifPresent(facts::add);
    count(playlist, Segment::gap, "not to be fetched: a gap").ifPresent(facts::add);
    count(playlist, s -> s.byteRange().isPresent(), "cut from a file by byte range")
        .ifPresent(facts::add);
    long maps = playlist.segments().stream().flatMap(s -> s.map().stream()).distinct().count();
    if (maps > 0) {
      facts.add(Units.count((double) maps, "init section"));
    }
    Set<Key> keys =
        playlist.segments().stream().flatMap(s -> s.key().stream()).collect(Collectors.toSet());
    if (!keys.isEmpty()) {
      String methods =
          keys.stream().map(Key::method).distinct().sorted().collect(Collectors.joining(", "));
      facts.add("encrypted: " + methods + ", " + Units.count(keys.size(), "key"));
    }
    return facts;
  }

  private static Optional<Instant> first(MediaPlaylist playlist) {
    return playlist.segments().stream().flatMap(s -> s.programDateTime().stream()).findFirst();
  }

  private static Optional<String> count(
      MediaPlaylist playlist, Predicate<Segment> has, String what) {
    long count = playlist.segments().stream().filter(has).count();
    return count == 0
        ? Optional.empty()
        : Optional.of(Units.count((double) count, "segment") + " " + what);
  }

  private void multivariant(MultivariantPlaylist playlist, ReadPlaylist read) {
    PlaylistFields fields = new PlaylistFields(read);
    print(
        "  multivariant playlist, version %d, %s, %s"
            .formatted(
                playlist.version(),
                Units.count(playlist.variants().size(), "variant"),
                Units.count(playlist.renditions().size(), "rendition")));
    table(
        VARIANTS, playlist.variants().stream().map(fields::variant).map(JsonObject::new).toList());
    table(
        RENDITIONS,
        playlist.renditions().stream().map(fields::rendition).map(JsonObject::new).toList());
  }

  private void table(Table table, List<JsonObject> rows) {
    if (!rows.isEmpty()) {
      table.lines(rows, environment.screen()).forEach(environment.out()::println);
    }
  }

  private void print(String line) {
    environment.out().println(line.startsWith("  ") ? "  " + Text.clean(line) : Text.clean(line));
  }
}
