package io.github.streamingserver.provider;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a {@code config.json}: JSON, and comments. Thread-safe. */
final class ConfigFile {
  /** Its name in a provider's folder. */
  static final String NAME = "config.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ConfigFile() {}

  /**
   * What {@code file} holds; nothing where there is none.
   *
   * @throws StreamException with the file, and the line where it is no JSON
   */
  static JsonObject read(Path file, long mostBytes) {
    try {
      if (!Files.exists(file)) {
        return JsonObject.empty();
      }
      if (Files.size(file) > mostBytes) {
        throw failed(file + " is larger than providers.max-config-size");
      }
      Map<String, @Nullable Object> fields =
          JSON.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
      return new JsonObject(Optional.ofNullable(fields).orElse(new LinkedHashMap<>()));
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw failed(file + line + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw failed(file + " can't be read: " + e.getMessage());
    }
  }

  private static StreamException failed(String message) {
    return new StreamException(new StreamFailure.Failed(message));
  }
}
