package io.github.streamingserver.config;

import java.nio.file.Path;
import java.util.List;

/** Where a certificate and its private key lie. */
public sealed interface KeyFiles {
  /** All files, that of the private key last. */
  List<Path> files();

  /**
   * In PEM (RFC 7468): the certificate with those that vouch for it, and its key as PKCS#8 without
   * a password.
   */
  record Pem(Path certificate, Path key) implements KeyFiles {
    @Override
    public List<Path> files() {
      return List.of(certificate, key);
    }
  }

  /** Both in one PKCS#12 file (RFC 7292). */
  record Pkcs12(Path file, String password) implements KeyFiles {
    @Override
    public List<Path> files() {
      return List.of(file);
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
      return "Pkcs12[file=" + file + "]";
    }
  }
}
