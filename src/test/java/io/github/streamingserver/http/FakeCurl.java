package io.github.streamingserver.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A shell script by the name of curl. */
final class FakeCurl {
  private FakeCurl() {}

  static void write(Path folder, String script) throws IOException {
    Path file = folder.resolve("curl");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
