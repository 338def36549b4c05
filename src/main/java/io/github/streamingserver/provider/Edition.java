package io.github.streamingserver.provider;

import java.nio.file.Path;
import java.util.List;

/**
 * A provider's folder as it was at one time; each change of it makes another. Two are never equal.
 */
final class Edition {
  private final ProviderManifest manifest;
  private final Path folder;
  private final List<Path> jars;

  /**
   * @param jars copies of those in the folder, which stay as long as this is in memory
   */
  Edition(ProviderManifest manifest, Path folder, List<Path> jars) {
    this.manifest = manifest;
    this.folder = folder;
    this.jars = List.copyOf(jars);
  }

  ProviderManifest manifest() {
    return manifest;
  }

  Path folder() {
    return folder;
  }

  List<Path> jars() {
    return jars;
  }
}
