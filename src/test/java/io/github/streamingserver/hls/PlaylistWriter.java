package io.github.streamingserver.hls;

import java.time.Instant;
import java.util.Random;

/** Makes valid playlists in which any tag of RFC 8216 and draft-pantos-hls-rfc8216bis may stand. */
final class PlaylistWriter {
  private static final int LONGEST = 40;

  private final Random random;
  private final StringBuilder text = new StringBuilder("#EXTM3U\n");

  PlaylistWriter(Random random) {
    this.random = random;
  }

  /** A playlist of any kind. */
  String any() {
    line("#EXT-X-VERSION:%d".formatted(3 + random.nextInt(10)));
    maybe("#EXT-X-INDEPENDENT-SEGMENTS");
    maybe("#EXT-X-START:TIME-OFFSET=-%d.5,PRECISE=YES".formatted(random.nextInt(30)));
    maybe("#EXT-X-DEFINE:NAME=\"host\",VALUE=\"https://cdn%d.test\"".formatted(random.nextInt(9)));
    return switch (random.nextInt(3)) {
      case 0 -> multivariant();
      case 1 -> media(false);
      default -> media(true);
    };
  }

  private String multivariant() {
    maybe("#EXT-X-DEFINE:QUERYPARAM=\"token\"");
    maybe("#EXT-X-SESSION-DATA:DATA-ID=\"com.test.title\",VALUE=\"A title\",LANGUAGE=\"en\"");
    maybe(
        "#EXT-X-SESSION-KEY:METHOD=AES-128,URI=\"https://keys.test/%d\""
            .formatted(random.nextInt(99)));
    maybe("#EXT-X-CONTENT-STEERING:SERVER-URI=\"/steering\",PATHWAY-ID=\"CDN-A\"");
    for (String type : new String[] {"AUDIO", "SUBTITLES", "VIDEO"}) {
      maybe(
          "#EXT-X-MEDIA:TYPE=%s,GROUP-ID=\"g\",NAME=\"%s\",LANGUAGE=\"de\",DEFAULT=%s,URI=\"m.m3u8\""
              .formatted(type, word(), random.nextBoolean() ? "YES" : "NO"));
    }
    maybe("#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID=\"cc\",NAME=\"CC\",INSTREAM-ID=\"CC1\"");
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      int height = 180 * i;
      line(
          ("#EXT-X-STREAM-INF:BANDWIDTH=%d,AVERAGE-BANDWIDTH=%d,RESOLUTION=%dx%d,FRAME-RATE=29.970,"
               + "CODECS=\"avc1.640028,mp4a.40.2\",AUDIO=\"g\",SUBTITLES=\"g\",CLOSED-CAPTIONS=NONE")
              .formatted(i * 800_000, i * 700_000, height * 16 / 9, height));
      line("%s/%d.m3u8".formatted(word(), height));
      maybe(
          "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=%d,URI=\"i%d.m3u8\"".formatted(i * 90_000, height));
    }
    return text.toString();
  }

  private String media(boolean live) {
    boolean ranges = random.nextBoolean();
    line("#EXT-X-TARGETDURATION:%d".formatted(6));
    maybe("#EXT-X-DEFINE:IMPORT=\"path\"");
    if (live) {
      line("#EXT-X-MEDIA-SEQUENCE:%d".formatted(Math.abs(random.nextLong() / 4)));
      line("#EXT-X-DISCONTINUITY-SEQUENCE:%d".formatted(random.nextInt(1000)));
      maybe("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=36.0,PART-HOLD-BACK=3.0");
      maybe("#EXT-X-PART-INF:PART-TARGET=1.0");
      maybe("#EXT-X-SKIP:SKIPPED-SEGMENTS=%d".formatted(1 + random.nextInt(20)));
    } else {
      maybe("#EXT-X-PLAYLIST-TYPE:VOD");
      maybe("#EXT-X-I-FRAMES-ONLY");
    }
    for (int i = random.nextInt(LONGEST); i > 0; i--) {
      segment(i, ranges);
    }
    if (live) {
      maybe("#EXT-X-PART:DURATION=1.0,URI=\"p.mp4\",BYTERANGE=\"500@300\",INDEPENDENT=YES");
      maybe("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"q.mp4\",BYTERANGE-START=4");
      maybe("#EXT-X-RENDITION-REPORT:URI=\"../r.m3u8\",LAST-MSN=3,LAST-PART=1");
    } else {
      line("#EXT-X-ENDLIST");
    }
    return text.toString();
  }

  private void segment(int number, boolean ranges) {
    rarely("#EXT-X-DISCONTINUITY");
    rarely("#EXT-X-KEY:METHOD=AES-128,URI=\"k%d\",IV=0x%032x".formatted(number, number));
    rarely("#EXT-X-KEY:METHOD=AES-128,URI=\"%s.key\"".formatted(word()));
    rarely("#EXT-X-KEY:METHOD=NONE");
    rarely(
        "#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI=\"data:text/plain;base64,AA==\",KEYFORMATVERSIONS=\"1\","
            + "KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\"");
    rarely("#EXT-X-MAP:URI=\"init%d.mp4\",BYTERANGE=\"720@0\"".formatted(number));
    rarely("#EXT-X-GAP");
    rarely("#EXT-X-BITRATE:%d".formatted(800 + number));
    rarely("#EXT-X-CUE-OUT:30");
    rarely("#EXT-X-CUE-OUT-CONT:ElapsedTime=6,Duration=30");
    rarely("#EXT-X-CUE-IN");
    rarely("#EXT-X-PROGRAM-DATE-TIME:%s".formatted(Instant.ofEpochSecond(1_700_000_000L + number)));
    rarely(
        ("#EXT-X-DATERANGE:ID=\"d%d\",CLASS=\"c\",START-DATE=\"2024-01-01T00:00:00Z\","
                + "PLANNED-DURATION=30.5,SCTE35-OUT=0xFC2F,X-NOTE=\"a, b\"")
            .formatted(number));
    rarely("# a comment");
    rarely("#EXT-X-OF-A-LATER-VERSION:1");
    line("#EXTINF:%d.%03d,%s".formatted(5, random.nextInt(1000), word()));
    if (ranges) {
      line("#EXT-X-BYTERANGE:%d@%d".formatted(1000 + number, 5000 * number));
    }
    line((ranges ? "all.mp4" : "%s/%d.ts?a=%s&b=[1]").formatted(word(), number, word()));
  }

  private String word() {
    return "%s%x".formatted(random.nextInt(9) == 0 ? "ä €😀" : "w", random.nextInt());
  }

  private void maybe(String line) {
    if (random.nextBoolean()) {
      line(line);
    }
  }

  private void rarely(String line) {
    if (random.nextInt(10) == 0) {
      line(line);
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
