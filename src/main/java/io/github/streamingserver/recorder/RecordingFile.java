package io.github.streamingserver.recorder;

import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/**
 * The file of one section, playable up to its mark at any moment. Blocks on the disk: for the
 * blocking dispatcher, one thread at a time. Every method throws {@link StreamException}: {@code
 * DiskFull} where there is no space, quota or less than the owner wants free, else {@code Failed}.
 */
final class RecordingFile implements AutoCloseable {
  private static final Pattern EARLIER = Pattern.compile("stream_\\d+\\.(ts|mp4)|log\\.txt");
  private static final long SPACE_CHECK_EVERY = 16L << 20;

  private final Path path;
  private final FileChannel channel;
  private final FileStore store;
  private final long minFreeSpace;
  private long position;
  private long mark;
  private long spaceCheckAt;

  private RecordingFile(Path path, FileChannel channel, FileStore store, long minFreeSpace) {
    this.path = path;
    this.channel = channel;
    this.store = store;
    this.minFreeSpace = minFreeSpace;
  }

  /** Makes {@code folder} ready for a recording: what an earlier one left there is removed. */
  static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> earlier =
          Files.newDirectoryStream(
              folder, path -> EARLIER.matcher(path.getFileName().toString()).matches())) {
        for (Path file : earlier) {
          if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** Begins {@code stream_<section>.<extension>} in {@code folder}. */
  static RecordingFile open(Path folder, int section, String extension, long minFreeSpace) {
    Path path = folder.resolve("stream_" + section + "." + extension);
    try {
      FileStore store = Files.getFileStore(folder);
      requireSpace(store, path, minFreeSpace, 0);
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      return new RecordingFile(path, channel, store, minFreeSpace);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  Path path() {
    return path;
  }

  /** Bytes in the file. */
  long size() {
    return position;
  }

  /** Appends. */
  void write(ByteString bytes) {
    if (position >= spaceCheckAt) {
      checkSpace(0);
    }
    try {
      for (ByteBuffer buffer : bytes.getByteBuffers()) {
        while (buffer.hasRemaining()) {
          position += channel.write(buffer);
        }
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /**
   * Refuses where {@code expected} more bytes would leave less free than the owner wants.
   *
   * @param expected bytes still to come; 0 where not known
   */
  void checkSpace(long expected) {
    try {
      requireSpace(store, path, minFreeSpace, expected);
    } catch (IOException e) {
      throw failure(path, e);
    }
    spaceCheckAt = position + SPACE_CHECK_EVERY;
  }

  private static void requireSpace(FileStore store, Path path, long minFreeSpace, long expected)
      throws IOException {
    if (store.getUsableSpace() - expected < minFreeSpace) {
      throw new StreamException(
          new StreamFailure.DiskFull(
              "Less than recording.min-free-space (%d MiB) would be free in %s"
                  .formatted(minFreeSpace >> 20, path.getParent())));
    }
  }

  /** All up to here is whole. */
  void mark() {
    mark = position;
  }

  /** Cuts the file back to its mark. */
  void rollback() {
    try {
      channel.truncate(mark);
      channel.position(mark);
      position = mark;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** Removes the file; to be called once it is closed. */
  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** Brings all to the disk and closes. */
  @Override
  public void close() {
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** What a disk's complaint about {@code path} is for a client. */
  static StreamException failure(Path path, IOException cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    boolean full = text.contains("no space left") || text.contains("quota exceeded");
    String message = path + " can't be written: " + cause;
    return new StreamException(
        full ? new StreamFailure.DiskFull(message) : new StreamFailure.Failed(message), cause);
  }
}
