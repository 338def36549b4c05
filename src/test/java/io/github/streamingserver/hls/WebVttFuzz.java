package io.github.streamingserver.hls;

import io.github.streamingserver.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;

/** Subtitles; what was read and written is read the same. */
public final class WebVttFuzz implements FuzzTarget {
  @Override
  public void read(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    WebVtt segment;
    try {
      segment = WebVtt.parse(text);
    } catch (WebVttException e) {
      FuzzTarget.promise(
          String.valueOf(e.getMessage()).length() <= text.length() + 100, "a message without end");
      return;
    }
    StringBuilder written = new StringBuilder("WEBVTT\n\n");
    long characters = 0;
    for (VttCue cue : segment.cues()) {
      characters += cue.text().length() + cue.settings().length();
      FuzzTarget.promise(
          segment.map().ticks(cue.start()) < segment.map().ticks(cue.end()), "a cue backwards");
      written.append(cue.block());
    }
    FuzzTarget.promise(characters <= text.length(), "more text than there was");
    FuzzTarget.promise(
        WebVtt.parse(written.toString()).cues().equals(segment.cues()),
        "other cues when read back");
  }
}
