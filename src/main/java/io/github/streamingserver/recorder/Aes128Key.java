package io.github.streamingserver.recorder;

import java.util.Arrays;

/** Key and initialization vector of one segment. Never printed. */
final class Aes128Key {
  private final byte[] key;
  private final byte[] iv;

  Aes128Key(byte[] key, byte[] iv) {
    this.key = key.clone();
    this.iv = iv.clone();
  }

  byte[] key() {
    return key.clone();
  }

  byte[] iv() {
    return iv.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Aes128Key that
        && Arrays.equals(key, that.key)
        && Arrays.equals(iv, that.iv);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(iv);
  }
}
