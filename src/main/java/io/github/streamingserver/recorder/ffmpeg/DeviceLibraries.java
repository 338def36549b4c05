package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an unpacked ffmpeg run on a system without sound, screen or graphics card. It is linked to
 * the libraries of such devices and does not start without them, though no recording uses a device;
 * a link to any small library in their place contents the loader, which binds functions when they
 * are first called.
 */
final class DeviceLibraries {
  private static final Pattern MISSING =
      Pattern.compile("error while loading shared libraries: (\\S+): cannot open");
  private static final Pattern OF_DEVICES =
      Pattern.compile("lib(pulse|asound|xcb|xcb-\\w+|udev|drm|va|va-drm)\\.so\\.\\d+");

  /**
   * Libraries that come along, of which one is there on each platform. They have no symbol
   * versions: the loader refuses one that has other versions than those asked for.
   */
  private static final List<String> STAND_INS = List.of("libva-drm.so.2", "libvcos.so");

  private static final int MOST_LIBRARIES = 12;

  private DeviceLibraries() {}

  /**
   * {@code programs}, which run now. Also done for a folder that was unpacked long ago: the system
   * may have lost a library since.
   *
   * @throws FfmpegUnavailableException where they lack another library, or fail otherwise
   */
  static FfmpegPrograms standInFor(FfmpegPrograms programs) throws IOException {
    String said = "";
    for (int i = 0; i <= MOST_LIBRARIES; i++) {
      said = version(programs);
      if (said.contains("ffmpeg version")) {
        return programs;
      }
      Matcher missing = MISSING.matcher(said);
      if (!missing.find() || !OF_DEVICES.matcher(missing.group(1)).matches()) {
        break;
      }
      link(programs.folder(), missing.group(1));
    }
    throw new FfmpegUnavailableException("The ffmpeg that comes along doesn't run: " + said);
  }

  private static void link(Path folder, String library) throws IOException {
    for (String standIn : STAND_INS) {
      if (Files.exists(folder.resolve(standIn)) && !standIn.equals(library)) {
        try {
          Files.createSymbolicLink(folder.resolve(library), Path.of(standIn));
        } catch (FileAlreadyExistsException _) {
          // Another process was faster.
        }
        return;
      }
    }
    throw new FfmpegUnavailableException("The ffmpeg that comes along needs " + library);
  }

  private static String version(FfmpegPrograms programs) throws IOException {
    try {
      Process process = programs.ffmpeg(List.of("-version")).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new FfmpegUnavailableException(
          "The ffmpeg that comes along can't be started: " + e.getMessage(), e);
    }
  }
}
