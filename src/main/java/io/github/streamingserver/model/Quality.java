package io.github.streamingserver.model;

import java.util.Locale;
import java.util.Set;

/** The picture that a viewer asked for. */
public sealed interface Quality {
  /** Use the quality that the provider's own settings name. */
  record FromProvider() implements Quality {
    @Override
    public String toString() {
      return "provider";
    }
  }

  /** The highest that there is. */
  record Best() implements Quality {
    @Override
    public String toString() {
      return "best";
    }
  }

  /** What the site itself would adapt to: for a recording, the highest that there is. */
  record Adaptive() implements Quality {
    @Override
    public String toString() {
      return "adaptive";
    }
  }

  /** This many lines, else the next lower, else the best. */
  record Height(int lines) implements Quality {
    private static final Set<Integer> KNOWN = Set.of(2160, 1440, 1080, 720, 480, 360, 240, 144);

    /**
     * @throws IllegalArgumentException where no source is ever labelled so
     */
    public Height {
      if (!KNOWN.contains(lines)) {
        throw new IllegalArgumentException("unknown height " + lines);
      }
    }

    @Override
    public String toString() {
      return lines + "p";
    }
  }

  /**
   * Reads {@code provider}, {@code best}, {@code adaptive} or a height such as {@code 720p}.
   *
   * @throws IllegalArgumentException with the words that are allowed
   */
  static Quality parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "provider" -> new FromProvider();
      case "best" -> new Best();
      case "adaptive" -> new Adaptive();
      case "2160p", "1440p", "1080p", "720p", "480p", "360p", "240p", "144p" ->
          new Height(Integer.parseInt(word.substring(0, word.length() - 1)));
      default ->
          throw new IllegalArgumentException(
              "quality must be provider, best, adaptive, 2160p, 1440p, 1080p, 720p, 480p, 360p,"
                  + " 240p or 144p");
    };
  }
}
