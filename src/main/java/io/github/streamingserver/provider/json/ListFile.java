package io.github.streamingserver.provider.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.files.AtomicFiles;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.provider.Programme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list as a file, an array of what is kept of each channel. Blocks. */
final class ListFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private static final String FIELDS = "fields";
  private static final String TITLE = "title";
  private static final String URL = "url";
  private static final String CATEGORY = "category";
  private static final String THUMBNAIL = "thumbnail";
  private static final String DESCRIPTION = "description";
  private static final String LICENSE = "license";
  private static final String GUIDE = "guide";
  private static final String START = "start";
  private static final String STOP = "stop";

  private ListFile() {}

  static void write(Path file, List<Channel> channels) throws IOException {
    try (JsonGenerator out =
        JSON.getFactory()
            .createGenerator(
                AtomicFiles.output(file), com.fasterxml.jackson.core.JsonEncoding.UTF8)) {
      out.writeStartArray();
      for (Channel channel : channels) {
        JSON.writeValue(out, json(channel));
      }
      out.writeEndArray();
    }
  }

  /** Writes what people may want to see; nothing reads it. */
  static void writeCategories(Path file, ChannelList list) throws IOException {
    List<Map<String, @Nullable Object>> names =
        list.categories().stream().map(JsonObject::fields).toList();
    AtomicFiles.replace(file, part -> AtomicFiles.write(part, JSON.writeValueAsBytes(names)));
  }

  static ChannelList read(Path file) throws IOException {
    List<Channel> channels = new ArrayList<>();
    try (JsonParser in = JSON.getFactory().createParser(file.toFile())) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException(file + " holds no array");
      }
      while (in.nextToken() == JsonToken.START_OBJECT) {
        Map<String, @Nullable Object> fields = JSON.readValue(in, OBJECT);
        channels.add(channel(new JsonObject(fields)));
      }
    } catch (DateTimeException e) {
      throw new IOException(file + " holds a time that is none", e);
    }
    return new ChannelList(channels);
  }

  private static Map<String, @Nullable Object> json(Channel channel) {
    JsonObject json =
        JsonObject.of(FIELDS, channel.fields())
            .with(TITLE, channel.title())
            .with(URL, channel.url())
            .with(CATEGORY, channel.category())
            .with(THUMBNAIL, channel.thumbnail())
            .with(DESCRIPTION, channel.description())
            .with(GUIDE, channel.guide().stream().map(ListFile::json).toList());
    return channel.license().map(it -> json.with(LICENSE, it)).orElse(json).fields();
  }

  private static Map<String, @Nullable Object> json(Programme programme) {
    JsonObject json =
        JsonObject.of(START, programme.start().toString())
            .with(TITLE, programme.title())
            .with(DESCRIPTION, programme.description());
    return programme.stop().map(it -> json.with(STOP, it.toString())).orElse(json).fields();
  }

  private static Channel channel(JsonObject json) {
    return new Channel(
        json.object(FIELDS).orElse(JsonObject.empty()),
        json.text(TITLE).orElse(""),
        json.text(URL).orElse(""),
        json.text(CATEGORY).orElse(ChannelList.OTHER),
        json.text(THUMBNAIL).orElse(""),
        json.text(DESCRIPTION).orElse(""),
        json.text(LICENSE),
        json.objects(GUIDE).stream().map(ListFile::programme).toList());
  }

  private static Programme programme(JsonObject json) {
    return new Programme(
        Instant.parse(json.text(START).orElse("")),
        json.text(STOP).map(Instant::parse),
        json.text(TITLE).orElse(""),
        json.text(DESCRIPTION).orElse(""));
  }
}
