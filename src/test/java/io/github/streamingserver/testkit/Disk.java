package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What disks do to files, where this system lets us: most needs root. */
public final class Disk {
  private Disk() {}

  /** Runs a program; whether it went well. */
  public static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Refuses all writing to {@code file} from now on, also by who has it open. */
  public static void refuse(Path file) {
    if (!run("chattr", "+i", file.toString())) {
      throw new IllegalStateException(file + " can't be made immutable");
    }
  }

  /** The opposite of {@link #refuse}. */
  public static void allow(Path file) {
    if (!run("chattr", "-i", file.toString())) {
      throw new IllegalStateException(file + " can't be made mutable");
    }
  }

  /** Whether {@link #refuse} is a thing that files in {@code folder} know. */
  public static boolean knowsRefusal(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "refusal-", "");
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      if (!run("chattr", "+i", file.toString())) {
        return false;
      }
      out.write(1);
      return false;
    } catch (IOException refused) {
      return true;
    } finally {
      run("chattr", "-i", file.toString());
      Files.delete(file);
    }
  }

  /** A disk in memory at {@code folder}; false where this system gives none. */
  public static boolean mount(Path folder, String size) {
    return run("mount", "-t", "tmpfs", "-o", "size=" + size, "none", folder.toString());
  }

  /** Takes away what is mounted at these folders, in use or not. */
  public static void unmount(List<Path> folders) {
    folders.forEach(folder -> run("umount", "-l", folder.toString()));
  }
}
