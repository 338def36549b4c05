package io.github.streamingserver.provider;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.streamingserver.config.ProviderSettings;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code providers/<Id>/config.json}, anew at each call, so that an edit needs no restart.
 * Blocks on the file system: for the blocking dispatcher. Thread-safe.
 */
final class ProviderFolders {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderFolders.class);
  private static final String CONFIG = "config.json";
  private static final ProviderManifest BUILT_IN =
      new ProviderManifest(
          new ProviderId("Direct"),
          JsonObject.of("title", "Direct")
              .with("description", "Records any address that is media")
              .with("kind", ProviderManifest.DIRECT));

  private final ProviderSettings settings;
  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  ProviderFolders(ProviderSettings settings) {
    this.settings = settings;
  }

  /**
   * Every provider that may be listed, by title without regard to case. A folder whose config.json
   * can't be used is logged, and hides that provider alone.
   */
  List<ProviderManifest> list() {
    List<ProviderManifest> found = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        found.add(read(new ProviderId(folder.getFileName().toString())));
      } catch (IllegalArgumentException | StreamException e) {
        LOG.warn("Provider folder [{}] is left out: {}", folder, e.getMessage());
      }
    }
    if (found.stream().noneMatch(manifest -> manifest.id().equals(BUILT_IN.id()))) {
      found.add(BUILT_IN);
    }
    return found.stream()
        .filter(manifest -> !manifest.template() && (settings.showAdult() || !manifest.adult()))
        .sorted(Comparator.comparing(ProviderManifest::title, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  /**
   * One provider.
   *
   * @throws StreamException where there is none, or its config.json can't be used
   */
  ProviderManifest read(ProviderId id) {
    Path folder = settings.folder().resolve(id.value());
    if (!Files.isDirectory(folder)) {
      if (id.equals(BUILT_IN.id())) {
        return BUILT_IN;
      }
      throw failed("There is no provider '" + id + "'; get_providers lists those there are");
    }
    Path file = folder.resolve(CONFIG);
    ProviderManifest manifest =
        new ProviderManifest(id, Files.exists(file) ? parse(file) : JsonObject.empty());
    if (manifest.adult() && !settings.showAdult()) {
      throw failed("Provider '" + id + "' is for adults: providers.show-adult is off");
    }
    return manifest;
  }

  private JsonObject parse(Path file) {
    try {
      if (Files.size(file) > settings.maxConfigSize()) {
        throw failed(file + " is larger than providers.max-config-size");
      }
      Map<String, @Nullable Object> fields =
          json.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
      return new JsonObject(Optional.ofNullable(fields).orElse(new LinkedHashMap<>()));
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw failed(file + line + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw failed(file + " can't be read: " + e.getMessage());
    }
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    if (!Files.isDirectory(settings.folder())) {
      return folders;
    }
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(settings.folder(), ProviderFolders::isProvider)) {
      entries.forEach(folders::add);
    } catch (IOException e) {
      LOG.warn("Providers folder [{}] can't be read: {}", settings.folder(), e.toString());
    }
    return folders;
  }

  private static boolean isProvider(Path path) {
    return Files.isDirectory(path) && !path.getFileName().toString().startsWith(".");
  }

  private static StreamException failed(String message) {
    return new StreamException(new StreamFailure.Failed(message));
  }
}
