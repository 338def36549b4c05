package io.github.streamingserver.http;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the curl program is. Looked for each time, so that one that is installed later is found.
 *
 * @param name of the program, or its path; empty for none
 * @param path the folders that are looked through, as in PATH
 */
record CurlProgram(String name, String path) {
  /** The program, where there is one that may be run. */
  Optional<Path> find() {
    if (name.isBlank()) {
      return Optional.empty();
    }
    Stream<String> folders =
        name.contains(File.separator)
            ? Stream.of("")
            : Stream.of(path.split(File.pathSeparator, -1));
    return folders.flatMap(folder -> in(folder).stream()).findFirst();
  }

  private Optional<Path> in(String folder) {
    try {
      Path file = Path.of(folder, name);
      return Optional.of(file).filter(Files::isRegularFile).filter(Files::isExecutable);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
