package io.github.streamingserver.recorder.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegProgramsTest {
  @TempDir Path folder;

  private FfmpegSettings searching(Path... path) {
    return new FfmpegSettings(Optional.empty(), List.of(path), folder.resolve("cache"));
  }

  private Path program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String output(ProcessBuilder process) throws IOException {
    try (var out = process.redirectErrorStream(true).start().getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void unpacksThoseThatComeAlongOnce() throws Exception {
    FfmpegPrograms found = FfmpegPrograms.find(searching());
    assertThat(output(found.ffmpeg(List.of("-version")))).contains("ffmpeg version");
    assertThat(output(found.ffprobe(List.of("-version")))).contains("ffprobe version");
    assertThat(files(folder.resolve("cache"))).containsExactly(found.folder());
    assertThat(found.folder().getFileName().toString()).startsWith("ffmpeg-").contains("-linux-");
    assertThat(files(found.folder()))
        .noneMatch(file -> file.getFileName().toString().contains("jni"));

    Path mark = Files.createFile(found.folder().resolve("mark"));
    for (Path file : files(found.folder())) {
      if (Files.isSymbolicLink(file)) {
        Files.delete(file);
      }
    }
    FfmpegPrograms again = FfmpegPrograms.find(searching());
    assertThat(mark).exists();
    assertThat(output(again.ffmpeg(List.of("-version")))).contains("ffmpeg version");
  }

  @ParameterizedTest
  @CsvSource({"false, unpacked", "true, another's"})
  void leavesAloneWhatAnotherProcessUnpackedMeanwhile(boolean meanwhile, String content)
      throws Exception {
    Path jar = folder.resolve("ffmpeg-1.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("p/ffmpeg", "p/libjnix.so", "p/include/a.h", "q/ffmpeg")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("unpacked".getBytes(StandardCharsets.UTF_8));
      }
    }
    Path unpacked = folder.resolve("cache/ffmpeg-1");
    if (meanwhile) {
      Files.createDirectories(unpacked);
      Files.writeString(unpacked.resolve("ffmpeg"), content);
    }
    try (JarFile open = new JarFile(jar.toFile())) {
      BundledFfmpeg.unpack(open, "p/", unpacked);
    }
    assertThat(files(folder.resolve("cache"))).containsExactly(unpacked);
    assertThat(files(unpacked)).containsExactly(unpacked.resolve("ffmpeg"));
    assertThat(unpacked.resolve("ffmpeg")).hasContent(content);
  }

  @Test
  void prefersThePathWhereItHasBoth() throws Exception {
    program("half/ffmpeg", "echo half");
    program("both/ffmpeg", "echo mine \"$@\"");
    program("both/ffprobe", "echo probe \"$@\"");
    FfmpegPrograms found =
        FfmpegPrograms.find(searching(folder.resolve("half"), folder.resolve("both")));
    assertThat(output(found.ffmpeg(List.of("-i", "a b")))).isEqualTo("mine -i a b\n");
    assertThat(output(found.ffprobe(List.of("x")))).isEqualTo("probe x\n");
    assertThat(found.libraries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"opt", "opt/ffmpeg"})
  void anOwnersChoiceComesFirst(String choice) throws Exception {
    program("path/ffmpeg", "");
    program("path/ffprobe", "");
    program("opt/ffmpeg", "");
    program("opt/ffprobe", "");
    FfmpegSettings settings = searching(folder.resolve("path"));
    assertThat(FfmpegPrograms.find(settings.withPrograms(folder.resolve(choice))).folder())
        .isEqualTo(folder.resolve("opt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "nowhere/ffmpeg", "opt", "opt/ffmpeg"})
  void anOwnersChoiceIsNeverPassedOver(String choice) throws Exception {
    program("path/ffmpeg", "");
    program("path/ffprobe", "");
    program("opt/ffmpeg", "");
    FfmpegSettings settings = searching(folder.resolve("path"));
    assertThatExceptionOfType(FfmpegUnavailableException.class)
        .isThrownBy(() -> FfmpegPrograms.find(settings.withPrograms(folder.resolve(choice))))
        .withMessageContaining(folder.resolve(choice).toString())
        .withMessageContaining("apt install ffmpeg");
  }

  @ParameterizedTest
  @CsvSource({
    "libva-drm.so.2, libpulse.so.0",
    "libva-drm.so.2, libxcb-shm.so.0",
    "libvcos.so, libva-drm.so.2",
    "libvcos.so, libdrm.so.2"
  })
  void linksAMissingLibraryOfADeviceToOneThatIsThere(String standIn, String missing)
      throws Exception {
    Files.createFile(folder.resolve(standIn));
    program(
        "ffmpeg",
        """
        test -e "${0%%/*}/%1$s" && echo ffmpeg version 8 && exit
        echo "$0: error while loading shared libraries: %1$s: cannot open shared object file" >&2
        """
            .formatted(missing));
    DeviceLibraries.standInFor(new FfmpegPrograms(folder, Optional.of(folder)));
    assertThat(folder.resolve(missing).toRealPath(LinkOption.NOFOLLOW_LINKS).toRealPath())
        .isEqualTo(folder.resolve(standIn).toRealPath());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error while loading shared libraries: libstdc++.so.6: cannot open shared object file",
        "error while loading shared libraries: libpulse.so.0: cannot open shared object file",
        "error while loading shared libraries: ../../libpulse.so.0: cannot open shared object file",
        "version `GLIBC_2.35' not found",
        ""
      })
  void tellsWhyItCantRunAndWhatToInstall(String loader) throws Exception {
    Files.createFile(folder.resolve("libva-drm.so.2"));
    program("ffmpeg", "echo \"" + loader.replace("`", "\\`") + "\" >&2");
    assertThatExceptionOfType(FfmpegUnavailableException.class)
        .isThrownBy(
            () -> DeviceLibraries.standInFor(new FfmpegPrograms(folder, Optional.of(folder))))
        .withMessageContaining(loader)
        .withMessageContaining("apt install ffmpeg");
  }

  @Test
  void aProgramForAnotherMachineIsToldToo() throws Exception {
    Files.writeString(program("ffmpeg", ""), "\177ELF");
    assertThatExceptionOfType(FfmpegUnavailableException.class)
        .isThrownBy(
            () -> DeviceLibraries.standInFor(new FfmpegPrograms(folder, Optional.of(folder))))
        .withMessageContaining("apt install ffmpeg");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "unset",
      value = {"unset, /home/a/.cache", "'', /home/a/.cache", "rel, /home/a/.cache", "/x, /x"})
  void unpacksIntoTheUsersCache(String set, String base) {
    Map<String, String> environment =
        Optional.ofNullable(set).map(it -> Map.of("XDG_CACHE_HOME", it)).orElse(Map.of());
    assertThat(FfmpegSettings.of(environment, Path.of("/home/a")).cache())
        .isEqualTo(Path.of(base, "streamingserver"));
  }

  @ParameterizedTest
  @CsvSource({
    "'./ffmpeg: ./libxcb.so.1: no version information available (required by ./libav.so)', true",
    "'[h264 @ 0x1] no frame!', false"
  })
  void knowsTheLoadersNotes(String line, boolean note) {
    assertThat(FfmpegPrograms.isLoaderNote(line)).isEqualTo(note);
  }
}
