package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.fuzz.FuzzTarget;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.provider.BoundedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A list of channels is imported or refused, and what was imported is a list. */
public final class M3uFuzz implements FuzzTarget {
  private static final Optional<URI> BASE = Optional.of(URI.create("https://site.test/a/list.m3u"));
  private static final int GZIP = 0x1f;

  /** Of each byte, where it is escaped and in quotes; and the fields' names of each channel. */
  private static final int GROWTH = 200;

  private final Path folder;

  /** Makes a folder for the lists. */
  public M3uFuzz() {
    try {
      folder = Files.createTempDirectory("m3u");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.toFile().deleteOnExit();
  }

  @Override
  public void read(byte[] input) throws IOException {
    Path file = Files.createFile(folder.resolve("list"));
    try {
      ListImport list = new ListImport(BASE, "the list");
      list.run(new ByteArrayInputStream(input), file);
      boolean packed = input.length > 0 && input[0] == GZIP;
      FuzzTarget.promise(
          packed || Files.size(file) <= (long) GROWTH * input.length + 1000, "grew beyond bounds");
      check(list, ChannelList.read(file));
    } catch (StreamException | BoundedInput.BrokenGzipException e) {
      FuzzTarget.promise(String.valueOf(e.getMessage()).length() < 1000, "a message without end");
    } finally {
      Files.delete(file);
    }
    try (var left = Files.list(folder)) {
      FuzzTarget.promise(left.findAny().isEmpty(), "a file is left behind");
    }
  }

  private static void check(ListImport list, ChannelList read) {
    FuzzTarget.promise(list.channels() == read.size(), "another number of channels");
    FuzzTarget.promise(
        list.categories().size() == read.categories().size(), "another number of categories");
    for (String category : read.categories()) {
      for (JsonObject item : read.items(category)) {
        URI url = URI.create(item.text(Field.URL).orElse(""));
        FuzzTarget.promise(url.getHost() != null, "a channel without an address");
        FuzzTarget.promise(read.headers(url).size() < 1 << 16, "headers without end");
      }
    }
    FuzzTarget.promise(read.search("a b").size() <= read.size(), "more found than there are");
    FuzzTarget.promise(read.guideKeys().size() <= read.size(), "more keys than channels");
  }
}
