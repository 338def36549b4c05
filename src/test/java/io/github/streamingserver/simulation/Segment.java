package io.github.streamingserver.simulation;

import io.github.streamingserver.simulation.Incident.Damage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One segment of a broadcast, and when it was to be had. */
final class Segment {
  final long number;
  final String url;
  final boolean ad;
  final boolean begins;
  final Instant begin;
  final Duration length;
  final Optional<Damage> damage;
  boolean renumbered;
  int tries;
  Instant listed = Instant.MAX;
  Instant left = Instant.MAX;

  Segment(
      long number,
      String url,
      boolean ad,
      boolean begins,
      Instant begin,
      Duration length,
      Optional<Damage> damage) {
    this.number = number;
    this.url = url;
    this.ad = ad;
    this.begins = begins;
    this.begin = begin;
    this.length = length;
    this.damage = damage;
  }

  Instant end() {
    return begin.plus(length);
  }
}
