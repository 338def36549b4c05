package io.github.streamingserver.provider;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.files.AtomicFiles;
import io.github.streamingserver.model.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code cache.json}: for each file of a cache when it was renewed, and a digest of what it was
 * made from. One that is missing or broken means that nothing is known. Blocks on the file system.
 */
final class CacheLedger {
  static final String FILE = "cache.json";

  private static final String RENEWED = "renewed";
  private static final String OF = "of";
  private static final long MOST_BYTES = 64 << 10;

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();

  CacheLedger(Path folder) {
    this.file = folder.resolve(FILE);
  }

  /** When {@code name} was renewed from {@code of}; empty where it was made from anything else. */
  synchronized Optional<Instant> renewed(String name, String of) {
    return read()
        .object(name)
        .filter(entry -> entry.text(OF).equals(Optional.of(digest(of))))
        .flatMap(entry -> entry.text(RENEWED))
        .flatMap(CacheLedger::instant);
  }

  /** Remembers that {@code name} was renewed from {@code of}. */
  synchronized void renew(String name, String of, Instant at) throws IOException {
    JsonObject entry = JsonObject.of(RENEWED, at.toString()).with(OF, digest(of));
    byte[] content = json.writeValueAsBytes(read().with(name, entry).fields());
    AtomicFiles.replace(file, part -> AtomicFiles.write(part, content));
  }

  /** Forgets {@code name}, before it is replaced. */
  synchronized void forget(String name) throws IOException {
    if (read().fields().containsKey(name)) {
      byte[] content = json.writeValueAsBytes(read().with(name, null).fields());
      AtomicFiles.replace(file, part -> AtomicFiles.write(part, content));
    }
  }

  private JsonObject read() {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
        return JsonObject.empty();
      }
      Map<String, @Nullable Object> fields =
          json.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
      return fields == null ? JsonObject.empty() : new JsonObject(fields);
    } catch (IOException broken) {
      return JsonObject.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException broken) {
      return Optional.empty();
    }
  }

  private static String digest(String of) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
