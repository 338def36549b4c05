package io.github.streamingserver.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/**
 * What all answers share on their way: so many bits a second, a packet at a time, where the
 * loopback would bring all at once. Safe for use from any thread.
 */
public final class NetworkLink {
  /** What an Ethernet frame holds of TCP with timestamps. */
  private static final int PACKET = 1448;

  private final long nanosPerPacket;
  private long free = System.nanoTime();

  /** A link of {@code bits} a second. */
  public NetworkLink(long bits) {
    nanosPerPacket = PACKET * 8L * 1_000_000_000 / bits;
  }

  /** {@code answer} by this link. */
  public Answer carry(Answer answer) {
    return new Answer(
        answer.status(), answer.headers(), new Carried(answer.content()), answer.framing());
  }

  /** Returns when the next packet may go. */
  private void awaitTurn() {
    long turn = turn();
    for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private synchronized long turn() {
    long now = System.nanoTime();
    long turn = free - now > 0 ? free : now;
    free = turn + nanosPerPacket;
    return turn;
  }

  private final class Carried implements Answer.Content {
    private final Answer.Content content;

    Carried(Answer.Content content) {
      this.content = content;
    }

    @Override
    public long size() {
      return content.size();
    }

    @Override
    public void copy(long from, long count, OutputStream out) throws IOException {
      content.copy(
          from,
          count,
          new OutputStream() {
            @Override
            public void write(int single) throws IOException {
              write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
              for (int sent = 0; sent < length; sent += PACKET) {
                awaitTurn();
                out.write(bytes, start + sent, Math.min(PACKET, length - sent));
                out.flush();
              }
            }
          });
    }
  }
}
