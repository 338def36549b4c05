package io.github.streamingserver.provider.thumbnail;

import io.github.streamingserver.files.RealFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pictures of one provider on disk, named by a hash of their address; those that were wanted least
 * recently make room. Blocks on the file system. Several threads may use one folder.
 */
final class ThumbnailFolder {
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}\\.[a-z]{3,4}");
  private static final int HASH_BYTES = 16;
  private static final String PART = ".part";

  private record Stored(Path file, long size, FileTime wanted) {}

  private final Path folder;

  ThumbnailFolder(Path folder) {
    this.folder = folder;
  }

  /** The picture behind {@code url}, where it is there; it counts as wanted now. */
  Optional<Path> find(URI url, Instant now) throws IOException {
    String name = name(url) + ".";
    for (Stored stored : stored()) {
      String file = stored.file().getFileName().toString();
      if (file.startsWith(name) && !file.endsWith(PART)) {
        Files.setLastModifiedTime(stored.file(), FileTime.from(now));
        return Optional.of(stored.file());
      }
    }
    return Optional.empty();
  }

  /** Keeps a picture, and of the others as many as may be; a reader never sees half of one. */
  Path keep(URI url, String extension, byte[] content, int mostFiles, long mostBytes)
      throws IOException {
    Path file = folder.resolve(name(url) + "." + extension);
    try (RealFolder held = RealFolder.create(folder)) {
      makeRoom(mostFiles - 1, mostBytes - content.length);
      String part = name(url) + PART;
      try (FileChannel out = held.create(part)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        held.rename(part, String.valueOf(file.getFileName()));
      } finally {
        held.delete(part);
      }
    }
    return file;
  }

  private void makeRoom(int mostFiles, long mostBytes) throws IOException {
    List<Stored> all = new ArrayList<>(stored());
    all.sort(Comparator.comparing(Stored::wanted));
    int files = all.size();
    long bytes = all.stream().mapToLong(Stored::size).sum();
    for (Stored stored : all) {
      if (files <= mostFiles && bytes <= mostBytes) {
        return;
      }
      Files.deleteIfExists(stored.file());
      files--;
      bytes -= stored.size();
    }
  }

  private List<Stored> stored() throws IOException {
    List<Stored> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ThumbnailFolder::isOurs).toList()) {
        try {
          BasicFileAttributes attributes =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          if (!attributes.isRegularFile()) {
            continue;
          }
          found.add(new Stored(file, attributes.size(), attributes.lastModifiedTime()));
        } catch (NoSuchFileException _) {
          // Another has made room.
        }
      }
    }
    return found;
  }

  private static boolean isOurs(Path file) {
    return OURS.matcher(file.getFileName().toString()).matches();
  }

  private static String name(URI url) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(url.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
