package io.github.streamingserver.mpegts;

/** The bytes are no transport stream, or stop being one. Expected: it has no stack trace. */
public final class TransportStreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the bytes. */
  public enum Reason {
    /** No run of packets was found where the stream should begin. */
    NO_SYNC,
    /** A packet in the middle does not begin with the sync byte. */
    SYNC_LOST,
    /** Packets of 192 (M2TS) or 204 bytes (with parity), which no HLS player reads. */
    OTHER_PACKET_SIZE
  }

  private final Reason reason;

  TransportStreamException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
