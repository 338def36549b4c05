package io.github.streamingserver.provider.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.streamingserver.provider.Programme;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads an item's guide, of which it keeps what a viewer may ask for until the next list. */
final class GuideReader {
  /** How far the guide is kept: it serves so long while the site is down. */
  private static final Duration AHEAD = Duration.ofHours(12);

  /** A programme without an end may have begun so long ago and still be on. */
  private static final Duration BEHIND = Duration.ofHours(12);

  /** Half an hour each for twelve hours, twice over. */
  private static final int MOST_PROGRAMMES = 48;

  private static final int MOST_VALUES = 10_000;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final GuideSpec spec;
  private final Instant now;
  private final Budget budget;
  private final List<Programme> programmes = new ArrayList<>();

  GuideReader(GuideSpec spec, Instant now, Budget budget) {
    this.spec = spec;
    this.now = now;
    this.budget = budget;
  }

  /** Reads the value that begins here; what is no array holds no programme. */
  void read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object element = new JsonValues(new Budget(MOST_VALUES, MOST_CHARACTERS)).read(parser);
      Optional<Programme> programme =
          Optional.ofNullable(element).flatMap(spec::programme).filter(this::isNear);
      if (programme.isPresent() && programmes.size() < MOST_PROGRAMMES) {
        budget.take(programme.get().title().length() + programme.get().description().length());
        programmes.add(programme.get());
      }
    }
  }

  private boolean isNear(Programme programme) {
    return programme.start().isBefore(now.plus(AHEAD))
        && programme.start().isAfter(now.minus(BEHIND))
        && !programme.isOver(now);
  }

  /** What was kept, by time; a programme whose end the guide does not say ends with the next. */
  List<Programme> programmes() {
    List<Programme> sorted =
        programmes.stream().sorted(Comparator.comparing(Programme::start)).toList();
    List<Programme> ended = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Programme programme = sorted.get(i);
      Optional<Instant> next =
          i + 1 < sorted.size() ? Optional.of(sorted.get(i + 1).start()) : Optional.empty();
      ended.add(
          new Programme(
              programme.start(),
              programme.stop().or(() -> next),
              programme.title(),
              programme.description()));
    }
    ended.removeIf(programme -> programme.isOver(now));
    return ended;
  }
}
