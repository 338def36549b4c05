package io.github.streamingserver.model;

/**
 * What a recording has got and lost.
 *
 * @param bytes on disk, in all sections
 * @param segments on disk; 0 for a single file
 * @param mediaSeconds of the segments on disk; 0 where a single file's duration is not known
 * @param lostSegments that were not to be had
 * @param lostSeconds of these
 * @param sections files that were begun
 */
public record Totals(
    long bytes,
    long segments,
    double mediaSeconds,
    long lostSegments,
    double lostSeconds,
    int sections) {
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

  /** The section that is written now, from 0. */
  public int section() {
    return Math.max(0, sections - 1);
  }

  /** The same for who goes on with it: where nothing is on disk, files are begun anew. */
  public Totals begun() {
    return bytes > 0 ? this : new Totals(0, 0, 0, lostSegments, lostSeconds, 0);
  }
}
