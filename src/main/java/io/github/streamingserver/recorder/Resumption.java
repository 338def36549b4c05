package io.github.streamingserver.recorder;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final Duration patience;
  private final int announced;
  private final Listener listener;
  private Duration waited = Duration.ZERO;
  private int tries;

  /**
   * @param patience for how long it is tried, by what it has waited, as a clock may be set, where
   *     it has no end of its own
   * @param announced the last section that clients of this run of the server know of; -1 for none
   */
  Resumption(JournalEntry entry, Duration patience, int announced, Listener listener) {
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
    if (entry.totals().bytes() > 0) {
      JournalEntry.Files file = entry.file();
      Path latest = RecordingFile.path(folder, entry.lastSection(), file.extension());
      require(latest, Files.isRegularFile(latest, LinkOption.NOFOLLOW_LINKS));
      requireOpened(latest);
      if (file.bytes() > 0) {
        believe(latest);
      }
    } else if (folder.getParent() != null) {
      // Where a disk is to be mounted, the folder would be made on another one.
      require(folder, Files.isDirectory(folder.getParent(), LinkOption.NOFOLLOW_LINKS));
    }
    return folder;
  }

  private static void require(Path path, boolean there) {
    if (!there) {
      throw new IllegalArgumentException(
          path + ", which was being recorded, is not there any more");
    }
  }

  /** A file system that is read-only after an error is told by nothing else. */
  private static void requireOpened(Path file) {
    try (FileChannel _ =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      // As is wanted.
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ", which was being recorded, can't be written: " + e, e);
    }
  }

  @Override
  Optional<Duration> tryFolderAgain(StreamFailure failure, Instant now) {
    return pause(DISK_PAUSE, now);
  }

  /** The last try is made when the time is over. */
  private Optional<Duration> pause(Duration wanted, Instant now) {
    Duration left =
        request()
            .until()
            .map(until -> Duration.between(now, until))
            .orElseGet(() -> patience.minus(waited));
    if (!left.isPositive()) {
      return Optional.empty();
    }
    Duration pause = wanted.compareTo(left) < 0 ? wanted : left;
    waited = waited.plus(pause);
    return Optional.of(pause);
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
    if (failure instanceof StreamFailure.DrmProtected) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
    tries++;
    return pause(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, now);
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
