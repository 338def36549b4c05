package io.github.streamingserver.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where results are shown.
 *
 * @param terminal whether lines may be drawn over and must fit
 * @param width columns; without meaning where it is no terminal
 * @param colour whether escape sequences for looks may be written
 */
record Screen(boolean terminal, int width, boolean colour) {
  /** A file or a pipe. */
  static final Screen NONE = new Screen(false, 0, false);

  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 20;

  Screen {
    width = Math.max(width, terminal ? LEAST_WIDTH : 0);
  }

  /** The terminal that {@code variables} describe; a dumb one is as a file. */
  static Screen of(Map<String, String> variables) {
    if (variables.getOrDefault("TERM", "dumb").equals("dumb")) {
      return NONE;
    }
    int columns = number(variables.getOrDefault("COLUMNS", ""));
    return new Screen(
        true,
        columns > 0 ? columns : askTerminal(),
        variables.getOrDefault("NO_COLOR", "").isEmpty());
  }

  private static int askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return USUAL_WIDTH;
      }
      List<String> words =
          List.of(new String(stty.getInputStream().readAllBytes(), US_ASCII).split("\\s+"));
      int columns = words.size() > 1 ? number(words.get(1)) : 0;
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (IOException _) {
      return USUAL_WIDTH;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }
}
