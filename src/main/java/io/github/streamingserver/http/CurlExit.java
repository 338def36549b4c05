package io.github.streamingserver.http;

import io.github.streamingserver.http.HttpFailure.Transport;

/** What curl's exit codes mean (curl(1), EXIT CODES). Pure. */
final class CurlExit {
  static final int NOT_RUN = 2;
  static final int EMPTY_REPLY = 52;
  static final int TIMED_OUT = 28;

  private CurlExit() {}

  static Transport meaning(int code) {
    return switch (code) {
      case 5, 6 -> Transport.HOST_UNKNOWN;
      case 7, 97, NOT_RUN, 4 -> Transport.NOT_CONNECTED;
      case 18 -> Transport.TRUNCATED;
      case TIMED_OUT -> Transport.TIMED_OUT;
      case 35, 51, 53, 54, 58, 59, 60, 66, 77, 80, 82, 83, 90, 91, 98 -> Transport.TLS;
      case 61 -> Transport.CODING;
      case 63 -> Transport.TOO_LARGE;
      case 1, 8, 16, 92 -> Transport.NOT_HTTP;
      default -> Transport.CLOSED;
    };
  }
}
