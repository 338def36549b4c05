package io.github.streamingserver.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code streamingserver.recording}: see reference.conf. Sizes in bytes.
 *
 * @param state {@code streamingserver.state}
 * @param journalInterval {@code streamingserver.journal.interval}
 * @param mostResumes {@code streamingserver.journal.most-resumes}
 * @param subtitles {@code streamingserver.recorder.subtitles}
 */
public record RecordingSettings(
    int maxConcurrent,
    AllowedRoots allowedRoots,
    long lookAhead,
    int lookAheadSegments,
    Duration startBudget,
    Duration retryBudget,
    int lostAfterTries,
    Duration lostAfter,
    Duration minBackoff,
    Duration maxBackoff,
    long minFreeSpace,
    RetentionSettings retention,
    Duration progressInterval,
    Duration stopTimeout,
    Duration shutdownTimeout,
    Path state,
    Duration journalInterval,
    int mostResumes,
    boolean subtitles) {

  /** When a client gives up waiting for an answer to {@code start}: later than any honest one. */
  public Duration answerTimeout() {
    return startBudget.plus(stopTimeout).plusSeconds(10);
  }

  /** Reads the {@code streamingserver} section. */
  static RecordingSettings create(Config config) {
    Config recording = config.getConfig("recording");
    return new RecordingSettings(
        recording.getInt("max-concurrent"),
        AllowedRoots.of(
            "rec_dir", "recording.allowed-roots", recording.getStringList("allowed-roots")),
        recording.getBytes("look-ahead"),
        recording.getInt("look-ahead-segments"),
        recording.getDuration("start-budget"),
        recording.getDuration("retry-budget"),
        recording.getInt("lost-after-tries"),
        recording.getDuration("lost-after"),
        recording.getDuration("min-backoff"),
        recording.getDuration("max-backoff"),
        recording.getBytes("min-free-space"),
        RetentionSettings.create(recording),
        recording.getDuration("progress-interval"),
        recording.getDuration("stop-timeout"),
        recording.getDuration("shutdown-timeout"),
        Path.of(config.getString("state")),
        config.getDuration("journal.interval"),
        config.getInt("journal.most-resumes"),
        config.getBoolean("recorder.subtitles"));
  }
}
