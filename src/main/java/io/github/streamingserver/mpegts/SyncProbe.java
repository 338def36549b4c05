package io.github.streamingserver.mpegts;

import io.github.streamingserver.mpegts.TransportStreamException.Reason;
import java.nio.ByteBuffer;

/**
 * Looks at the beginning of a segment for packets, before anything is made of it. One object a
 * segment, one thread.
 */
public final class SyncProbe {
  /** What is looked at is copied: so much at a time. */
  private static final int LOOKED_AT = 4096;

  private final Packetizer packetizer = new Packetizer();
  private boolean decided;

  /**
   * Looks at the next bytes, which are left as they are.
   *
   * @throws TransportStreamException where none of so many began a packet
   */
  public void see(ByteBuffer chunk) {
    ByteBuffer left = chunk.asReadOnlyBuffer();
    while (!decided && left.hasRemaining()) {
      int some = Math.min(left.remaining(), LOOKED_AT);
      look(left.slice(left.position(), some));
      left.position(left.position() + some);
    }
  }

  private void look(ByteBuffer some) {
    try {
      decided = !packetizer.push(some).isEmpty();
    } catch (TransportStreamException e) {
      decide(e);
    }
  }

  /**
   * The segment ends here.
   *
   * @throws TransportStreamException where it held no packet
   */
  public void finish() {
    if (!decided) {
      packetizer.finish();
    }
  }

  /** Packets that can't be used are packets: who reads them says what is wrong. */
  private void decide(TransportStreamException e) {
    if (e.reason() == Reason.NO_SYNC) {
      throw e;
    }
    decided = true;
  }
}
