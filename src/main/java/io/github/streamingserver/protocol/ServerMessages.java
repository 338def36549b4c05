package io.github.streamingserver.protocol;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.StreamFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Builds the messages that the server sends, field by field as PROTOCOL.md names them. */
public final class ServerMessages {
  /** The version of the protocol beyond the plugin's. */
  public static final int VERSION = 2;

  private static final String ERROR = "error";

  private ServerMessages() {}

  public static Message ready() {
    return Message.of(Command.READY, JsonObject.empty());
  }

  /** The answer to {@code hello}. */
  public static Message hello(String server) {
    return Message.of(
        Command.HELLO,
        JsonObject.of(Field.VERSION, VERSION)
            .with(Field.SERVER, server)
            .with(Field.COMMANDS, Command.requests()));
  }

  /** The answer to a request for a list, which may make its items as they are asked for. */
  public static Message data(Command command, List<JsonObject> items) {
    return Message.of(command, JsonObject.of(Field.DATA, new FieldsOf(items)));
  }

  /** Nothing of a long list is in memory but what is being written. */
  private static final class FieldsOf extends AbstractList<Map<String, @Nullable Object>>
      implements RandomAccess {
    private final List<JsonObject> items;

    FieldsOf(List<JsonObject> items) {
      this.items = items;
    }

    @Override
    public Map<String, @Nullable Object> get(int index) {
      return items.get(index).fields();
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /** The answer to {@code get_thumbnail}: those may come in another order than they were asked. */
  public static Message thumbnail(URI url, Path file) {
    return Message.of(
        Command.GET_THUMBNAIL,
        JsonObject.of(Field.URL, url.toString()).with(Field.FILE, file.toString()));
  }

  /** The answer to {@code recorder_types}. */
  public static Message recorderTypes() {
    List<String> ids = List.of(RecorderId.values()).stream().map(RecorderId::id).toList();
    return Message.of(Command.RECORDER_TYPES, JsonObject.of(Field.DATA, ids));
  }

  /** The answer to a frame or request that fails; {@code about} tells what else is known of it. */
  public static Message failed(StreamFailure failure, JsonObject about) {
    return Message.of(Command.STOP, error(failure).and(about));
  }

  /** The fields that tell of a failure. */
  public static JsonObject error(StreamFailure failure) {
    return JsonObject.of(Field.REASON, ERROR)
        .with(Field.ERROR_ID, failure.errorId().id())
        .with(Field.MSG, failure.message());
  }

  /** The fields by which a client picks its player. */
  public static JsonObject recorder(RecorderId recorder) {
    return JsonObject.of(Field.RECORDER_ID, recorder.id())
        .with(Field.RECORDER, Map.of(Field.TYPE, recorder.id()));
  }
}
