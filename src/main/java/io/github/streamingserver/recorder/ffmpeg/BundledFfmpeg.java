package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The ffmpeg that lies on the class path, unpacked: programs and the libraries they need. */
final class BundledFfmpeg {
  private static final String ROOT = "org/bytedeco/ffmpeg/";
  private static final String PROGRAM = "/ffmpeg";
  private static final String BINDINGS_FOR_JAVA = "libjni";

  private BundledFfmpeg() {}

  /**
   * The programs in a folder of {@code cache} that is named after their version and platform;
   * unpacked where they are not there yet.
   */
  static synchronized FfmpegPrograms in(Path cache) throws IOException {
    String prefix = ROOT + platform();
    Optional<URL> program =
        Optional.ofNullable(BundledFfmpeg.class.getResource("/" + prefix + PROGRAM));
    if (program.isEmpty() || !(program.get().openConnection() instanceof JarURLConnection inJar)) {
      throw new FfmpegUnavailableException(
          "There is no ffmpeg on the PATH, and none for " + platform() + " comes along");
    }
    JarFile jar = inJar.getJarFile();
    String name = Path.of(jar.getName()).getFileName().toString().replaceFirst("\\.jar$", "");
    Path folder = cache.toAbsolutePath().resolve(name);
    if (!Files.isDirectory(folder)) {
      unpack(jar, prefix + "/", folder);
    }
    return DeviceLibraries.standInFor(new FfmpegPrograms(folder, Optional.of(folder)));
  }

  private static String platform() {
    String arch = System.getProperty("os.arch");
    return switch (arch) {
      case "amd64" -> "linux-x86_64";
      case "aarch64" -> "linux-arm64";
      default -> "linux-" + arch;
    };
  }

  /** Into a folder of its own first: two processes may unpack at once, the first to end wins. */
  static void unpack(JarFile jar, String prefix, Path folder) throws IOException {
    Path cache = Files.createDirectories(folder.getParent());
    Path fresh = Files.createTempDirectory(cache, "unpacking-");
    try {
      for (JarEntry entry : programsAndLibraries(jar, prefix)) {
        Path file = fresh.resolve(entry.getName().substring(prefix.length()));
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, file);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(fresh);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static List<JarEntry> programsAndLibraries(JarFile jar, String prefix) {
    return jar.stream()
        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
        .filter(entry -> entry.getName().indexOf('/', prefix.length()) < 0)
        .filter(entry -> !entry.getName().startsWith(BINDINGS_FOR_JAVA, prefix.length()))
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
