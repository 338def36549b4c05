package io.github.streamingserver.recorder;

import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.recorder.RecordingEvent.State;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import io.github.streamingserver.recorder.journal.JournalEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One slot's state: what records in it, or is to be gone on with there, and what a client asked for
 * in its place. Belongs to the supervisor and its thread.
 */
final class Slot {
  private final RecordingId id;
  private Optional<RunningRecording> running = Optional.empty();

  /** Nothing records where there is one. */
  private Optional<Ticket> brokenOff = Optional.empty();

  private Optional<Ticket> asked = Optional.empty();
  private Optional<Runnable> ready = Optional.empty();

  Slot(RecordingId id) {
    this.id = id;
  }

  RecordingId id() {
    return id;
  }

  Optional<RunningRecording> running() {
    return running;
  }

  /** A newer request takes the place of an earlier one, and of nothing else before it is ready. */
  void await(Ticket ticket) {
    asked.ifPresent(Ticket::replace);
    asked = Optional.of(ticket);
    ready = Optional.empty();
  }

  /** What recorded here is gone, and is to be gone on with. */
  void await(Resumption resumption) {
    brokenOff = Optional.of(resumption);
  }

  /** What is to be gone on with is left to another run of the server. */
  void leave() {
    brokenOff = Optional.empty();
  }

  /** What waits here will not begin, and is told so. */
  void withdraw() {
    waiting().forEach(Ticket::withdraw);
    waiting().forEach(this::remove);
  }

  /** What waits here will not begin, and is told why. */
  void refuse(Ticket ticket, StreamFailure failure) {
    ticket.refuse(failure);
    remove(ticket);
  }

  private void remove(Ticket ticket) {
    if (isAsked(ticket)) {
      asked = Optional.empty();
      ready = Optional.empty();
    } else {
      brokenOff = Optional.empty();
    }
  }

  private boolean isAsked(Ticket ticket) {
    return asked.filter(ticket::equals).isPresent();
  }

  private List<Ticket> waiting() {
    return Stream.concat(brokenOff.stream(), asked.stream()).toList();
  }

  boolean awaits(Ticket ticket) {
    return waiting().contains(ticket);
  }

  boolean uses(Path folder) {
    return waiting().stream().anyMatch(ticket -> ticket.reserves(folder))
        || running.filter(now -> now.uses(folder)).isPresent();
  }

  /** What waits here can begin; in place of what is to be gone on with, where that is another. */
  void ready(Ticket ticket, Runnable begin) {
    if (isAsked(ticket)) {
      brokenOff.ifPresent(Ticket::replace);
      brokenOff = Optional.empty();
    }
    ready = Optional.of(begin);
  }

  Optional<Runnable> takeReady() {
    Optional<Runnable> begin = ready;
    ready = Optional.empty();
    return begin;
  }

  /** What waited here begins. */
  void run(ActorRef<Recorder.Command> recorder, RecordingTask task, Ticket ticket) {
    running = Optional.of(new RunningRecording(recorder, task, ticket.announced()));
    remove(ticket);
  }

  void gone() {
    running = Optional.empty();
  }

  boolean isEmpty() {
    return running.isEmpty() && waiting().isEmpty();
  }

  Status status(int restarts) {
    return running
        .map(now -> now.status(restarts))
        .or(() -> waiting().stream().findFirst().map(ticket -> status(ticket, restarts)))
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
