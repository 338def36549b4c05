package io.github.streamingserver.protocol;

/** A frame that holds no {@code ["command", {args}]}. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;

  MalformedMessageException(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  /** What is wrong, for people. */
  public String problem() {
    return problem;
  }
}
