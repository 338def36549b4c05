package io.github.streamingserver.fuzz;

import java.util.Locale;

/** What Jazzer calls; the one argument is the name of a {@link Fuzzing}. */
public final class FuzzEntry {
  private static FuzzTarget target = _ -> {};

  private FuzzEntry() {}

  /** Called once. */
  public static void fuzzerInitialize(String[] args) {
    target = Fuzzing.valueOf(args[0].toUpperCase(Locale.ROOT)).target();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.read(input);
  }
}
