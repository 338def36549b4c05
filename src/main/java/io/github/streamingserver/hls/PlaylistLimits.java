package io.github.streamingserver.hls;

/**
 * What a playlist may cost at most. Over a limit it is refused with a {@link PlaylistException}.
 *
 * @param maxSize bytes of the encoded text, characters of the decoded one, and characters that
 *     variables may add in all
 * @param maxLineLength characters of one line, before and after variable substitution
 * @param maxSegments media segments, skipped ones of a delta update included
 * @param maxEntries of every other kind: variants, renditions, date ranges, parts, variables
 */
public record PlaylistLimits(int maxSize, int maxLineLength, int maxSegments, int maxEntries) {
  /** 8 MiB, 64 Ki characters a line, 100 000 segments, 10 000 entries of another kind. */
  public static final PlaylistLimits DEFAULT =
      new PlaylistLimits(8 << 20, 1 << 16, 100_000, 10_000);

  public PlaylistLimits {
    if (maxSize < 1 || maxLineLength < 1 || maxSegments < 1 || maxEntries < 1) {
      throw new IllegalArgumentException("playlist limits must be at least 1");
    }
  }
}
