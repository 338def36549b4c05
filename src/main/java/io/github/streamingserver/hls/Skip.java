package io.github.streamingserver.hls;

import java.util.List;

/**
 * EXT-X-SKIP: what a delta update leaves out (draft-pantos-hls-rfc8216bis §4.4.5.2).
 *
 * @param segments how many from {@link MediaPlaylist#mediaSequence} on
 * @param removedDateRanges ids of date ranges that are gone
 * @param keysDeclaredFrom sequence of the first segment behind an EXT-X-KEY of the update itself;
 *     those before it keep the keys of the skipped ones; {@link Long#MAX_VALUE} where there is none
 * @param mapDeclaredFrom the same for EXT-X-MAP
 */
public record Skip(
    long segments, List<String> removedDateRanges, long keysDeclaredFrom, long mapDeclaredFrom) {
  public Skip {
    removedDateRanges = List.copyOf(removedDateRanges);
  }
}
