package io.github.streamingserver.recorder;

import io.github.streamingserver.recorder.Piece.Part;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * When playback of each section can begin. The first one's can after as many parts as the client
 * wants; a later one's after {@value #FEW}, so that a player never opens a file that runs dry at
 * once. A section that ends with fewer is told of when the next one's turn comes: it is not merged,
 * since a picture of another size in one file is what sections are there to prevent, and it is not
 * kept back for good, since then the viewer would miss it. One recording, one thread.
 */
final class SectionStarts {
  static final int FEW = 3;

  /** A section that can be played; {@code url} is of its latest part. */
  record Due(int section, Path file, URI url, int segment) {}

  private static final class Waiting {
    private final int section;
    private final Path file;
    private URI url;
    private int parts;

    private Waiting(int section, Path file, URI url) {
      this.section = section;
      this.file = file;
      this.url = url;
    }
  }

  private final int first;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private URI latest;
  private int parts;
  private boolean any;

  /**
   * @param first parts before the first section can be played; 0 where the first bytes are enough
   * @param url stands for the parts before there is one
   */
  SectionStarts(int first, URI url) {
    this.first = first;
    this.latest = url;
  }

  /** A section's file was begun. */
  void opened(int section, Path file) {
    waiting.add(new Waiting(section, file, latest));
  }

  /** A part of the last section is on disk. */
  void written(Part part) {
    parts++;
    latest = part.url();
    if (!waiting.isEmpty()) {
      waiting.getLast().url = latest;
      waiting.getLast().parts++;
    }
  }

  /**
   * The sections that can be played now and could not before, in order.
   *
   * @param bytes on disk so far
   */
  List<Due> due(long bytes) {
    boolean begun = any || (first == 0 ? bytes > 0 : parts >= first);
    if (!begun) {
      return List.of();
    }
    boolean full = !any || waiting.stream().anyMatch(section -> section.parts >= FEW);
    return full ? takeThrough(lastFull()) : List.of();
  }

  /** All that can be played once nothing more comes; none where the first one never could. */
  List<Due> rest(boolean complete) {
    return any || complete ? takeThrough(Integer.MAX_VALUE) : List.of();
  }

  private int lastFull() {
    int last = any || waiting.isEmpty() ? -1 : waiting.getFirst().section;
    for (Waiting section : waiting) {
      last = section.parts >= FEW ? section.section : last;
    }
    return last;
  }

  private List<Due> takeThrough(int last) {
    List<Due> due = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.getFirst().section <= last) {
      Waiting section = waiting.remove();
      due.add(new Due(section.section, section.file, section.url, parts));
      any = true;
    }
    return due;
  }
}
