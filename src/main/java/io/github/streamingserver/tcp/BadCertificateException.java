package io.github.streamingserver.tcp;

/** The files of {@code tcp.tls} can't be used; the message names the one and what to do. */
public final class BadCertificateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadCertificateException(String message) {
    super(message);
  }

  BadCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
