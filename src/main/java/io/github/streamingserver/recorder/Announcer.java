package io.github.streamingserver.recorder;

import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Progressed;
import io.github.streamingserver.recorder.RecordingEvent.SectionStarted;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;

/** Tells all who listen, and the log, what happens to recordings. Belongs to the supervisor. */
final class Announcer {
  private final Logger log;
  private final Map<ActorPath, ActorRef<RecordingEvent>> listeners = new HashMap<>();
  private final Map<RecordingEvent, Runnable> unheard = new LinkedHashMap<>();

  Announcer(Logger log) {
    this.log = log;
  }

  /** From now on {@code listener} is told, first of all of what nobody was there to hear. */
  void add(ActorRef<RecordingEvent> listener) {
    listeners.put(listener.path(), listener);
    unheard.forEach(
        (event, heard) -> {
          listener.tell(event);
          heard.run();
        });
    unheard.clear();
  }

  /** Publishes {@code event}; where nobody listens, to the next who does. */
  void publish(RecordingEvent event, Runnable heard) {
    publish(event);
    if (listeners.isEmpty()) {
      unheard.put(event, heard);
    } else {
      heard.run();
    }
  }

  /** Whether {@code gone} was a listener; it is none any more. */
  boolean remove(ActorRef<Void> gone) {
    return listeners.remove(gone.path()) != null;
  }

  void publish(RecordingEvent event) {
    switch (event) {
      case Progressed _ -> {}
      case SectionStarted(var recording, _, var file, int section, _) ->
          log.info(
              "Recording [{}] section [{}] can be played: [{}]", recording.id(), section, file);
      case Ended(var recording, var outcome, var totals) ->
          log.info("Recording [{}] ended: {}, {}", recording.id(), outcome, totals);
    }
    listeners.values().forEach(listener -> listener.tell(event));
  }
}
