package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.model.RecorderId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the default settings take for filler. */
class FillerTest {
  @ParameterizedTest
  @CsvSource({
    "https://siloh.pluto.tv/lilo/production/plutotv/_plutotv_error_/720p/1.ts, true",
    "https://siloh.pluto.tv/a/5f_plutotv_filler_60s/hls/1.ts, true",
    "https://siloh.pluto.tv/1034_Space_Station_15/hls_2400-00001.ts, true",
    "https://siloh.pluto.tv/735_pluto/clip/5d_Pluto_Promo/720p/hls-00003.ts, true",
    "https://siloh.pluto.tv/735_pluto/clip/60_ad_bumper_30/720p/1.ts, true",
    "https://siloh.pluto.tv/clip/Pluto_Well_be_right_back/720p/1.ts, true",
    "https://siloh.pluto.tv/752_pluto_ad/creative/5f/720p/hls-1.ts, true",
    "https://siloh.pluto.tv/creative/5e1a_ad/720p/hls-1.ts, true",
    "https://dai.google.com/linear/hls/pa/event/x/1.ts, true",
    "https://redirector.dai.google/seg/1.ts, true",
    "https://siloh.pluto.tv/Pluto_TV_OandO/5b_16x9Bumper/720p/1.ts, true",
    // programmes
    "https://siloh.pluto.tv/lilo/production/bbc/1/Doctor_Who/720p/hls-00001.ts, false",
    "https://siloh.pluto.tv/Pluto_TV_OandO/The_Space_Show/720p/1.ts, false",
    "https://host/Promotion/1.ts, false",
    "https://host/download/creative/1.ts, false",
    "https://daiXgoogle.com/1.ts, false",
    "https://host/bumper_cars/episode/1.ts, false",
    // what a query holds says nothing of what comes
    "https://host/film/1.ts?ref=dai.google&next=/_ad/creative/1, false",
    "https://host/film/1.ts?u=_plutotv_filler_, false",
  })
  void isToldByHostAndPath(String url, boolean filler) {
    try (HlsRun run = new HlsRun()) {
      run.origin.always(
          "720p.m3u8",
          FakeOrigin.text(
              "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n" + url + "\n#EXT-X-ENDLIST"));
      run.showAds = false;
      run.start(HlsRun.source(RecorderId.HLS_BASIC, "720p"));
      run.pass(20);
      assertThat(run.pieces.stream().anyMatch(Piece.LeftOut.class::isInstance)).isEqualTo(filler);
    }
  }
}
