package io.github.streamingserver;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as its manifest says. */
final class Version implements IVersionProvider {
  /** The version; "development" where it runs from classes. */
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"StreamingServer " + current()};
  }
}
