package io.github.streamingserver.resolver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaKindTest {
  private static String shown(MediaKind kind) {
    return switch (kind) {
      case MediaKind.Playlist _ -> "playlist";
      case MediaKind.File(var extension) -> extension;
      case MediaKind.Dash _ -> "dash";
      case MediaKind.NoMedia(var what) -> what;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // first bytes, type, path, kind
        "'#EXTM3U¶#EXT-X-VERSION:3' | text/plain | /a.txt | playlist",
        "'\u00ef\u00bb\u00bf#EXTM3U' | text/html | /a | playlist",
        "'¶¶ #EXTM3U' | application/octet-stream | /a | playlist",
        "'#EXT-X-TARGETDURATION:4¶#EXTINF:4,' | text/plain | /a | playlist",
        "'#EXTINF' | text/plain | /a.m3u8 | no media: its type is 'text/plain'",
        "'....ftypmp42' | text/html | /a | mp4",
        "'....ftypqt  ' | application/octet-stream | /a | mov",
        "'....moov' | '' | /a | mp4",
        "'....moofxxxx' | '' | /a | mp4",
        "'\u001aE\u00df\u00a3...webm' | '' | /a | webm",
        "'\u001aE\u00df\u00a3...matroska' | '' | /a | mkv",
        "'FLV\u0001..' | '' | /a | flv",
        "'RIFF....AVI LIST' | '' | /a | avi",
        "'RIFF....WAVE' | audio/x-wav | /a | mp4",
        "'OggS....' | video/ogg | /a | ogv",
        "'OggS....' | audio/ogg | /a | ogg",
        "'ID3....' | '' | /a | mp3",
        "'TS' | '' | /a | ts",
        "'<?xml version=''1.0''?><MPD xmlns=''x''>' | '' | /a.mpd | dash",
        "'<!DOCTYPE html><html>' | video/mp4 | /a.mp4 | 'a web page, not a video'",
        "'<HTML><head>' | video/mp4 | /a.mp4 | 'a web page, not a video'",
        "'nothing known' | text/html | /a.mp4 | 'a web page, not a video'",
        "'nothing known' | video/mp4 | /a | mp4",
        "'nothing known' | video/webm | /a | webm",
        "'nothing known' | video/unheard-of | /a | mp4",
        "'nothing known' | audio/mpeg | /a | mp3",
        "'nothing known' | application/octet-stream | /film.mkv | mkv",
        "'nothing known' | application/octet-stream | /film.M4V | mp4",
        "'nothing known' | '' | /film.ts | ts",
        "'nothing known' | '' | /film | no media: its type is 'unknown'",
        "'nothing known' | application/pdf | /a.pdf | no media: its type is 'application/pdf'",
        "'{\"error\": 1}' | application/json | /a.mp4 | no media: it is JSON",
        "'[]' | application/json | /a.mp4 | no media: its type is 'application/json'",
        "'GIF89a' | image/gif | /a.mp4 | 'an image, not a video'",
        "'BM......' | image/bmp | /a.mp4 | no media: its type is 'image/bmp'",
        "'' | video/mp4 | /a.mp4 | empty",
        "'¶ {\"error\": 1}' | video/mp4 | /a.mp4 | no media: it is JSON",
        "'{\"error\": 1}' | '' | /a.mp4 | no media: it is JSON",
        "'\u0089PNG¶xxxx' | video/mp4 | /a.mp4 | 'an image, not a video'",
        "'\u00ff\u00d8\u00ff\u00e0' | '' | /a.ts | 'an image, not a video'",
        "'RIFF....WEBPVP8' | video/webm | /a.webm | 'an image, not a video'",
        "'not found' | audio/x-mpegurl | /a.m3u8 | no playlist, though its type is"
            + " 'audio/x-mpegurl'",
        "'not found' | application/vnd.apple.mpegurl | /a.mp4 | no playlist, though its type is"
            + " 'application/vnd.apple.mpegurl'",
        "'not found' | text/plain | /a.mp4 | no media: its type is 'text/plain'",
        "'<?xml version=''1.0''?><error/>' | '' | /a.mp4 | no media: its type is 'unknown'",
        "'<MPD>' | video/mp4 | /a.mp4 | dash",
        "'\u00ef\u00bb\u00bf¶¶#EXTM3U' | video/mp4 | /a.mp4 | playlist",
        "'\u00ef\u00bb\u00bf<!doctype HTML>' | video/mp4 | /a.mp4 | 'a web page, not a video'",
        "'¶#EXTM3U¶<html>' | text/html | /a | playlist",
        "'TS' | text/html | /a.html | ts",
        "'TS' | image/png | /a.png | ts",
        "'\u00ff\u00fb....' | text/plain | /a | mp3",
        "'nothing known' | audio/aac | /a.mp4 | aac",
        "'nothing known' | '' | /film.mp4/ | no media: its type is 'unknown'",
        "'nothing known' | '' | '' | no media: its type is 'unknown'",
        "'G' | '' | /a | no media: its type is 'unknown'",
        "'....ftyp' | image/png | /a.html | mp4",
      })
  void believesBytesThenTypeThenPath(String bytes, String type, String path, String kind) {
    String packets = ("G" + "x".repeat(187)).repeat(5);
    byte[] prefix = bytes.replace("¶", "\n").replace("TS", packets).getBytes(ISO_8859_1);
    assertThat(shown(MediaKind.of(prefix, type, path))).isEqualTo(kind);
  }
}
