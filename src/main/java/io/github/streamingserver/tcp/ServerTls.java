package io.github.streamingserver.tcp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** How the server speaks TLS: 1.2 (RFC 5246) and 1.3 (RFC 8446), clients without certificates. */
final class ServerTls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** Sessions that clients may go on with: a box reconnects to one server. */
  private static final int REMEMBERED_SESSIONS = 1024;

  private static final char[] IN_MEMORY_ONLY = {};

  private ServerTls() {}

  static SSLContext context(CertifiedKey key) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, IN_MEMORY_ONLY);
    keys.setKeyEntry("server", key.key(), IN_MEMORY_ONLY, key.chain().toArray(Certificate[]::new));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, IN_MEMORY_ONLY);
    SSLContext context = SSLContext.getInstance("TLS");
    // Nobody is trusted, as no client is asked for a certificate: saves reading the JDK's list.
    context.init(managers.getKeyManagers(), new TrustManager[0], null);
    context.getServerSessionContext().setSessionCacheSize(REMEMBERED_SESSIONS);
    return context;
  }

  static SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    engine.setUseClientMode(false);
    return engine;
  }
}
