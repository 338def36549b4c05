package io.github.streamingserver.http;

import java.io.IOException;

/** A host has an address that {@code security.deny-private-origins} keeps us from. */
final class PrivateOriginException extends IOException {
  private static final long serialVersionUID = 1L;

  PrivateOriginException(String host) {
    super(host + " has a private address");
  }
}
