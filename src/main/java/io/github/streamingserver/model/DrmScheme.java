package io.github.streamingserver.model;

/** A protection system, by the name that a person reads in an error message. */
public enum DrmScheme {
  WIDEVINE("Widevine"),
  PLAYREADY("PlayReady"),
  FAIRPLAY("FairPlay"),
  SAMPLE_AES("SAMPLE-AES"),
  /** ISO/IEC 23001-7 boxes that name no system. */
  COMMON_ENCRYPTION("Common Encryption"),
  /** ISO 13818-1 §2.4.3.3 transport_scrambling_control. */
  SCRAMBLED_TRANSPORT_STREAM("scrambled transport stream"),
  /** A key format or license server that is none of the above. */
  UNKNOWN("unknown system");

  private final String label;

  DrmScheme(String label) {
    this.label = label;
  }

  /** The name for people. */
  public String label() {
    return label;
  }
}
