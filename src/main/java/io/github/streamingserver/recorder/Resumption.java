package io.github.streamingserver.recorder;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording that is to be gone on with. After a power cut the network, the disk and the site may
 * take longer to come back than we do: it is tried again until the patience of a recording ends, or
 * until its own end.
 */
final class Resumption extends Ticket {
  /** Nobody but this machine is asked, and what a live channel's window holds is at stake. */
  private static final Duration DISK_PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 5;

  /** Hears what became of it, where it doesn't begin. */
  interface Listener {
    /** It is over; the client is to be told. */
    void over(JournalEntry entry, Outcome outcome);

    /** Another recording has its slot and its folder: nobody is to hear of it. */
    void replaced(JournalEntry entry);
  }

  private volatile JournalEntry entry;
  private final Instant patience;
  private final int announced;
  private final Listener listener;
  private int tries;

  /**
   * @param patience until when it is tried, where it has no end of its own
   * @param announced the last section that clients of this run of the server know of; -1 for none
   */
  Resumption(JournalEntry entry, Instant patience, int announced, Listener listener) {
    super(entry.request());
    this.entry = entry;
    this.patience = patience;
    this.announced = announced;
    this.listener = listener;
  }

  @Override
  int announced() {
    return announced;
  }

  @Override
  Instant began() {
    return entry.began();
  }

  @Override
  Optional<JournalEntry> earlier() {
    return Optional.of(entry);
  }

  @Override
  Path folder(AllowedRoots roots) {
    Path folder = roots.resolve(entry.folder());
    // Not to be made: where a disk is to be mounted, it would be on another one.
    require(folder, Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
    if (entry.totals().bytes() > 0) {
      JournalEntry.Files file = entry.file();
      Path latest = RecordingFile.path(folder, entry.lastSection(), file.extension());
      require(latest, Files.isRegularFile(latest, LinkOption.NOFOLLOW_LINKS));
      if (file.bytes() > 0) {
        believe(latest);
      }
    }
    return folder;
  }

  private static void require(Path path, boolean there) {
    if (!there) {
      throw new IllegalArgumentException(
          path + ", which was being recorded, is not there any more");
    }
    if (!Files.isWritable(path)) {
      throw new IllegalArgumentException(path + ", which was being recorded, can't be written");
    }
  }

  @Override
  Optional<Duration> tryFolderAgain(StreamFailure failure, Instant now) {
    return now.isBefore(end()) ? Optional.of(untilEnd(DISK_PAUSE, now)) : Optional.empty();
  }

  private Instant end() {
    return request().until().orElse(patience);
  }

  /** The last try is made when the time is over. */
  private Duration untilEnd(Duration pause, Instant now) {
    Duration left = Duration.between(now, end());
    return pause.compareTo(left) < 0 ? pause : left;
  }

  /** A disk that told of more than it had written has the last word. */
  private void believe(Path latest) {
    try {
      long there = Files.size(latest);
      if (there < entry.file().bytes()) {
        LOG.warn("[{}] is shorter than the journal says: [{}] bytes", latest, there);
        entry = entry.shortenedTo(there);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(latest + " can't be read: " + e, e);
    }
  }

  @Override
  Optional<Duration> tryAgain(StreamFailure failure, Instant now) {
    boolean hopeless = failure instanceof StreamFailure.DrmProtected;
    if (hopeless || !now.isBefore(end())) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
    tries++;
    return Optional.of(untilEnd(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, now));
  }

  @Override
  void accept() {
    // Its clients hear of it by its events.
  }

  @Override
  void refuse(StreamFailure failure) {
    listener.over(entry, new Outcome.Failed(failure));
  }

  @Override
  void withdraw() {
    listener.over(entry, new Outcome.ByUser());
  }

  @Override
  void replace() {
    listener.replaced(entry);
  }
}
