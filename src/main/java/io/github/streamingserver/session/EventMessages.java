package io.github.streamingserver.session;

import static io.github.streamingserver.protocol.ServerMessages.error;
import static io.github.streamingserver.protocol.ServerMessages.recorder;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Totals;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.ServerMessages;
import io.github.streamingserver.recorder.RecordingEvent;
import io.github.streamingserver.recorder.RecordingEvent.Ended;
import io.github.streamingserver.recorder.RecordingEvent.Outcome;
import io.github.streamingserver.recorder.RecordingEvent.Progressed;
import io.github.streamingserver.recorder.RecordingEvent.Recording;
import io.github.streamingserver.recorder.RecordingEvent.SectionStarted;
import io.github.streamingserver.recorder.RecordingEvent.Status;
import java.util.List;
import java.util.Locale;

/** Events of recordings → broadcasts. Pure. */
final class EventMessages {
  private static final String COMPLETE = "complete";
  private static final String USER = "user";

  private EventMessages() {}

  static Message of(RecordingEvent event) {
    return switch (event) {
      case SectionStarted started -> started(started);
      case Progressed progressed -> progressed(progressed);
      case Ended ended -> ended(ended);
    };
  }

  /** The fields that tell that a client wanted the end. */
  static JsonObject stoppedByUser() {
    return reason(USER);
  }

  static Message status(List<Status> recordings) {
    return ServerMessages.data(
        Command.STATUS, recordings.stream().map(EventMessages::status).toList());
  }

  private static Message started(SectionStarted event) {
    JsonObject args =
        JsonObject.of(Field.URL, Urls.shown(event.url()))
            .with(Field.REC_FILE, event.file().toString())
            .with(Field.SECTION_INDEX, event.section())
            .with(Field.SEGMENT_INDEX, event.segment());
    return Message.of(Command.START, args.and(about(event.recording())));
  }

  private static Message ended(Ended event) {
    JsonObject reason =
        switch (event.outcome()) {
          case Outcome.Complete _ -> reason(COMPLETE);
          case Outcome.ByUser _ -> stoppedByUser();
          case Outcome.Failed(var failure) -> error(failure);
        };
    Totals totals = event.totals();
    return Message.of(
        Command.STOP,
        reason
            .with(Field.CHANNEL, event.recording().channel().toString())
            .with(Field.REC_DIR, event.recording().folder().toString())
            .and(about(event.recording()))
            .with(Field.BYTES, totals.bytes())
            .with(Field.DURATION, totals.mediaSeconds())
            .with(Field.LOST_SEGMENTS, totals.lostSegments())
            .with(Field.LOST_SECONDS, totals.lostSeconds())
            .with(Field.SECTIONS, totals.sections()));
  }

  private static Message progressed(Progressed event) {
    Totals totals = event.totals();
    JsonObject args =
        JsonObject.of(Field.RECORDING_ID, event.recording().id().value())
            .with(Field.BYTES, totals.bytes())
            .with(Field.BYTES_PER_SECOND, event.bytesPerSecond())
            .with(Field.SEGMENTS, totals.segments())
            .with(Field.LOST_SEGMENTS, totals.lostSegments())
            .with(Field.SECTION_INDEX, totals.section())
            .with(Field.MEDIA_SECONDS, totals.mediaSeconds());
    if (event.totalBytes().isPresent()) {
      long total = event.totalBytes().getAsLong();
      args = args.with(Field.TOTAL_BYTES, total);
      if (total > 0) {
        args = args.with(Field.PERCENT, Math.round(1000.0 * totals.bytes() / total) / 10.0);
      }
      if (event.bytesPerSecond() > 0) {
        args = args.with(Field.ETA_SECONDS, (total - totals.bytes()) / event.bytesPerSecond());
      }
    }
    return Message.of(Command.PROGRESS, args);
  }

  private static JsonObject status(Status status) {
    Totals totals = status.totals();
    JsonObject recorder =
        status.recorder().map(ServerMessages::recorder).orElse(JsonObject.empty());
    return JsonObject.of(Field.RECORDING_ID, status.id().value())
        .with(Field.STATE, status.state().name().toLowerCase(Locale.ROOT))
        .and(recorder)
        .with(Field.URL, status.channel().toString())
        .with(Field.REC_DIR, status.folder().toString())
        .with(Field.BYTES, totals.bytes())
        .with(Field.SEGMENTS, totals.segments())
        .with(Field.LOST_SEGMENTS, totals.lostSegments())
        .with(Field.SECTIONS, totals.sections())
        .with(Field.MEDIA_SECONDS, totals.mediaSeconds())
        .with(Field.RESTARTS, status.restarts());
  }

  private static JsonObject about(Recording recording) {
    return recorder(recording.recorder()).with(Field.RECORDING_ID, recording.id().value());
  }

  private static JsonObject reason(String reason) {
    return JsonObject.of(Field.REASON, reason).with(Field.ERROR_ID, "").with(Field.MSG, "");
  }
}
