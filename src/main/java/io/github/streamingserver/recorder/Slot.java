package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.State;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One slot's state: what records in it, and what is to record in it next. Belongs to the supervisor
 * and its thread.
 */
final class Slot {
  private final RecordingId id;
  private Optional<RunningRecording> running = Optional.empty();
  private Optional<Ticket> awaited = Optional.empty();
  private Optional<Runnable> ready = Optional.empty();
  private Optional<Path> reserved = Optional.empty();

  Slot(RecordingId id) {
    this.id = id;
  }

  RecordingId id() {
    return id;
  }

  Optional<RunningRecording> running() {
    return running;
  }

  /** A newer request takes the place of what waited here. */
  void await(Ticket ticket) {
    awaited.ifPresent(Ticket::replace);
    clear();
    awaited = Optional.of(ticket);
  }

  /** What waits here is left to another run of the server. */
  void leave() {
    clear();
  }

  Optional<Ticket> awaited() {
    return awaited;
  }

  /** What waits here will not begin, and is told so. */
  void withdraw() {
    awaited.ifPresent(Ticket::withdraw);
    clear();
  }

  /** What waits here will not begin, and is told why. */
  void refuse(StreamFailure failure) {
    awaited.ifPresent(ticket -> ticket.refuse(failure));
    clear();
  }

  private void clear() {
    awaited = Optional.empty();
    ready = Optional.empty();
    reserved = Optional.empty();
  }

  boolean awaits(Ticket ticket) {
    return awaited.filter(waiting -> waiting.equals(ticket)).isPresent();
  }

  /** Nobody else may record into {@code folder} from now on. */
  void reserve(Path folder) {
    reserved = Optional.of(folder);
  }

  Path folder() {
    return reserved.orElseThrow();
  }

  boolean uses(Path folder) {
    return reserved.filter(folder::equals).isPresent()
        || running.filter(now -> now.uses(folder)).isPresent();
  }

  /** What waits here can begin. */
  void ready(Runnable begin) {
    ready = Optional.of(begin);
  }

  Optional<Runnable> takeReady() {
    Optional<Runnable> begin = ready;
    ready = Optional.empty();
    return begin;
  }

  /**
   * @param announced the last section that clients of this run of the server know of; -1 for none
   */
  void run(ActorRef<Recorder.Command> recorder, RecordingTask task, int announced) {
    running = Optional.of(new RunningRecording(recorder, task, announced));
    awaited = Optional.empty();
    reserved = Optional.empty();
  }

  void gone() {
    running = Optional.empty();
  }

  boolean isEmpty() {
    return running.isEmpty() && awaited.isEmpty();
  }

  Status status(int restarts) {
    return running
        .map(now -> now.status(restarts))
        .or(() -> awaited.map(ticket -> status(ticket, restarts)))
        .orElseThrow(() -> new IllegalStateException("an empty slot is forgotten"));
  }

  private static Status status(Ticket ticket, int restarts) {
    return new Status(
        ticket.request().id(),
        Optional.empty(),
        ticket.request().url(),
        ticket.request().folder(),
        State.RESOLVING,
        ticket.earlier().map(JournalEntry::totals).orElse(Totals.NONE),
        restarts);
  }
}
