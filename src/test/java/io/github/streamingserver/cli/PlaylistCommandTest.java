package io.github.streamingserver.cli;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.testkit.Answer;
import io.github.streamingserver.testkit.Origin;
import io.github.streamingserver.testkit.Origin.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that needs no server: what it shows of playlists, and of what is none. */
class PlaylistCommandTest {
  private static final String MEDIA =
      """
      #EXTM3U
      #EXT-X-VERSION:7
      #EXT-X-TARGETDURATION:6
      #EXT-X-MEDIA-SEQUENCE:9
      #EXT-X-DISCONTINUITY-SEQUENCE:2
      #EXT-X-KEY:METHOD=AES-128,URI="k?t=1",IV=0x1F
      #EXT-X-MAP:URI="i.mp4",BYTERANGE="5@7"
      #EXT-X-PROGRAM-DATE-TIME:2024-01-01T00:00:00+01:00
      #EXTINF:6.006,An | "Ä"
      #EXT-X-BYTERANGE:10@5
      a.mp4
      #EXT-X-KEY:METHOD=NONE
      #EXT-X-DISCONTINUITY
      #EXTINF:10,
      skd://b
      #EXT-X-ENDLIST
      """
          .replace('|', '\u2028');
  private static final String KEY =
      "{\"method\":\"AES-128\",\"uri\":\"%sk?t=1\",\"iv\":\"0x0000000000000000000000000000001f\","
          + "\"keyformat\":\"identity\"}";
  private static final String MEDIA_JSON =
      "\"type\":\"media\",\"version\":7,\"target_duration\":6,\"media_sequence\":9,"
          + "\"discontinuity_sequence\":2,\"end_list\":true,\"playlist_type\":null,\"segments\":["
          + "{\"uri\":\"%sa.mp4\",\"sequence\":9,\"duration\":6.006,"
          + "\"title\":\"An \\u2028 \\\"Ä\\\"\",\"byterange\":{\"length\":10,\"offset\":5},"
          + "\"discontinuity\":false,\"gap\":false,\"key\":KEY,"
          + "\"map\":{\"uri\":\"%si.mp4\",\"byterange\":{\"length\":5,\"offset\":7}},"
          + "\"program_date_time\":\"2023-12-31T23:00:00Z\"},"
          + "{\"uri\":\"skd://b\",\"sequence\":10,\"duration\":10,\"title\":null,"
          + "\"byterange\":null,\"discontinuity\":true,\"gap\":true,\"key\":null,"
          + "\"map\":{\"uri\":\"%si.mp4\",\"byterange\":{\"length\":5,\"offset\":7}},"
          + "\"program_date_time\":null}],"
          + "\"variants\":[],\"renditions\":[],\"session_keys\":[],\"drm\":null,"
          + "\"warnings\":[\"line 15: segment whose URI can't be fetched, kept as a gap\"]}";
  private static final String MULTIVARIANT =
      """
      #EXTM3U
      #EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"
      #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="De",LANGUAGE="de",DEFAULT=YES,URI="de.m3u8"
      #EXT-X-STREAM-INF:BANDWIDTH=1280000,RESOLUTION=1280x720,FRAME-RATE=29.970,CODECS="x,y",AUDIO="a"
      v/1.m3u8
      """;
  private static final String MULTIVARIANT_JSON =
      "\"type\":\"multivariant\",\"version\":1,\"target_duration\":null,\"media_sequence\":null,"
          + "\"discontinuity_sequence\":null,\"end_list\":null,\"playlist_type\":null,"
          + "\"segments\":[],\"variants\":[{\"uri\":\"v/1.m3u8\",\"bandwidth\":1280000,"
          + "\"average_bandwidth\":null,\"resolution\":\"1280x720\",\"frame_rate\":29.97,"
          + "\"codecs\":\"x,y\",\"audio\":\"a\",\"subtitles\":null,\"video\":null}],"
          + "\"renditions\":[{\"type\":\"AUDIO\",\"group_id\":\"a\",\"name\":\"De\","
          + "\"language\":\"de\",\"default\":true,\"autoselect\":false,\"forced\":false,"
          + "\"uri\":\"de.m3u8\"}],\"session_keys\":[{\"method\":\"SAMPLE-AES\","
          + "\"uri\":\"skd://x\",\"iv\":null,\"keyformat\":\"com.apple.streamingkeydelivery\"}],"
          + "\"drm\":\"FairPlay\",\"warnings\":[]}";

  @TempDir Path folder;

  private final Shell shell = new Shell();

  private int run(String... words) {
    return shell.run(
        Stream.concat(Stream.of("playlist"), Arrays.stream(words)).toArray(String[]::new));
  }

  private String file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private String file(String name, String text) throws IOException {
    return file(name, text.getBytes(UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String json(String source, String rest, String base) {
    return "{\"source\":\"" + source + "\"," + rest.replace("KEY", KEY).replace("%s", base);
  }

  @Test
  void printsAnObjectALineWithAddressesOfFilesAsWritten() throws Exception {
    String media = file("a.m3u8", MEDIA);
    String compressed = file("b.m3u8", gzip(MEDIA));
    String multivariant = file("c.m3u8", MULTIVARIANT);

    assertThat(run("--json", media, compressed, multivariant)).isZero();
    assertThat(shell.lines())
        .containsExactly(
            json(media, MEDIA_JSON, ""),
            json(compressed, MEDIA_JSON, ""),
            json(multivariant, MULTIVARIANT_JSON, ""));
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void saysWhatIsNoPlaylistAndGoesOn() throws Exception {
    byte[] compressed = gzip(MEDIA);
    Map<String, String> problems =
        Map.of(
            folder.resolve("none").toString(),
            "no such file",
            folder.toString(),
            "a folder: name the playlists in it, as FOLDER/*",
            file("empty", ""),
            "empty playlist",
            file("object", "{}\n#EXTINF:6,\na.ts\n"),
            "line 1: no EXTM3U: not a playlist",
            file("page", "<html>"),
            "line 1: an HTML or XML document, not a playlist",
            file("wide", MEDIA.getBytes(UTF_16)),
            "binary data, not a playlist",
            file("cut", Arrays.copyOf(compressed, 40)),
            "gzip data that is broken or cut off",
            file("bare", Arrays.copyOf(compressed, 2)),
            "gzip data that is broken or cut off",
            "ftp://host/a",
            "only http and https URLs are allowed, not 'ftp'",
            "http://",
            "not a URL: Expected authority");
    String[] words =
        Stream.concat(
                Stream.of("--json"),
                problems.keySet().stream().flatMap(source -> Stream.of(source, file())))
            .toArray(String[]::new);
    file("a.m3u8", MULTIVARIANT);

    assertThat(run(words)).isEqualTo(ExitCode.NO_PLAYLIST);
    assertThat(shell.lines().stream().filter(line -> line.contains("\"type\":\"multi")))
        .hasSize(problems.size());
    problems.forEach(
        (source, problem) ->
            assertThat(shell.lines())
                .contains("{\"source\":\"" + source + "\",\"error\":\"" + problem + "\"}"));
    assertThat(shell.lines()).hasSize(2 * problems.size());
  }

  private String file() {
    return folder.resolve("a.m3u8").toString();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1"})
  void readsUpToTheSizeThatIsAllowed(int over, int exitCode) throws Exception {
    String allowed = String.valueOf(MEDIA.getBytes(UTF_8).length - over);

    assertThat(run("--json", "--max-size", allowed, file("a", MEDIA))).isEqualTo(exitCode);
    assertThat(run("--json", "--max-size", allowed, file("b", gzip(MEDIA)))).isEqualTo(exitCode);
    assertThat(shell.out().contains("larger than " + allowed)).isEqualTo(over > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-size 0", "--max-size x", "--max-size 2GiB", "--timeout 0", ""})
  void refusesOptionsOutOfRange(String options) {
    String[] words = options.isEmpty() ? new String[0] : (options + " a").split(" ", -1);

    assertThat(run(words)).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).startsWith("error: ").doesNotContain("Exception");
  }

  @Test
  void fetchesThroughRedirectsAndShowsAbsoluteAddresses() throws Exception {
    try (Origin origin = new Origin(folder)) {
      origin.serve("live/index.m3u8", MEDIA);
      origin.edit("live/index.m3u8", Answer::gzipped);
      origin.serve("old", "moved");
      String target = origin.urlOnOtherHost("live/index.m3u8") + "?t=s3cret";
      origin.fail("old", new Fault.Status(302, Map.of("Location", target)));
      String source = origin.url("old") + "?t=s3cret";

      assertThat(run("--json", source)).as(shell.out()).isZero();
      assertThat(shell.lines())
          .containsExactly(json(source, MEDIA_JSON, origin.urlOnOtherHost("live/").toString()));
      assertThat(origin.requests("old").getFirst().header("Accept-Encoding")).isEqualTo("gzip");
    }
  }

  @Test
  void saysWhyAUrlIsNoPlaylist() throws Exception {
    try (Origin origin = new Origin(folder)) {
      for (String path : new String[] {"gone", "page", "loop", "away", "silent", "reset"}) {
        origin.serve(path, MEDIA);
      }
      Fault[] loop = new Fault[11];
      Arrays.fill(loop, new Fault.Status(302, Map.of("Location", "/loop?t=s3cret")));
      origin.fail("gone", new Fault.Status(404, Map.of()));
      origin.fail("page", new Fault.Page());
      origin.fail("loop", loop);
      origin.fail("away", new Fault.Status(302, Map.of("Location", "file:///etc/passwd")));
      origin.fail("silent", new Fault.Silence());
      origin.fail("reset", new Fault.ResetAfter(20));

      assertThat(url(origin, "gone")).endsWith("/gone answers 404\"}");
      assertThat(url(origin, "page")).contains("an HTML or XML document");
      assertThat(url(origin, "loop")).contains("more than 10 redirects");
      assertThat(url(origin, "away")).contains("only http and https URLs are allowed, not 'file'");
      assertThat(url(origin, "silent", "--timeout", "0.3")).contains("no whole answer within 0.3");
      assertThat(url(origin, "reset")).contains("the connection failed");
    }
  }

  /** The error of a URL with a secret in its query, which the error does not repeat. */
  private static String url(Origin origin, String path, String... options) {
    Shell shell = new Shell();
    String source = origin.url(path) + "?t=s3cret";
    String[] words =
        Stream.concat(Stream.of("playlist", "--json", source), Arrays.stream(options))
            .toArray(String[]::new);
    assertThat(shell.run(words)).isEqualTo(ExitCode.NO_PLAYLIST);
    assertThat(shell.err()).isEmpty();
    String line = shell.lines().getFirst();
    assertThat(line.substring(line.indexOf("\"error\""))).doesNotContain("s3cret");
    return line;
  }

  @Test
  void tellsPeopleInAFewLines() throws Exception {
    String media = file("a.m3u8", MEDIA);
    String multivariant = file("b.m3u8", MULTIVARIANT);
    String none = file("c.m3u8", "{}");

    assertThat(run(media, multivariant, none)).isEqualTo(ExitCode.NO_PLAYLIST);
    assertThat(shell.lines())
        .containsExactly(
            media,
            "  media playlist, version 7, ended",
            "  2 segments, 9 to 10; 0:16 in all, target duration 0:06",
            "  from 2023-12-31T23:00:00Z",
            "  1 segment behind a discontinuity",
            "  1 segment not to be fetched: a gap",
            "  1 segment cut from a file by byte range",
            "  1 init section",
            "  encrypted: AES-128, 1 key",
            "  warning: line 15: segment whose URI can't be fetched, kept as a gap",
            "",
            multivariant,
            "  multivariant playlist, version 1, 1 variant, 1 rendition",
            "BANDWIDTH  PICTURE   FPS    CODECS  AUDIO  SUBTITLES  URI",
            "1280000    1280x720  29.97  x,y     a                 v/1.m3u8",
            "TYPE   GROUP  NAME  LANGUAGE  DEFAULT  URI",
            "AUDIO  a      De    de        true     de.m3u8",
            "  DRM: FairPlay, can't be recorded",
            "");
    assertThat(shell.err().strip()).isEqualTo(none + ": line 1: no EXTM3U: not a playlist");
  }

  @Test
  void nothingInAPlaylistSteersATerminal() throws Exception {
    String text = MULTIVARIANT.replace("\"De\"", "\"\u001b[31m\u202e\"");

    run(file("a", text));
    run("--json", file("b", text));
    assertThat(shell.out()).doesNotContain("\u001b", "\u202e").contains("\\u202e");
  }
}
