package io.github.streamingserver.recorder.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.streamingserver.model.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The fields of an entry ⇄ the bytes of its file. */
final class EntryJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final TypeReference<LinkedHashMap<String, Object>> FIELDS =
      new TypeReference<>() {};

  private EntryJson() {}

  /**
   * @throws IllegalArgumentException where {@code content} is no JSON object
   */
  static JsonObject parse(byte[] content) {
    try {
      return Optional.ofNullable(JSON.readValue(content, FIELDS))
          .map(JsonObject::new)
          .orElseThrow(() -> new IllegalArgumentException("it is no JSON object but null"));
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no JSON object", e);
    }
  }

  static byte[] write(JsonObject fields) {
    try {
      return JSON.writeValueAsBytes(fields.fields());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("An entry holds what JSON can't", e);
    }
  }
}
