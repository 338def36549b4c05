package io.github.streamingserver.recorder;

import io.github.streamingserver.files.RealFolder;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/**
 * The file of one section, playable up to its mark at any moment. Blocks on the disk: for the
 * blocking dispatcher, one thread at a time. Every method throws {@link StreamException}: {@code
 * DiskFull} where there is no space, quota or less than the owner wants free, else {@code Failed}
 * with a {@link DiskFaultException} as its cause.
 */
final class RecordingFile implements AutoCloseable {
  private static final Pattern EARLIER =
      Pattern.compile("stream_\\d+\\.([A-Za-z0-9-]{1,20}\\.vtt|ts|mp4)|log\\.txt");
  private static final long SPACE_CHECK_EVERY = 16L << 20;

  private final Path folder;
  private final String name;
  private final FileChannel channel;
  private final FreeSpace space;
  private long position;
  private long mark;
  private long spaceCheckAt;
  private boolean closed;

  private RecordingFile(Path folder, String name, FileChannel channel, FreeSpace space) {
    this.folder = folder;
    this.name = name;
    this.channel = channel;
    this.space = space;
  }

  /**
   * Makes {@code folder} ready for a recording: what an earlier one left there is removed.
   *
   * @param folder a real path: one that leads through a symbolic link by now is refused
   */
  static void prepare(Path folder) {
    try (RealFolder held = RealFolder.create(folder)) {
      for (String name : held.names()) {
        if (EARLIER.matcher(name).matches() && !held.attributes(name).isDirectory()) {
          held.delete(name);
        }
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** Begins {@code stream_<section>.<extension>} in {@code folder}, as {@link #prepare}. */
  static RecordingFile open(Path folder, int section, String extension, long minFreeSpace) {
    return open(folder, section, extension, FreeSpace.keeping(minFreeSpace));
  }

  /** The same, where {@code space} says what is free enough. */
  static RecordingFile open(Path folder, int section, String extension, FreeSpace space) {
    String name = name(section, extension);
    FoldersInUse.ALL.enter(folder);
    boolean opened = false;
    try (RealFolder held = RealFolder.open(folder)) {
      space.require(folder, 0);
      RecordingFile file = new RecordingFile(folder, name, held.create(name), space);
      opened = true;
      return file;
    } catch (IOException e) {
      throw failure(folder.resolve(name), e);
    } finally {
      if (!opened) {
        FoldersInUse.ALL.leave(folder);
      }
    }
  }

  /**
   * Goes on in a file of an earlier run, of which the first {@code bytes} are whole and the rest is
   * cut off; where it is shorter, in what there is. The mark is at its beginning.
   */
  static RecordingFile resume(
      Path folder, int section, String extension, long bytes, FreeSpace space) {
    String name = name(section, extension);
    FoldersInUse.ALL.enter(folder);
    boolean opened = false;
    try (RealFolder held = RealFolder.open(folder)) {
      FileChannel channel = held.open(name, StandardOpenOption.WRITE);
      RecordingFile file = new RecordingFile(folder, name, channel, space);
      file.position = Math.min(bytes, channel.size());
      channel.truncate(file.position);
      channel.position(file.position);
      opened = true;
      return file;
    } catch (IOException e) {
      throw failure(folder.resolve(name), e);
    } finally {
      if (!opened) {
        FoldersInUse.ALL.leave(folder);
      }
    }
  }

  private static String name(int section, String extension) {
    return "stream_" + section + "." + extension;
  }

  /** Where the file of a section is. */
  static Path path(Path folder, int section, String extension) {
    return folder.resolve(name(section, extension));
  }

  Path path() {
    return folder.resolve(name);
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
      ByteBuffer[] buffers = buffers(bytes);
      long end = position + bytes.size();
      while (position < end) {
        position += channel.write(buffers);
      }
    } catch (IOException e) {
      throw failure(path(), e);
    }
  }

  private static ByteBuffer[] buffers(ByteString bytes) {
    List<ByteBuffer> all = new ArrayList<>(2);
    bytes.getByteBuffers().forEach(all::add);
    return all.toArray(ByteBuffer[]::new);
  }

  /**
   * Refuses where {@code expected} more bytes would leave less free than the owner wants.
   *
   * @param expected bytes still to come; 0 where not known
   */
  void checkSpace(long expected) {
    try {
      space.require(folder, expected);
    } catch (IOException e) {
      throw failure(path(), e);
    }
    spaceCheckAt = position + SPACE_CHECK_EVERY;
  }

  /** All up to here is whole. */
  void mark() {
    mark = position;
  }

  /** Bytes up to the mark. */
  long marked() {
    return mark;
  }

  /** Brings what was written to the disk. */
  void sync() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failure(path(), e);
    }
  }

  /** Cuts the file back to its mark. */
  void rollback() {
    try {
      channel.truncate(mark);
      channel.position(mark);
      position = mark;
    } catch (IOException e) {
      throw failure(path(), e);
    }
  }

  /** Removes the file; to be called once it is closed. */
  void delete() {
    try (RealFolder held = RealFolder.open(folder)) {
      held.delete(name);
    } catch (IOException e) {
      throw failure(path(), e);
    }
  }

  /** Brings all to the disk and closes. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      throw failure(path(), e);
    } finally {
      FoldersInUse.ALL.leave(folder);
    }
  }

  /** What a disk's complaint about {@code path} is for a client. */
  static StreamException failure(Path path, IOException cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    boolean full = text.contains("no space left") || text.contains("quota exceeded");
    if (full) {
      return new StreamException(
          new StreamFailure.DiskFull(path + " can't be written: " + cause), cause);
    }
    DiskFaultException fault = new DiskFaultException(path, cause);
    return new StreamException(new StreamFailure.Failed(String.valueOf(fault.getMessage())), fault);
  }
}
