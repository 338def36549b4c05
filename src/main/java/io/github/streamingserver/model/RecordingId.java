package io.github.streamingserver.model;

import java.util.regex.Pattern;

/** The name of a recording's slot; a {@code start} that names none uses {@link #DEFAULT}. */
public record RecordingId(String value) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}");

  /** The slot of the plugin, which knows only one recording at a time. */
  public static final RecordingId DEFAULT = new RecordingId("default");

  /**
   * @throws IllegalArgumentException where {@code value} is no such name
   */
  public RecordingId {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "recording_id must be 1 to 128 letters, digits, '_', '.', ':' or '-'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
