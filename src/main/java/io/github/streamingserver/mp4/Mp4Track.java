package io.github.streamingserver.mp4;

/**
 * A track as its boxes describe it.
 *
 * @param handler {@code vide}, {@code soun}, {@code text}… (ISO 14496-12 §8.4.3)
 * @param codec the type of its first sample entry, the original one where it is encrypted
 * @param timescale units a second, 0 where unknown
 * @param width of the coded picture in pixels, 0 where there is none
 * @param height as {@code width}
 * @param encrypted its samples are protected
 */
public record Mp4Track(
    String handler, String codec, long timescale, int width, int height, boolean encrypted) {
  /** It holds pictures. */
  public boolean isVideo() {
    return handler.equals("vide");
  }

  /** It holds sound. */
  public boolean isAudio() {
    return handler.equals("soun");
  }
}
