package io.github.streamingserver.cli;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import io.github.streamingserver.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Broadcasts in words, one line each, safe to print. */
final class EventText {
  private EventText() {}

  /** The recording that {@code args} tell of; the default slot where they name none. */
  static String recording(JsonObject args) {
    return args.text(Field.RECORDING_ID).orElse(RecordingId.DEFAULT.value());
  }

  /** Any broadcast, with whose it is. */
  static String line(Message message) {
    JsonObject args = message.args();
    String what =
        switch (message.command()) {
          case "start" -> section(args);
          case "progress" -> ProgressLine.facts(args);
          case "stop" -> ending(args) + cause(args);
          default -> "";
        };
    return Text.clean("%-8s  %s  %s".formatted(message.command(), recording(args), what));
  }

  /** A section that began. */
  static String section(JsonObject args) {
    return Text.clean(
        "section %s (%s): %s"
            .formatted(
                args.text(Field.SECTION_INDEX).orElse("0"),
                recorder(args),
                args.text(Field.REC_FILE).orElse("")));
  }

  /** How a recording ended, with its sums. */
  static String ending(JsonObject args) {
    String reason = args.text(Field.REASON).orElse("ended");
    List<String> sums = new ArrayList<>();
    Units.amount(args, Field.BYTES).ifPresent(bytes -> sums.add(Units.bytes(bytes)));
    Units.amount(args, Field.DURATION).ifPresent(seconds -> sums.add(Units.clock(seconds)));
    Units.amount(args, Field.SECTIONS).ifPresent(n -> sums.add(Units.count(n, "section")));
    Units.amount(args, Field.LOST_SEGMENTS)
        .filter(n -> n > 0)
        .ifPresent(n -> sums.add(String.format(Locale.ROOT, "%.0f segments lost", n)));
    return Text.clean(
        (reason.equals("user") ? "stopped" : reason)
            + (sums.isEmpty() ? "" : " (" + String.join(", ", sums) + ")"));
  }

  /** Whether {@code message} is the broadcast that ends {@code recording}. */
  static boolean ends(Message message, String recording) {
    return message.command().equals(Command.STOP.word())
        && message.args().text(Field.COMMAND).isEmpty()
        && recording(message.args()).equals(recording);
  }

  private static String cause(JsonObject args) {
    return args.text(Field.ERROR_ID)
        .filter(id -> !id.isBlank())
        .map(id -> "  " + id + ": " + args.text(Field.MSG).orElse(""))
        .orElse("");
  }

  private static String recorder(JsonObject args) {
    return args.text(Field.RECORDER_ID)
        .or(() -> args.object(Field.RECORDER).flatMap(r -> r.text(Field.TYPE)))
        .orElse("unknown recorder");
  }
}
