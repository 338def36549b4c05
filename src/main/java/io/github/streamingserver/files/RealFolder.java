package io.github.streamingserver.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A folder held by its handle (openat(2)): what is made, replaced or removed by name is in it,
 * whatever becomes of its path meanwhile, and no name leads out of it. Names are those of files
 * alone. Blocks on the file system; one thread at a time.
 *
 * <p>Files and folders are made with the modes 0644 and 0755, less what the umask takes away.
 */
public final class RealFolder implements Closeable {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwxr-xr-x");
  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-r--r--");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE = mode("rw-------");
  private static final String UP = "..";

  private final Path path;
  private final SecureDirectoryStream<Path> handle;

  private RealFolder(Path path, SecureDirectoryStream<Path> handle) {
    this.path = path;
    this.handle = handle;
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /**
   * The folder that {@code real} is, each of its names a folder and none a symbolic link.
   *
   * @param real absolute and normalised, as {@link Path#toRealPath} gives it
   * @throws IOException where it is elsewhere by now, or is not there
   */
  @SuppressWarnings("StreamResourceLeak") // It is what this object holds.
  public static RealFolder open(Path real) throws IOException {
    if (!real.isAbsolute() || !real.normalize().equals(real)) {
      throw new IOException(real + " is no real path");
    }
    DirectoryStream<Path> stream = Files.newDirectoryStream(real);
    try {
      if (!(stream instanceof SecureDirectoryStream<Path> handle)) {
        throw new IOException("this system can't hold the folder " + real);
      }
      if (!isAt(real, handle)) {
        throw moved(real);
      }
      return new RealFolder(real, handle);
    } catch (NoSuchFileException e) {
      stream.close();
      throw moved(real);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  /** As {@link #open}, once what is missing of the folder is made. */
  public static RealFolder create(Path real) throws IOException {
    Path existing = real;
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    if (!existing.toRealPath().equals(existing)) {
      throw moved(real);
    }
    Files.createDirectories(real, FOLDER);
    return open(real);
  }

  /**
   * Goes up from the folder itself, and looks at each step whether it is what its parent has by its
   * name: a path that is followed a second time may lead elsewhere, the way up can't. Needs no
   * right to read the parents.
   */
  private static boolean isAt(Path real, SecureDirectoryStream<Path> handle) throws IOException {
    Object here =
        handle.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    Path up = real.getFileSystem().getPath(UP);
    for (Path at = real; at.getParent() != null; at = at.getParent()) {
      BasicFileAttributes named = attributes(handle, up.resolve(at.getFileName()));
      if (!named.isDirectory() || !Objects.equals(named.fileKey(), here)) {
        return false;
      }
      here = attributes(handle, up).fileKey();
      up = up.resolve(UP);
    }
    Path root = Objects.requireNonNull(real.getRoot());
    return Objects.equals(Files.readAttributes(root, BasicFileAttributes.class).fileKey(), here);
  }

  private static IOException moved(Path real) {
    return new IOException(real + " has become a symbolic link, or lies elsewhere by now");
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> handle, Path name)
      throws IOException {
    return handle
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** Where the folder was when it was opened. */
  public Path path() {
    return path;
  }

  /** The names of all that lies in the folder; to be asked once. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path entry : handle) {
      names.add(entry.getFileName().toString());
    }
    return names;
  }

  /** What {@code name} is; of a symbolic link, the link. */
  public BasicFileAttributes attributes(String name) throws IOException {
    return attributes(handle, file(name));
  }

  /** Whether {@code name} is a file, and no link to one. */
  public boolean hasFile(String name) throws IOException {
    try {
      return attributes(name).isRegularFile();
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /**
   * A new file for writing, in place of whatever has its name: a link or pipe is not written to.
   */
  public FileChannel create(String name) throws IOException {
    return create(name, FILE);
  }

  /** As {@link #create(String)}, for its owner alone to read (0600). */
  public FileChannel createPrivate(String name) throws IOException {
    return create(name, PRIVATE);
  }

  private FileChannel create(String name, FileAttribute<?> mode) throws IOException {
    delete(name);
    return channel(name, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), mode);
  }

  /**
   * A file that is there.
   *
   * @throws IOException where it is none, but a link, pipe or device
   */
  public FileChannel open(String name, OpenOption... options) throws IOException {
    if (!attributes(name).isRegularFile()) {
      throw new IOException(path.resolve(name) + " is no file");
    }
    return channel(name, Set.of(options));
  }

  private FileChannel channel(String name, Set<OpenOption> options, FileAttribute<?>... mode)
      throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    // The JDK's are file channels, as its Files.newByteChannel.
    return (FileChannel) handle.newByteChannel(file(name), all, mode);
  }

  /** Removes {@code name}, where it is there and no folder. */
  public void delete(String name) throws IOException {
    try {
      handle.deleteFile(file(name));
    } catch (NoSuchFileException _) {
      // As is wanted.
    }
  }

  /** Has {@code from} be {@code to} from now on, in one step. */
  public void rename(String from, String to) throws IOException {
    handle.move(file(from), handle, file(to));
  }

  private Path file(String name) throws IOException {
    Path file = path.getFileSystem().getPath(name);
    if (name.isEmpty()
        || name.equals(".")
        || name.equals(UP)
        || file.getNameCount() != 1
        || file.isAbsolute()) {
      throw new IOException("'" + name + "' is no name of a file");
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    handle.close();
  }
}
