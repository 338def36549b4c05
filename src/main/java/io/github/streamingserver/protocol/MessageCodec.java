package io.github.streamingserver.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.model.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON ⇄ {@link Message}. What a message may hold is bounded, so that a small frame can't become a
 * large tree: see {@link Limits}. Thread-safe.
 */
public final class MessageCodec {
  /**
   * @param depth levels of nesting
   * @param tokens names, values and brackets in one message
   * @param textLength characters in one text
   */
  public record Limits(int depth, long tokens, int textLength) {}

  /** For clients, which read what their own server sends: lists of many thousand items. */
  public static final Limits CLIENT_LIMITS = new Limits(64, 20_000_000, 16 << 20);

  private final ObjectMapper json;

  public MessageCodec(Limits limits) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth())
            .maxTokenCount(limits.tokens())
            .maxStringLength(limits.textLength())
            .build();
    json =
        new ObjectMapper(JsonFactory.builder().streamReadConstraints(constraints).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * Reads one frame's content, as UTF-8.
   *
   * @throws MalformedMessageException with what is wrong, for people
   */
  public Message decode(InputStream content) throws MalformedMessageException {
    Object value;
    try {
      value = json.readValue(content, Object.class);
    } catch (JsonProcessingException e) {
      throw new MalformedMessageException("not JSON that is accepted here: " + reason(e));
    } catch (IOException e) {
      throw new MalformedMessageException("not UTF-8: " + e.getMessage());
    }
    if (!(value instanceof List<?> message)) {
      throw new MalformedMessageException("a message is an array: [\"command\", {args}]");
    }
    if (message.isEmpty() || !(message.getFirst() instanceof String command)) {
      throw new MalformedMessageException("a message begins with its command, a text");
    }
    if (message.size() > 1 && message.get(1) instanceof Map<?, ?> args) {
      return new Message(command, object(args));
    }
    if (message.size() > 1 && message.get(1) != null) {
      throw new MalformedMessageException("the arguments of a message are an object");
    }
    return new Message(command, JsonObject.empty());
  }

  /** Writes one frame's content, as UTF-8. */
  public byte[] encode(Message message) {
    try {
      return json.writeValueAsBytes(List.of(message.command(), message.args().fields()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A message holds what JSON can't", e);
    }
  }

  /** Writes an object on its own, in one line. */
  public String text(JsonObject object) {
    try {
      return json.writeValueAsString(object.fields());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("An object holds what JSON can't", e);
    }
  }

  private static JsonObject object(Map<?, ?> args) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    args.forEach((name, value) -> fields.put(String.valueOf(name), value));
    return new JsonObject(fields);
  }

  private static String reason(JsonProcessingException e) {
    String problem = String.valueOf(e.getOriginalMessage());
    return problem.length() > 200 ? problem.substring(0, 200) + "…" : problem;
  }
}
