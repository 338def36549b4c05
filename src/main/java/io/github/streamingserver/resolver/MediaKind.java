package io.github.streamingserver.resolver;

import io.github.streamingserver.mp4.Mp4;
import io.github.streamingserver.mpegts.TransportStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an address holds, as its first bytes, its media type and its path tell, in this order: a
 * server's type is wrong too often, and a path proves nothing. Pure.
 */
sealed interface MediaKind {
  /** How many first bytes are looked at. */
  int PREFIX = 4096;

  /** An HLS playlist. */
  record Playlist() implements MediaKind {}

  /** One file of media, with the extension that its content has. */
  record File(String extension) implements MediaKind {}

  /** A DASH manifest. */
  record Dash() implements MediaKind {}

  /** Nothing that can be recorded; {@code what} continues "the address is …". */
  record NoMedia(String what) implements MediaKind {}

  /** Extensions of media by media type. */
  Map<String, String> BY_TYPE =
      Map.ofEntries(
          Map.entry("video/mp4", "mp4"),
          Map.entry("video/quicktime", "mov"),
          Map.entry("video/x-m4v", "mp4"),
          Map.entry("video/webm", "webm"),
          Map.entry("video/x-matroska", "mkv"),
          Map.entry("video/mp2t", "ts"),
          Map.entry("video/mpeg", "mpg"),
          Map.entry("video/x-flv", "flv"),
          Map.entry("video/x-msvideo", "avi"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/mp4", "m4a"),
          Map.entry("audio/aac", "aac"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("video/ogg", "ogv"));

  /** Extensions that a path may have where nothing else tells. */
  List<String> BY_PATH =
      List.of("mp4", "m4v", "mov", "mkv", "webm", "ts", "mpg", "flv", "avi", "mp3", "m4a", "aac");

  /**
   * The kind of what begins with {@code prefix}.
   *
   * @param prefix up to {@link #PREFIX} bytes, fewer where there are no more
   * @param contentType without parameters, in lower case; empty where none was sent
   * @param path of the address
   */
  static MediaKind of(byte[] prefix, String contentType, String path) {
    if (prefix.length == 0) {
      return new NoMedia("empty");
    }
    String text = new String(prefix, StandardCharsets.ISO_8859_1);
    return ofBytes(prefix, text, contentType, path);
  }

  private static MediaKind ofBytes(byte[] bytes, String text, String contentType, String path) {
    String start = withoutMark(text).stripLeading();
    String lower = start.substring(0, Math.min(start.length(), 512)).toLowerCase(Locale.ROOT);
    if (start.startsWith("#EXTM3U") || (start.startsWith("#EXT") && text.contains("#EXTINF:"))) {
      return new Playlist();
    }
    if (lower.contains("<mpd") && lower.startsWith("<")) {
      return new Dash();
    }
    if (lower.startsWith("<!doctype html")
        || lower.startsWith("<html")
        || lower.contains("<body")) {
      return new NoMedia("a web page, not a video");
    }
    if (Mp4.isMp4(bytes)) {
      return new File(at(text, 8, "qt  ") ? "mov" : "mp4");
    }
    if (TransportStream.looksLike(bytes)) {
      return new File("ts");
    }
    if (at(text, 0, "\u001aE\u00df\u00a3")) {
      return new File(text.contains("webm") ? "webm" : "mkv");
    }
    if (at(text, 0, "FLV\u0001")) {
      return new File("flv");
    }
    if (at(text, 0, "RIFF") && at(text, 8, "AVI ")) {
      return new File("avi");
    }
    if (at(text, 0, "OggS")) {
      return new File(contentType.startsWith("audio/") ? "ogg" : "ogv");
    }
    if (at(text, 0, "ID3") || at(text, 0, "\u00ff\u00fb")) {
      return new File("mp3");
    }
    if (lower.startsWith("{") || isImage(text)) {
      return new NoMedia(lower.startsWith("{") ? "no media: it is JSON" : "an image, not a video");
    }
    return ofNames(lower, contentType, path);
  }

  private static MediaKind ofNames(String lower, String contentType, String path) {
    if (BY_TYPE.containsKey(contentType)) {
      return new File(BY_TYPE.get(contentType));
    }
    if (contentType.contains("mpegurl")) {
      return new NoMedia("no playlist, though its type is '" + contentType + "'");
    }
    if (contentType.startsWith("video/") || contentType.startsWith("audio/")) {
      return new File("mp4");
    }
    if (contentType.contains("html")) {
      return new NoMedia("a web page, not a video");
    }
    boolean textual =
        contentType.startsWith("text/")
            || contentType.contains("json")
            || contentType.contains("xml")
            || contentType.startsWith("image/")
            || lower.startsWith("<");
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!textual && BY_PATH.contains(extension)) {
      return new File(extension.equals("m4v") ? "mp4" : extension);
    }
    return new NoMedia(
        "no media: its type is '" + (contentType.isEmpty() ? "unknown" : contentType) + "'");
  }

  private static boolean isImage(String text) {
    return at(text, 0, "\u0089PNG")
        || at(text, 0, "\u00ff\u00d8\u00ff")
        || at(text, 0, "GIF8")
        || (at(text, 0, "RIFF") && at(text, 8, "WEBP"));
  }

  private static boolean at(String text, int index, String mark) {
    return text.startsWith(mark, index);
  }

  private static String withoutMark(String text) {
    return text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
  }
}
