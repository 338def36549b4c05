package io.github.streamingserver.provider.m3u;

import io.github.streamingserver.config.AllowedRoots;
import io.github.streamingserver.files.RealFolder;
import io.github.streamingserver.http.HttpFetch;
import io.github.streamingserver.http.TextFetcher;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import io.github.streamingserver.provider.BoundedInput;
import io.github.streamingserver.provider.ProviderContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Where a list or a guide comes from: the web, or a file that the owner put there. */
sealed interface ListSource {
  /** Waits for bytes most of the time: no thread of the pool that recordings write with. */
  Executor READERS = work -> Thread.ofVirtual().name("provider-list").start(work);

  /** Reads what there is at the moment. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param base what relative addresses are seen from
     */
    void read(Optional<URI> base, InputStream in) throws IOException;
  }

  /**
   * Reads it, in bounded memory and time; fails with a {@link StreamException}.
   *
   * @param mostBytes as they come, compressed or not
   */
  CompletionStage<?> read(ProviderContext context, long mostBytes, Duration longest, Reader reader);

  /** All of the address; what it holds must not be shown. */
  String address();

  /** What the content is of: the address, and of a file, which version of it. Blocks. */
  String version();

  /** As it may stand in a message. */
  String shown();

  /**
   * The source that {@code text} in a config.json names: an http or https address, else a file,
   * relative to the provider's folder.
   *
   * @throws IllegalArgumentException with a message for people
   */
  static ListSource of(String text, Path folder, AllowedRoots roots) {
    String place = text.strip();
    if (place.matches("(?i)https?:.*")) {
      return new Web(Urls.http(place));
    }
    String path = place.regionMatches(true, 0, "file:", 0, 5) ? URI.create(place).getPath() : place;
    if (path == null || path.isEmpty() || path.contains("://")) {
      throw new IllegalArgumentException("only http and https addresses and files are read");
    }
    try {
      return new Local(folder.resolve(path).normalize(), folder, roots);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no name of a file: " + e.getReason(), e);
    }
  }

  /** An address. */
  record Web(URI url) implements ListSource {
    @Override
    public CompletionStage<?> read(
        ProviderContext context, long mostBytes, Duration longest, Reader reader) {
      TextFetcher.BodyReader<Boolean> all =
          (from, in) -> {
            reader.read(Optional.of(from), in);
            return true;
          };
      return context.pages().stream(
          HttpFetch.text(url), context.session(), mostBytes, longest, all, READERS);
    }

    @Override
    public String address() {
      return url.toString();
    }

    @Override
    public String version() {
      return address();
    }

    @Override
    public String shown() {
      return Urls.shown(url);
    }
  }

  /**
   * A file.
   *
   * @param folder the provider's own, in which it may lie; else under one of {@code roots}
   */
  record Local(Path file, Path folder, AllowedRoots roots) implements ListSource {
    @Override
    public CompletionStage<?> read(
        ProviderContext context, long mostBytes, Duration longest, Reader reader) {
      return CompletableFuture.runAsync(
          () -> {
            try (InputStream in = open(allowed())) {
              reader.read(Optional.empty(), BoundedInput.plain(in, mostBytes));
            } catch (BoundedInput.BrokenGzipException e) {
              throw failed("is " + e.getMessage());
            } catch (IOException e) {
              throw failed("can't be read: " + e);
            }
          },
          READERS);
    }

    @Override
    public String address() {
      return file.toString();
    }

    @Override
    public String version() {
      try {
        Path real = allowed();
        return real + "|" + Files.getLastModifiedTime(real) + "|" + Files.size(real);
      } catch (IOException e) {
        throw failed("can't be read: " + e);
      }
    }

    @Override
    public String shown() {
      return file.toString();
    }

    /** What lies there now, no link that has taken its place since it was looked at. */
    private static InputStream open(Path real) throws IOException {
      try (RealFolder parent = RealFolder.open(Objects.requireNonNull(real.getParent()))) {
        return Channels.newInputStream(
            parent.open(String.valueOf(real.getFileName()), StandardOpenOption.READ));
      }
    }

    private Path allowed() throws IOException {
      Path real;
      try {
        real = file.toRealPath();
      } catch (IOException e) {
        throw failed("is not there, or can't be read");
      }
      if (real.startsWith(folder.toRealPath())) {
        return requireFile(real);
      }
      try {
        return requireFile(new AllowedRoots("url", roots.setting(), roots.roots()).resolve(real));
      } catch (IllegalArgumentException e) {
        throw new StreamException(new StreamFailure.Failed(String.valueOf(e.getMessage())), e);
      }
    }

    /** A device or pipe might never end. */
    private Path requireFile(Path real) {
      if (!Files.isRegularFile(real)) {
        throw failed("is no file");
      }
      return real;
    }

    private StreamException failed(String what) {
      return new StreamException(new StreamFailure.Failed(file + " " + what));
    }
  }
}
