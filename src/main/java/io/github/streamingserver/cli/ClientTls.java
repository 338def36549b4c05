package io.github.streamingserver.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Speaks TLS, 1.2 or 1.3, with a server whose certificate is trusted and names its host. */
final class ClientTls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private ClientTls() {}

  /**
   * TLS over {@code socket}, which it owns; the time-out of {@code socket} bounds each wait.
   *
   * @throws UntrustedException where the server isn't who it should be, or speaks no TLS
   */
  static Socket over(Socket socket, Target target, Transport.Tls tls) throws IOException {
    SSLContext context = context(tls);
    SSLSocket secure =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, target.host(), target.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    try {
      secure.startHandshake();
    } catch (SSLException e) {
      throw new UntrustedException(String.valueOf(e.getMessage()), e);
    }
    return secure;
  }

  private static SSLContext context(Transport.Tls tls) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(tls), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS on this JDK: " + e.getMessage(), e);
    }
  }

  /** Null stands for the JDK's own in {@link SSLContext#init}. */
  private static TrustManager @org.jspecify.annotations.Nullable [] trust(Transport.Tls tls)
      throws IOException, GeneralSecurityException {
    if (tls.authorities().isEmpty()) {
      return null;
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int number = 0;
    for (Certificate authority : authorities(tls.authorities().get())) {
      trusted.setCertificateEntry("authority-" + number++, authority);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    return managers.getTrustManagers();
  }

  private static Collection<? extends Certificate> authorities(Path file) throws IOException {
    Collection<? extends Certificate> found;
    try (InputStream in = Files.newInputStream(file)) {
      found = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException | GeneralSecurityException e) {
      throw new UntrustedException("--ca " + file + " can't be read as PEM certificates", e);
    }
    if (found.isEmpty()) {
      throw new UntrustedException("--ca " + file + " holds no PEM certificate");
    }
    return List.copyOf(found);
  }
}
