package io.github.streamingserver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders under which a client may let the server write.
 *
 * @param argument the request's argument that names a folder, for the message
 * @param setting the key in streamingserver.conf that would allow another
 */
public record AllowedRoots(String argument, String setting, List<Path> roots) {
  public AllowedRoots {
    roots = List.copyOf(roots);
  }

  static AllowedRoots of(String argument, String setting, List<String> roots) {
    return new AllowedRoots(
        argument, setting, roots.stream().map(root -> Path.of(root).normalize()).toList());
  }

  /**
   * {@code folder} with the symbolic links of its existing part resolved, where that lies under a
   * root. Blocks on the file system.
   *
   * @throws IllegalArgumentException where it does not, or can't be looked at; for people
   */
  public Path resolve(Path folder) {
    try {
      Path real = real(folder);
      // Others are looked at only where that does not do: the disk of one may not answer.
      for (Path root : roots) {
        if (real.startsWith(root) && Files.exists(root)) {
          return real;
        }
      }
      for (Path root : roots) {
        if (Files.exists(root) && real.startsWith(root.toRealPath())) {
          return real;
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(argument + " " + folder + " can't be read: " + e, e);
    }
    throw new IllegalArgumentException(
        argument
            + " "
            + folder
            + " is not allowed; it must lie under one of "
            + roots
            + " (setting "
            + setting
            + ")");
  }

  private static Path real(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path existing = absolute;
    while (existing.getParent() != null && !Files.exists(existing)) {
      if (Files.isSymbolicLink(existing)) {
        throw new IOException("a symbolic link that leads nowhere");
      }
      existing = existing.getParent();
    }
    return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
  }
}
