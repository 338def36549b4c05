package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Unpacks the ffmpeg that lies on the class path, and makes it run on a bare system. */
final class BundledFfmpeg {
  private static final String INSTALL = "; install ffmpeg (Debian and Ubuntu: apt install ffmpeg)";
  private static final String UNUSED = "libjni";
  private static final Pattern MISSING =
      Pattern.compile("error while loading shared libraries: (\\S+): cannot open");

  /** Libraries of devices (sound, screen) that ffmpeg links to and that we never use. */
  private static final Pattern DEVICE =
      Pattern.compile("lib(pulse|asound|xcb|xcb-\\w+|udev|drm|va|va-drm|SDL2\\S*)\\.so\\.\\d+");

  private static final String STAND_IN = "libva-drm.so.2";
  private static final int MOST_STAND_INS = 12;

  private BundledFfmpeg() {}

  static FfmpegPrograms unpack() throws IOException {
    String platform = platform();
    URL program =
        Optional.ofNullable(
                BundledFfmpeg.class.getResource("/org/bytedeco/ffmpeg/" + platform + "/ffmpeg"))
            .orElseThrow(
                () ->
                    new IOException(
                        "There is no ffmpeg on the PATH, nor for " + platform + INSTALL));
    JarURLConnection connection = (JarURLConnection) program.openConnection();
    Path jar = Path.of(connection.getJarFile().getName());
    Path folder = cache().resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
    if (!Files.isDirectory(folder)) {
      unpack(connection.getJarFile(), program.getPath(), folder);
    }
    return new FfmpegPrograms(folder, Optional.of(folder));
  }

  private static String platform() {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "linux-x86_64";
      case "aarch64" -> "linux-arm64";
      default -> System.getProperty("os.arch");
    };
  }

  private static Path cache() {
    String set = System.getenv("XDG_CACHE_HOME");
    Path base =
        set == null || set.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(set);
    return base.resolve("streamingserver");
  }

  /** Into a folder of its own first: two processes may unpack at once, the first to end wins. */
  private static void unpack(JarFile jar, String programPath, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    Path fresh = Files.createTempDirectory(folder.getParent(), "ffmpeg-");
    String prefix =
        programPath.substring(programPath.indexOf("!/") + 2).replaceFirst("ffmpeg$", "");
    Enumeration<JarEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      String name = entry.getName();
      String file = name.substring(name.lastIndexOf('/') + 1);
      if (!entry.isDirectory() && name.equals(prefix + file) && !file.startsWith(UNUSED)) {
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, fresh.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(
            fresh.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    standInForDevices(fresh);
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(fresh);
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  /**
   * A library of a device that this system lacks is replaced by one that is there: none is used.
   */
  private static void standInForDevices(Path folder) throws IOException {
    FfmpegPrograms programs = new FfmpegPrograms(folder, Optional.of(folder));
    for (int i = 0; i < MOST_STAND_INS; i++) {
      String output = version(programs);
      if (output.contains("ffmpeg version")) {
        return;
      }
      Matcher missing = MISSING.matcher(output);
      if (!missing.find() || !DEVICE.matcher(missing.group(1)).matches()) {
        throw new IOException(
            "The ffmpeg that comes along doesn't run: " + output.strip() + INSTALL);
      }
      Files.createSymbolicLink(folder.resolve(missing.group(1)), Path.of(STAND_IN));
    }
    throw new IOException("The ffmpeg that comes along doesn't run" + INSTALL);
  }

  private static String version(FfmpegPrograms programs) throws IOException {
    Process process = programs.ffmpeg(List.of("-version")).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
