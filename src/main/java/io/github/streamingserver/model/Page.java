package io.github.streamingserver.model;

import java.util.List;

/**
 * A part of a list.
 *
 * @param number from 1
 * @param limit items on a page; {@link #ALL} for no limit
 */
public record Page(int number, int limit) {
  /** The limit that is none. */
  public static final int ALL = Integer.MAX_VALUE;

  /**
   * @throws IllegalArgumentException with a message for people
   */
  public Page {
    if (number < 1) {
      throw new IllegalArgumentException("page must be 1 or more");
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more");
    }
  }

  /** This part of {@code whole}; empty beyond its end. */
  public <T> List<T> of(List<T> whole) {
    long from = Math.min((number - 1L) * limit, whole.size());
    long to = Math.min(from + limit, whole.size());
    return whole.subList((int) from, (int) to);
  }
}
