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
        "'{\"error\": 1}' | application/json | /a.mp4 | no media: its type is 'application/json'",
        "'{\"error\": 1}' | application/octet-stream | /a.mp4 | no media: its type is"
            + " 'application/octet-stream'",
        "'GIF89a' | image/gif | /a.mp4 | no media: its type is 'image/gif'",
        "'' | video/mp4 | /a.mp4 | empty",
      })
  void believesBytesThenTypeThenPath(String bytes, String type, String path, String kind) {
    String packets = ("G" + "x".repeat(187)).repeat(5);
    byte[] prefix = bytes.replace("¶", "\n").replace("TS", packets).getBytes(ISO_8859_1);
    assertThat(shown(MediaKind.of(prefix, type, path))).isEqualTo(kind);
  }
}
