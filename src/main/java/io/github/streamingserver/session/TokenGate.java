package io.github.streamingserver.session;

import io.github.streamingserver.config.AdmissionSettings;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks tokens in a time that tells nothing of the right one, and stops to look at those of an
 * address that guesses. Where more addresses than it remembers guess at once, it forgets the one
 * that was wrong the longest time ago. Thread-safe; times are from any fixed moment on.
 */
public final class TokenGate {
  /** What becomes of a token. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** Wrong, and it is the last that is looked at for a while. */
    LAST_WRONG,
    /** Not looked at. */
    HELD
  }

  private record Failures(int count, Duration since, Duration heldUntil) {
    boolean isOver(Duration now, Duration window) {
      return now.compareTo(heldUntil) >= 0 && now.compareTo(since.plus(window)) >= 0;
    }
  }

  /** An entry has some 200 bytes. */
  static final int MOST_PEERS = 4096;

  private final AdmissionSettings settings;
  private final byte[] expected;
  private final Map<InetAddress, Failures> failures = new LinkedHashMap<>();

  public TokenGate(AdmissionSettings settings) {
    this.settings = settings;
    this.expected = bytes(settings.token());
  }

  /** Judges {@code token}, which {@code peer} says {@code now}. */
  synchronized Verdict check(InetAddress peer, String token, Duration now) {
    if (!settings.needsToken()) {
      return Verdict.RIGHT;
    }
    Failures before = failures.get(peer);
    if (before != null && before.isOver(now, settings.tokenHold())) {
      failures.remove(peer);
      before = null;
    }
    if (before != null && now.compareTo(before.heldUntil()) < 0) {
      return Verdict.HELD;
    }
    // Takes as long as the first argument is: that one the client knows.
    if (MessageDigest.isEqual(bytes(token), expected)) {
      failures.remove(peer);
      return Verdict.RIGHT;
    }
    return failed(peer, before == null ? new Failures(0, now, now) : before, now);
  }

  private Verdict failed(InetAddress peer, Failures before, Duration now) {
    int count = before.count() + 1;
    boolean last = count >= settings.wrongTokens();
    Duration heldUntil = last ? now.plus(settings.tokenHold()) : now;
    failures.remove(peer);
    if (failures.size() >= MOST_PEERS) {
      failures.remove(failures.keySet().iterator().next());
    }
    failures.put(peer, new Failures(count, before.since(), heldUntil));
    return last ? Verdict.LAST_WRONG : Verdict.WRONG;
  }

  /** Addresses that are remembered. */
  synchronized int remembered() {
    return failures.size();
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}
