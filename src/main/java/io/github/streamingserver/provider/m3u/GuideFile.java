package io.github.streamingserver.provider.m3u;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code guide.json}: {@code {"begin": seconds, "channels": {"key": [[start, stop, "title"], …]}}},
 * what is left of a guide's many megabytes, so that a restart need not read those again.
 */
final class GuideFile {
  private static final String BEGIN = "begin";
  private static final JsonFactory JSON = new JsonFactory();

  private GuideFile() {}

  static void write(Guide guide, Path file) throws IOException {
    try (JsonGenerator out = JSON.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeNumberField(BEGIN, guide.begin());
      out.writeObjectFieldStart(Field.CHANNELS);
      for (int key = 0; key < guide.keys().size(); key++) {
        if (guide.first(key) < guide.first(key + 1)) {
          out.writeArrayFieldStart(guide.keys().get(key));
          for (int i = guide.first(key); i < guide.first(key + 1); i++) {
            Guide.Programme programme = guide.programme(i);
            out.writeStartArray();
            out.writeNumber(programme.start().getEpochSecond());
            out.writeNumber(programme.stop().getEpochSecond());
            out.writeString(programme.title());
            out.writeEndArray();
          }
          out.writeEndArray();
        }
      }
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /** Reads what was written: first which channels there are, then their programmes. */
  static Guide read(Path file) throws IOException {
    List<String> keys = new ArrayList<>();
    long[] begin = {0};
    try (JsonParser in = open(file, begin)) {
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        keys.add(in.currentName());
        in.nextToken();
        in.skipChildren();
      }
    }
    GuideBuilder builder =
        new GuideBuilder(SortedNames.ofSorted(keys), begin[0], GuideBuilder.MOST_BYTES);
    keys.clear();
    try (JsonParser in = open(file, begin)) {
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        int key = builder.keys().find(in.currentName());
        in.nextToken();
        while (in.nextToken() == JsonToken.START_ARRAY) {
          long start = in.nextLongValue(0);
          long stop = in.nextLongValue(0);
          String title = in.nextTextValue();
          builder.add(key, start, stop, title == null ? "" : title);
          in.nextToken();
        }
      }
    }
    return builder.build();
  }

  /** A parser that stands before the first channel. */
  private static JsonParser open(Path file, long[] begin) throws IOException {
    JsonParser in = JSON.createParser(file.toFile());
    in.nextToken();
    in.nextToken();
    begin[0] = in.nextLongValue(0);
    in.nextToken();
    if (in.nextToken() != JsonToken.START_OBJECT) {
      in.close();
      throw new IOException("no guide");
    }
    return in;
  }
}
