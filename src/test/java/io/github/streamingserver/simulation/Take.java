package io.github.streamingserver.simulation;

import io.github.streamingserver.recorder.RecordingEvent.Ended;
import java.nio.file.Path;
import java.time.Instant;

/** One recording of a simulation, from its beginning to its end. */
record Take(Path folder, Instant begin, Instant end, Ended ended) {}
