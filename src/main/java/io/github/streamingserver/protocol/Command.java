package io.github.streamingserver.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The words that begin a message, in either direction. */
public enum Command {
  READY("ready", false),
  HELLO("hello", true),
  GET_PROVIDERS("get_providers", true),
  GET_CATEGORIES("get_categories", true),
  GET_MEDIA_ITEMS("get_media_items", true),
  SEARCH("search", true),
  GET_THUMBNAIL("get_thumbnail", true),
  START("start", true),
  STOP("stop", true),
  STATUS("status", true),
  RECORDER_TYPES("recorder_types", true),
  PROGRESS("progress", false);

  private final String word;
  private final boolean request;

  Command(String word, boolean request) {
    this.word = word;
    this.request = request;
  }

  /** The word as it stands in a message. */
  public String word() {
    return word;
  }

  /** The request that this word begins; empty where a client may not send it. */
  public static Optional<Command> request(String word) {
    return Arrays.stream(values()).filter(c -> c.request && c.word.equals(word)).findFirst();
  }

  /** Every word that a client may send. */
  public static List<String> requests() {
    return Arrays.stream(values()).filter(c -> c.request).map(Command::word).toList();
  }
}
