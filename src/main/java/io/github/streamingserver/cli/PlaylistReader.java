package io.github.streamingserver.cli;

import io.github.streamingserver.hls.Playlist;
import io.github.streamingserver.hls.PlaylistException;
import io.github.streamingserver.hls.PlaylistLimits;
import io.github.streamingserver.hls.PlaylistParser;
import io.github.streamingserver.model.Urls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads playlists from files and URLs.
 *
 * @param folder what relative paths start at
 */
record PlaylistReader(Path folder, PlaylistLimits limits, PlaylistDownload download) {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+://.*+");

  /** Takes the place of the address that a file does not have; nothing of it is ever shown. */
  private static final URI NO_BASE = URI.create("http://file.invalid/");

  /**
   * The playlist at a path, or at a URL.
   *
   * @throws NoPlaylistException where there is none
   */
  ReadPlaylist read(String source) throws NoPlaylistException {
    try {
      if (SCHEME.matcher(source).matches()) {
        PlaylistDownload.Answer answer = download.fetch(url(source));
        return new ReadPlaylist(source, true, parse(answer.text(), answer.url()));
      }
      return new ReadPlaylist(source, false, parse(file(source), NO_BASE));
    } catch (PlaylistException e) {
      throw new NoPlaylistException(String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError _) {
      throw new NoPlaylistException(
          "needs more memory than there is: STREAMCTL_JAVA_OPTS=-Xmx2g gives more");
    }
  }

  private Playlist parse(String text, URI base) {
    return PlaylistParser.parseAlone(text, base, limits);
  }

  private static URI url(String source) throws NoPlaylistException {
    try {
      return Urls.http(source);
    } catch (IllegalArgumentException e) {
      throw new NoPlaylistException(String.valueOf(e.getMessage()));
    }
  }

  private String file(String source) throws NoPlaylistException {
    try {
      Path path = folder.resolve(source);
      if (Files.isDirectory(path)) {
        throw new NoPlaylistException("a folder: name the playlists in it, as FOLDER/*");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return BoundedText.read(in, limits.maxSize());
      }
    } catch (NoSuchFileException | InvalidPathException _) {
      throw new NoPlaylistException("no such file");
    } catch (AccessDeniedException _) {
      throw new NoPlaylistException("a file that you may not read");
    } catch (IOException e) {
      throw new NoPlaylistException("can't be read: " + e.getMessage());
    }
  }
}
