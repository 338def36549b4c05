package io.github.streamingserver.recorder;

import io.github.streamingserver.config.RecordingSettings;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** All slots that hold something, and the rules on a new request. Belongs to the supervisor. */
final class Slots {
  private final RecordingSettings settings;
  private final Map<RecordingId, Slot> slots = new LinkedHashMap<>();

  Slots(RecordingSettings settings) {
    this.settings = settings;
  }

  /** Why {@code request} can't even be looked into; empty where it can. */
  Optional<StreamFailure> refusal(RecordingRequest request, Instant now) {
    if (request.protectedBy().isPresent()) {
      return request.protectedBy().map(StreamFailure.DrmProtected::new);
    }
    if (request.until().filter(until -> !until.isAfter(now)).isPresent()) {
      return Optional.of(new StreamFailure.Failed("until is in the past"));
    }
    if (!slots.containsKey(request.id()) && slots.size() >= settings.maxConcurrent()) {
      return Optional.of(
          new StreamFailure.Busy(
              "%d recordings are running, the most that recording.max-concurrent allows"
                  .formatted(slots.size())));
    }
    return Optional.empty();
  }

  /** Why {@code slot} may not record into {@code folder}; empty where it may. */
  Optional<StreamFailure> refusal(Slot slot, Path folder) {
    return slots.values().stream()
        .filter(other -> other != slot && other.uses(folder))
        .findFirst()
        .map(
            user ->
                new StreamFailure.Failed(
                    "rec_dir %s is in use by recording '%s'".formatted(folder, user.id())));
  }

  /** The slot of this id, a new one where there is none. */
  Slot open(RecordingId id) {
    return slots.computeIfAbsent(id, Slot::new);
  }

  Optional<Slot> find(RecordingId id) {
    return Optional.ofNullable(slots.get(id));
  }

  /** The slot in which {@code ticket} still waits. */
  Optional<Slot> awaiting(Ticket ticket) {
    return find(ticket.request().id()).filter(slot -> slot.awaits(ticket));
  }

  /** Forgets {@code slot} where nothing is left in it. */
  void tidy(Slot slot) {
    if (slot.isEmpty()) {
      slots.remove(slot.id());
    }
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** All of them, as they are now. */
  List<Slot> all() {
    return List.copyOf(slots.values());
  }

  /**
   * @param restarts how often a recording was gone on with
   */
  List<Status> status(ToIntFunction<RecordingId> restarts) {
    return slots.values().stream()
        .map(slot -> slot.status(restarts.applyAsInt(slot.id())))
        .toList();
  }
}
