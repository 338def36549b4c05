package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.RefusedException;
import io.github.streamingserver.cli.CtlException.UnreachableException;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import io.github.streamingserver.protocol.Message;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One recording from its {@code start} to its end, told from others by its id. */
final class Recording {
  private static final int FAREWELL_SECONDS = 5;

  private final Session session;
  private final String id;
  private final RecordingView view;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean started = false;
  private boolean interrupted = false;
  private double section = -1;

  Recording(Session session, String id, RecordingView view) {
    this.session = session;
    this.id = id;
    this.view = view;
  }

  /**
   * Starts it and stays until it ends, or until Ctrl-C has stopped it.
   *
   * @throws RefusedException where it isn't begun, or ends with an error
   * @throws UnreachableException where the server doesn't answer, or goes away meanwhile
   */
  int run(JsonObject start, Interrupts interrupts) throws RefusedException, UnreachableException {
    try (Interrupts.Registration _ = interrupts.on(this::interrupt)) {
      if (begin(Message.of(Command.START, start))) {
        follow();
      }
      return interrupted() ? ExitCode.INTERRUPTED : ExitCode.COMPLETE;
    } finally {
      view.done();
      ended.countDown();
    }
  }

  private synchronized boolean begin(Message start) throws UnreachableException {
    started = !interrupted;
    if (started) {
      session.send(start);
    }
    return started;
  }

  private synchronized boolean interrupted() {
    return interrupted;
  }

  private void interrupt() {
    try {
      synchronized (this) {
        interrupted = true;
        if (started) {
          stop();
        }
      }
      if (!ended.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        view.done();
      }
    } catch (UnreachableException _) {
      // The one who follows tells of it.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() throws UnreachableException {
    session.send(Message.of(Command.STOP, JsonObject.of(Field.RECORDING_ID, id)));
  }

  private void follow() throws RefusedException, UnreachableException {
    // Only the first sign of it is due in time: a live stream may be long, and silent meanwhile.
    Deadline limit = Deadline.in(session.target().timeout());
    while (true) {
      Message message = received(limit);
      if (Session.refuses(message, Command.START)) {
        view.refused(message);
        throw Session.failure(message.args());
      }
      if (EventText.recording(message.args()).equals(id) && show(message)) {
        limit = Deadline.NEVER;
        if (message.command().equals(Command.STOP.word())) {
          return;
        }
      }
    }
  }

  /** Shows a message of this recording; whether it is one that tells of it. */
  private boolean show(Message message) throws RefusedException {
    switch (message.command()) {
      case "start" -> {
        requireOwn(message.args());
        view.started(message);
      }
      case "progress" -> view.progressed(message);
      case "stop" -> {
        view.stopped(message);
        if (Session.tellsError(message.args())) {
          throw Session.failure(message.args());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A recording that is replaced gets no {@code stop}; its successor's sections begin anew. */
  private void requireOwn(JsonObject start) throws RefusedException {
    double index = Units.amount(start, Field.SECTION_INDEX).orElse(section + 1);
    if (index <= section) {
      throw new RefusedException(
          ErrorId.FAILURE.id(), "another client replaced this recording under the id '" + id + "'");
    }
    section = index;
  }

  private Message received(Deadline limit) throws UnreachableException {
    try {
      return session.receive(limit);
    } catch (UnreachableException e) {
      if (limit.equals(Deadline.NEVER)) {
        throw new UnreachableException(
            "the server went away while recording '%s': %s. What it has recorded is in its folder."
                .formatted(id, e.getMessage()));
      }
      leave();
      throw e;
    }
  }

  /** Nobody would watch a recording that begins after all. */
  private void leave() {
    try {
      stop();
    } catch (UnreachableException _) {
      // Then there is none.
    }
  }
}
