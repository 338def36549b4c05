package io.github.streamingserver.provider.json;

/** What may be kept of a list, so that a large one can't fill the memory. */
final class Budget {
  /** Fifty thousand channels of ten fields, or a thousand of five hundred. */
  static final int MOST_VALUES = 500_000;

  /** A thousand channels have 2 million. */
  static final int MOST_CHARACTERS = 16 << 20;

  private long values;
  private long characters;

  Budget(long values, long characters) {
    this.values = values;
    this.characters = characters;
  }

  /**
   * One value more, of so many characters.
   *
   * @throws TooMuchException where that is too much
   */
  void take(int length) throws TooMuchException {
    values--;
    characters -= length;
    if (values < 0 || characters < 0) {
      throw new TooMuchException();
    }
  }

  /** More than is kept. */
  static final class TooMuchException extends java.io.IOException {
    private static final long serialVersionUID = 1L;
  }
}
