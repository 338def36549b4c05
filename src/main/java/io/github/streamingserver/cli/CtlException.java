package io.github.streamingserver.cli;

/** Why a command ends early. The message is for people and safe to print. */
abstract sealed class CtlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CtlException(int exitCode, String message) {
    super(Text.clean(message));
    this.exitCode = exitCode;
  }

  /** One of {@link ExitCode}. */
  int exitCode() {
    return exitCode;
  }

  /** The command line asks for what can't be. */
  static final class UsageException extends CtlException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(ExitCode.USAGE, message);
    }
  }

  /** The server says no, or a recording failed. */
  static final class RefusedException extends CtlException {
    private static final long serialVersionUID = 1L;

    RefusedException(String errorId, String message) {
      super(ExitCode.ERROR, errorId + ": " + message);
    }
  }

  /** There is no talking to the server, or no more. */
  static final class UnreachableException extends CtlException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
      super(ExitCode.UNREACHABLE, message);
    }
  }
}
