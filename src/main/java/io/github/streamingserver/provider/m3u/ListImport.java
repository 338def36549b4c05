package io.github.streamingserver.provider.m3u;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.files.AtomicFiles;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.BoundedInput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A playlist → {@code channels.json}: {@code {"guide": […], "channels": [items by name]}}. Only
 * names are held in memory: items go through a file beside it.
 */
final class ListImport {
  /** More are left out: the longest lists known have a fifth of it. */
  static final int MOST_CHANNELS = 250_000;

  /** Of a list, decompressed; one of 50 000 channels has 15 MB. */
  static final long MOST_BYTES = 64L << 20;

  private record Line(String name, long at, int length) {}

  private static final Comparator<Line> BY_NAME =
      Comparator.comparing(Line::name, String.CASE_INSENSITIVE_ORDER).thenComparingLong(Line::at);

  private final ObjectMapper json = new ObjectMapper();
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Integer> categories = new TreeMap<>();
  private final Optional<URI> base;
  private final String shown;
  private long written;
  private int leftOut;
  private int ungrouped;
  private IOException broken = new IOException();
  private boolean failed;

  /**
   * @param base what relative addresses are seen from; without one they are left out
   * @param shown the list's own address, for messages
   */
  ListImport(Optional<URI> base, String shown) {
    this.base = base;
    this.shown = shown;
  }

  /**
   * Writes {@code part} from {@code in}.
   *
   * @throws StreamException where that is no playlist of channels
   */
  void run(InputStream in, Path part) throws IOException {
    Path items = AtomicFiles.part(part.resolveSibling("channels"));
    try {
      List<String> guides = read(in, items);
      lines.sort(BY_NAME);
      write(guides, items, part);
    } finally {
      Files.delete(items);
    }
  }

  int channels() {
    return lines.size();
  }

  /** Name and number of channels of each category. */
  List<Map<String, Object>> categories() {
    Map<String, Integer> sizes = new TreeMap<>(categories);
    if (ungrouped > 0) {
      sizes.merge(sizes.isEmpty() ? ChannelList.ALL : ChannelList.OTHER, ungrouped, Integer::sum);
    }
    List<Map<String, Object>> all = new ArrayList<>();
    sizes.forEach((name, size) -> all.add(Map.of(Field.NAME, name, Field.CHANNELS, size)));
    return all;
  }

  /** Channels that can't be recorded: of other schemes than http and https, or too many. */
  int leftOut() {
    return leftOut;
  }

  private List<String> read(InputStream in, Path items) throws IOException {
    ListLines text = new ListLines(BoundedInput.of(in, MOST_BYTES));
    try (OutputStream out = new BufferedOutputStream(AtomicFiles.output(items), 64 << 10)) {
      M3uParser parser = new M3uParser(channel -> add(channel, out));
      boolean begun = false;
      for (Optional<String> line = text.next(); line.isPresent(); line = text.next()) {
        begun = begun || requirePlaylist(line.get());
        parser.line(line.get());
        if (failed) {
          throw broken;
        }
        if (parser.hls()) {
          throw refused("is one stream, no list of channels; use \"kind\": \"direct\"");
        }
      }
      if (lines.isEmpty()) {
        throw refused(
            leftOut > 0
                ? "lists no channel of http or https"
                : "lists no channel; is it a playlist (#EXTM3U)?");
      }
      return parser.guides();
    }
  }

  /** Whether something stands in the line, which then may be the first of a playlist. */
  private boolean requirePlaylist(String line) {
    String start = line.strip();
    if (start.startsWith("<") || start.startsWith("{") || start.startsWith("[")) {
      throw refused("is a " + (start.startsWith("<") ? "web page" : "JSON") + ", no playlist");
    }
    return !start.isEmpty();
  }

  private void add(Channel channel, OutputStream out) {
    try {
      URI url =
          base.isPresent() ? Urls.resolve(base.get(), channel.url()) : Urls.http(channel.url());
      if (lines.size() >= MOST_CHANNELS) {
        leftOut++;
        return;
      }
      JsonObject fields = ChannelItems.of(channel, url);
      byte[] item = json.writeValueAsBytes(fields.fields());
      out.write(item);
      lines.add(new Line(channel.name(), written, item.length));
      written += item.length;
      List<String> groups = ChannelItems.groups(fields);
      groups.forEach(group -> categories.merge(group, 1, Integer::sum));
      ungrouped += groups.isEmpty() ? 1 : 0;
    } catch (IllegalArgumentException noWebAddress) {
      leftOut++;
    } catch (IOException e) {
      broken = e;
      failed = true;
    }
  }

  private void write(List<String> guides, Path items, Path part) throws IOException {
    try (RandomAccessFile from = new RandomAccessFile(items.toFile(), "r");
        OutputStream out = new BufferedOutputStream(AtomicFiles.output(part), 64 << 10)) {
      out.write(("{\"" + Field.GUIDE + "\":").getBytes(StandardCharsets.UTF_8));
      out.write(json.writeValueAsBytes(guides));
      out.write((",\n\"" + Field.CHANNELS + "\":[\n").getBytes(StandardCharsets.UTF_8));
      boolean first = true;
      for (Line line : lines) {
        byte[] item = new byte[line.length()];
        from.seek(line.at());
        from.readFully(item);
        if (!first) {
          out.write(",\n".getBytes(StandardCharsets.UTF_8));
        }
        first = false;
        out.write(item);
      }
      out.write("\n]}\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private StreamException refused(String what) {
    return new StreamException(new StreamFailure.Failed(shown + " " + what));
  }
}
