package io.github.streamingserver.tcp;

import io.github.streamingserver.config.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that clients are shown, read again when its files change. {@link #refresh}
 * belongs to one thread, which it blocks; {@link #engine} to any.
 */
public final class TlsCredentials {
  private static final Logger LOG = LoggerFactory.getLogger(TlsCredentials.class);

  private record Stamp(Object time, long size, String id) {}

  private final KeyFiles files;
  private volatile SSLContext context;
  private List<Stamp> read;
  private List<Stamp> seen;

  private TlsCredentials(KeyFiles files) throws IOException {
    this.files = files;
    this.read = stamps();
    this.seen = read;
    this.context = load();
  }

  /**
   * Reads the files; blocks.
   *
   * @throws BadCertificateException naming the file and what is wrong with it
   */
  static TlsCredentials of(KeyFiles files) {
    try {
      return new TlsCredentials(files);
    } catch (IOException e) {
      throw new BadCertificateException("tcp.tls: [%s] can't be read".formatted(e.getMessage()), e);
    }
  }

  /** The server's side of a new connection. */
  SSLEngine engine() {
    return ServerTls.engine(context);
  }

  /**
   * Reads files that have changed and have been at rest since the last call: whoever replaces two
   * files is given the time to. Where they are no good, what was read before stays.
   */
  void refresh() {
    try {
      List<Stamp> now = stamps();
      boolean rests = now.equals(seen);
      seen = now;
      if (rests && !now.equals(read)) {
        read = now;
        context = load();
      }
    } catch (IOException | BadCertificateException e) {
      told(e);
    }
  }

  /** A file that is gone changes its stamp once only: it is told once, too. */
  private void told(Exception problem) {
    LOG.warn("The certificate stays as it was: {}", problem.getMessage());
  }

  private SSLContext load() {
    CertifiedKey key = CertifiedKey.read(files);
    try {
      SSLContext made = ServerTls.context(key);
      LOG.info(
          "TLS with the certificate of [{}] in [{}], good until [{}]",
          key.certificate().getSubjectX500Principal().getName(),
          files.files().getFirst(),
          key.certificate().getNotAfter().toInstant());
      warnOfReaders(files.files().getLast());
      return made;
    } catch (GeneralSecurityException | IOException e) {
      throw new BadCertificateException(
          "tcp.tls: [%s] can't be used: %s".formatted(files.files().getFirst(), e.getMessage()), e);
    }
  }

  private static void warnOfReaders(Path key) throws IOException {
    boolean posix = Files.getFileStore(key).supportsFileAttributeView("posix");
    if (posix && Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)) {
      LOG.warn("The private key in [{}] can be read by others; chmod o-r hides it", key);
    }
  }

  private List<Stamp> stamps() throws IOException {
    List<Stamp> stamps = new ArrayList<>();
    for (Path file : files.files()) {
      stamps.add(stamp(file));
    }
    return stamps;
  }

  private static Stamp stamp(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Stamp("gone", 0, "");
    }
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
  }
}
