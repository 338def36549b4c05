package io.github.streamingserver.recorder;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A recording that is to begin, whose asker is told once what became of that. Two tickets are never
 * equal, whatever they ask for.
 */
abstract class Ticket {
  private final RecordingRequest request;
  private Optional<Path> reserved = Optional.empty();
  private String problem = "";

  Ticket(RecordingRequest request) {
    this.request = request;
  }

  final RecordingRequest request() {
    return request;
  }

  /** When it began first. */
  abstract Instant began();

  /** What the journal knows of it. */
  abstract Optional<JournalEntry> earlier();

  /**
   * The folder of its files, links resolved. Blocks on the file system.
   *
   * @throws IllegalArgumentException where it may not be written, or can't be; for people
   */
  abstract Path folder(AllowedRoots roots);

  /** Nobody else may record into {@code real} for as long as this waits. */
  final void reserve(Path real) {
    reserved = Optional.of(real);
  }

  final boolean reserves(Path real) {
    return reserved.filter(real::equals).isPresent();
  }

  final Path reserved() {
    return reserved.orElseThrow();
  }

  /** Whether {@code failure} is not what kept it back the last time. */
  final boolean isNews(StreamFailure failure) {
    boolean news = !problem.equals(failure.message());
    problem = failure.message();
    return news;
  }

  /** The last section that clients of this run of the server know of; -1 for none. */
  int announced() {
    return -1;
  }

  /** After which time to look for the folder again; empty where its {@code failure} is the end. */
  Optional<Duration> tryFolderAgain(StreamFailure failure, Instant now) {
    return tryAgain(failure, now);
  }

  /** After which time to try again; empty where {@code failure} is the end. */
  abstract Optional<Duration> tryAgain(StreamFailure failure, Instant now);

  /** It begins. */
  abstract void accept();

  /** It can't begin. */
  abstract void refuse(StreamFailure failure);

  /** A client has stopped it before it began. */
  abstract void withdraw();

  /** Another request takes its place. */
  abstract void replace();

  /** What a client asks for. */
  static final class OfClient extends Ticket {
    private final Instant began;
    private final ActorRef<StartReply> replyTo;

    OfClient(RecordingRequest request, Instant began, ActorRef<StartReply> replyTo) {
      super(request);
      this.began = began;
      this.replyTo = replyTo;
    }

    @Override
    Instant began() {
      return began;
    }

    @Override
    Optional<JournalEntry> earlier() {
      return Optional.empty();
    }

    @Override
    Path folder(AllowedRoots roots) {
      return roots.resolve(request().folder());
    }

    @Override
    Optional<Duration> tryAgain(StreamFailure failure, Instant now) {
      return Optional.empty();
    }

    @Override
    void accept() {
      replyTo.tell(new StartReply.Accepted());
    }

    @Override
    void refuse(StreamFailure failure) {
      replyTo.tell(new StartReply.Refused(failure));
    }

    @Override
    void withdraw() {
      replyTo.tell(new StartReply.Withdrawn());
    }

    @Override
    void replace() {
      withdraw();
    }
  }
}
