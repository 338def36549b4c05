package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.hls.ResumePoint;
import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.mpegts.TransportStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What the journal knows of a recording: all that another run of the server needs to go on with it.
 *
 * @param request with its end as a moment, not as a length
 * @param began when the recording began; with its id, it names the recording
 * @param saved when all this had become true: from then on, nobody knows what was broadcast
 * @param folder of the files, links resolved
 * @param file what became of the files
 * @param totals of what is on disk for good, and of what was lost before
 * @param point how far an HLS stream was followed
 * @param version of a single file, as its server named it
 * @param resumes how often it was gone on with since it last came any further
 */
public record JournalEntry(
    RecordingRequest request,
    Instant began,
    Instant saved,
    Path folder,
    Files file,
    Totals totals,
    Optional<ResumePoint> point,
    Optional<FileVersion> version,
    int resumes) {

  /**
   * The files of a recording.
   *
   * @param recorder that writes them
   * @param quality of the variant, which tells one playlist from another; may be empty
   * @param extension without a dot
   * @param section the one that was open, from 0
   * @param bytes of it that are whole
   */
  public record Files(
      RecorderId recorder, String quality, String extension, int section, long bytes) {
    public Files {
      if (section < 0 || bytes < 0) {
        throw new IllegalArgumentException("section " + section + " of " + bytes + " bytes");
      }
    }

    /** The same, of another section, or further in it. */
    public Files at(int newSection, long newBytes) {
      return new Files(recorder, quality, extension, newSection, newBytes);
    }
  }

  /** Its name in the journal: no other recording ever has the same. */
  public String name() {
    return name(request.id(), began);
  }

  /** The name of a recording that began then. */
  public static String name(RecordingId id, Instant began) {
    return id + "." + began.toEpochMilli();
  }

  /** The section to go on in. */
  public int nextSection() {
    boolean another = !isSingleFile() && file.bytes() > 0;
    return another ? file.section() + 1 : file.section();
  }

  /** The last section with anything in it; 0 where there is none. */
  public int lastSection() {
    return file.bytes() > 0 ? file.section() : Math.max(0, file.section() - 1);
  }

  /** Whether the recording is of one file, that goes on in itself; else in a section of its own. */
  public boolean isSingleFile() {
    return file.recorder() == RecorderId.MP4;
  }

  /** Whether the recording is of a channel, that goes on whether or not it is recorded. */
  public boolean isChannel() {
    return file.recorder() == RecorderId.HLS_LIVE;
  }

  /** The same, with other totals. */
  public JournalEntry with(Totals other) {
    return new JournalEntry(request, began, saved, folder, file, other, point, version, resumes);
  }

  /**
   * The same, of whose latest file only so many bytes are there. Of a single file they are fetched
   * again; of segments their share of all is lost, since nobody knows which they were.
   */
  public JournalEntry shortenedTo(long bytes) {
    long whole = isSingleFile() ? bytes : bytes - bytes % TransportStream.PACKET_SIZE;
    long missing = file.bytes() - whole;
    double share = isSingleFile() ? 0 : (double) missing / Math.max(missing, totals.bytes());
    long segments = (long) Math.ceil(share * totals.segments());
    double seconds = share * totals.mediaSeconds();
    Totals there =
        new Totals(
            Math.max(0, totals.bytes() - missing),
            totals.segments() - segments,
            totals.mediaSeconds() - seconds,
            totals.lostSegments() + segments,
            totals.lostSeconds() + seconds,
            totals.sections());
    return new JournalEntry(
        request,
        began,
        saved,
        folder,
        file.at(file.section(), whole),
        there,
        point,
        version,
        resumes);
  }

  /** The same, gone on with once more. */
  public JournalEntry resumed() {
    return new JournalEntry(
        request, began, saved, folder, file, totals, point, version, resumes + 1);
  }
}
