package io.github.streamingserver.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Small real media, each made when it is first asked for and kept in {@code target}: a moving
 * picture of which no two frames are equal, 25 a second, and a tone. Each HLS stream is a folder
 * with {@code index.m3u8} and segments of a second that begin with a key frame. Safe for several
 * processes at once.
 */
public final class Media {
  /** Seconds that each item lasts. */
  public static final int SECONDS = 10;

  /** Frames of picture in each item. */
  public static final int FRAMES = SECONDS * 25;

  private static final String SMALL = "160x90";
  private static final String USUAL = "320x180";

  /**
   * Consecutive segments of an HLS stream of MPEG-TS: {@code from} up to and without {@code to}.
   */
  public record Part(Path hls, int from, int to) {
    /** The part as one file: what a recording of it must hold. */
    public Path joined() {
      return Media.joined(List.of(this));
    }

    /** Its segments where they are served at {@code folder}, which ends with a slash. */
    public List<ListedSegment> listed(URI folder) {
      return ListedSegment.in(hls).subList(from, to).stream()
          .map(segment -> segment.under(folder))
          .toList();
    }

    private List<Path> files() {
      return IntStream.range(from, to).mapToObj(i -> hls.resolve("s" + i + ".ts")).toList();
    }

    private List<ListedSegment> relative() {
      return listed(URI.create("../" + place() + "/"));
    }

    private String place() {
      return root().relativize(hls).toString();
    }

    @Override
    public String toString() {
      return place().replace('/', '-') + "-" + from + "-" + to;
    }
  }

  /** HLS streams of MPEG-TS: a programme of 480x270, and 320x180 to interrupt it with. */
  public record Clips(Path programme, Path advertisement) {}

  private Media() {}

  /** The folder that holds all that was made: what an origin serves. */
  public static Path root() {
    return MediaStore.ROOT;
  }

  /** One MP4, {@code video.mp4}, playable from its beginning. */
  public static Path mp4() {
    return MediaStore.folder(
            "mp4",
            folder ->
                Encoder.encode(folder, USUAL, List.of("-movflags", "+faststart", "video.mp4")))
        .resolve("video.mp4");
  }

  /** The same, {@code video.mp4}, with its index (moov) behind the media. */
  public static Path mp4IndexLast() {
    Path source = mp4();
    return MediaStore.folder(
            "mp4-index-last", folder -> Encoder.copy(folder, source, List.of("video.mp4")))
        .resolve("video.mp4");
  }

  /** MPEG-TS: {@code s0.ts …}. */
  public static Path hls() {
    return MediaStore.folder("hls", folder -> hls(folder, USUAL));
  }

  /** A multivariant playlist {@code master.m3u8} over {@code low/} (160x90) and {@code high/}. */
  public static Path variants() {
    return MediaStore.folder(
        "variants",
        folder -> {
          hls(Files.createDirectory(folder.resolve("low")), SMALL);
          hls(Files.createDirectory(folder.resolve("high")), USUAL);
          Files.writeString(
              folder.resolve("master.m3u8"),
              """
              #EXTM3U
              #EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=160x90
              low/index.m3u8
              #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180
              high/index.m3u8
              """);
        });
  }

  /** MPEG-TS whose 33-bit timestamps wrap in the sixth segment. */
  public static Path wrappingTimestamps() {
    Path source = mp4();
    double wrap = (1L << 33) / 90_000.0;
    return MediaStore.folder(
        "wrap",
        folder ->
            Encoder.copy(
                folder,
                source,
                Encoder.hls("s%d.ts", "-output_ts_offset", String.valueOf(wrap - 7))));
  }

  /** Fragmented MP4: {@code init.mp4, s0.m4s …}. */
  public static Path fmp4() {
    Path source = mp4();
    return MediaStore.folder(
        "fmp4",
        folder ->
            Encoder.copy(folder, source, Encoder.hls("s%d.m4s", "-hls_segment_type", "fmp4")));
  }

  /** Byte ranges of one MPEG-TS, {@code all.ts}, which is what a recording must hold. */
  public static Path byteRanges() {
    Path source = mp4();
    return MediaStore.folder(
        "ranges",
        folder -> Encoder.copy(folder, source, Encoder.hls("all.ts", "-hls_flags", "single_file")));
  }

  /** Byte ranges of one fragmented MP4, {@code all.mp4}, which is what a recording must hold. */
  public static Path fmp4ByteRanges() {
    Path source = mp4();
    return MediaStore.folder(
        "fmp4-ranges",
        folder ->
            Encoder.copy(
                folder,
                source,
                Encoder.hls("all.mp4", "-hls_flags", "single_file", "-hls_segment_type", "fmp4")));
  }

  /** {@code master.m3u8} over {@code video/} and a rendition {@code audio/}, both MPEG-TS. */
  public static Path separateAudio() {
    return separateAudio("audio", "s%d.ts", "mpegts", "1");
  }

  /** {@code master.m3u8} over {@code video/} and a rendition {@code audio/}, both fMP4. */
  public static Path separateAudioFmp4() {
    return separateAudio("fmp4-audio", "s%d.m4s", "fmp4", "1");
  }

  /** The same, of sound that is cut elsewhere than its picture. */
  public static Path separateAudioCutElsewhere() {
    return separateAudio("fmp4-audio-elsewhere", "s%d.m4s", "fmp4", "3.3");
  }

  private static Path separateAudio(String name, String segments, String type, String length) {
    Path source = mp4();
    return MediaStore.folder(
        name,
        folder -> {
          for (String kind : List.of("video", "audio")) {
            List<String> options = new ArrayList<>(List.of("-map", "0:" + kind.charAt(0)));
            options.addAll(Encoder.hls(segments, "-hls_segment_type", type));
            if (kind.equals("audio")) {
              options.addAll(options.size() - 1, List.of("-hls_time", length));
            }
            Encoder.copy(Files.createDirectory(folder.resolve(kind)), source, options);
          }
          Files.writeString(
              folder.resolve("master.m3u8"),
              """
              #EXTM3U
              #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="audio/index.m3u8"
              #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180,CODECS="avc1.42C01E,mp4a.40.2",AUDIO="a"
              video/index.m3u8
              """);
        });
  }

  /** The parts of {@link #changingSize()}: what its four sections must hold. */
  public static List<Part> sizes() {
    Path high = variants().resolve("high");
    Path low = variants().resolve("low");
    return List.of(
        new Part(high, 0, 4), new Part(low, 0, 3), new Part(high, 4, 7), new Part(low, 3, 6));
  }

  /** Pictures of 320x180 and 160x90 in turn, as {@link #sizes()}; timestamps begin anew each. */
  public static Path changingSize() {
    return MediaStore.folder(
        "sizes",
        folder -> {
          List<ListedSegment> listed = new ArrayList<>();
          for (Part part : sizes()) {
            List<ListedSegment> next = part.relative();
            listed.addAll(listed.isEmpty() ? next : ListedSegment.discontinuous(next));
          }
          Files.writeString(folder.resolve("index.m3u8"), ListedSegment.vod(listed));
        });
  }

  /** Clips of these lengths with segments of {@code segment} seconds. */
  static Clips clips(int segment, int programme, int advertisement) {
    return new Clips(
        clip("programme", "480x270", segment, programme),
        clip("advertisement", USUAL, segment, advertisement));
  }

  private static Path clip(String name, String size, int segment, int seconds) {
    List<String> output = Encoder.hls("s%d.ts", "-hls_time", String.valueOf(segment));
    return MediaStore.folder(
        name + "-" + segment + "-" + seconds,
        folder -> Encoder.encode(folder, size, seconds, output));
  }

  /** The segments of an HLS stream one after another: what a recording of it must hold. */
  public static Path joined(Path hls) {
    Path init = hls.resolve("init.mp4");
    boolean fragments = Files.exists(init);
    Stream<Path> segments = ListedSegment.in(hls).stream().map(one -> hls.resolve(one.uri()));
    return MediaStore.joined(
        hls.resolve(fragments ? "joined.mp4" : "joined.ts"),
        Stream.concat(fragments ? Stream.of(init) : Stream.of(), segments).toList());
  }

  /** Parts one after another, as they are: what a recording of both in one section must hold. */
  public static Path joined(List<Part> parts) {
    String name = String.join("+", parts.stream().map(Part::toString).toList());
    return MediaStore.joined(
        root().resolve("joined-" + name + ".ts"),
        parts.stream().flatMap(part -> part.files().stream()).toList());
  }

  private static void hls(Path folder, String size) throws IOException {
    Encoder.encode(folder, size, Encoder.hls("s%d.ts"));
  }
}
