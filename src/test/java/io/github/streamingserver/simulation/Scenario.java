package io.github.streamingserver.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A channel, how it is recorded, and what happens meanwhile.
 *
 * @param hours how long it is recorded
 * @param scheduled whether the recording has an end of its own; else it is stopped then
 * @param ads whether advertisements are recorded
 */
record Scenario(
    String name,
    Duration hours,
    Channel channel,
    boolean scheduled,
    boolean ads,
    List<Planned> plan) {
  Scenario {
    plan = List.copyOf(plan);
  }

  /**
   * What the origin is like.
   *
   * @param segment how long one is
   * @param window segments that are listed
   * @param swaps whether a break has a window and numbers of its own, as at Pluto TV
   * @param dated whether segments tell when they were broadcast
   * @param latency of each answer
   * @param flaky of a thousand requests so many fail, each in its own way
   * @param token how long an address may be used
   */
  record Channel(
      Duration segment,
      int window,
      boolean swaps,
      boolean dated,
      Duration latency,
      int flaky,
      Optional<Duration> token) {
    static final Channel PLAIN =
        new Channel(
            Duration.ofSeconds(6), 8, true, true, Duration.ofMillis(80), 0, Optional.empty());
  }

  /** Something that happens once, or again and again. */
  record Planned(Duration at, Optional<Duration> every, Incident incident) {
    String shown() {
      return every
          .map(time -> "every " + Times.shown(time) + " " + incident.shown())
          .orElseGet(() -> "at " + Times.shown(at) + " " + incident.shown());
    }
  }

  /** One that happens at a time. */
  record Due(Duration at, Incident incident) {}

  /** For another time. */
  Scenario lasting(Duration time) {
    return new Scenario(name, time, channel, scheduled, ads, plan);
  }

  /** All that happens, in order. */
  List<Due> incidents() {
    List<Due> all = new ArrayList<>();
    for (Planned planned : plan) {
      Duration step = planned.every().orElse(hours.plus(planned.at()).plusMillis(1));
      for (Duration at = planned.at(); at.compareTo(hours) < 0; at = at.plus(step)) {
        all.add(new Due(at, planned.incident()));
      }
    }
    all.sort(Comparator.comparing(Due::at));
    return all;
  }

  /** The file that this scenario is. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("hours ").append(Times.shown(hours));
    text.append("\nsegment ").append(Times.shown(channel.segment()));
    text.append("\nwindow ").append(channel.window());
    text.append("\nnumbering ").append(channel.swaps() ? "restarts" : "runs-on");
    text.append("\nprogram-date-time ").append(channel.dated() ? "on" : "off");
    text.append("\nlatency ").append(Times.shown(channel.latency()));
    text.append("\nflaky ").append(channel.flaky());
    channel.token().ifPresent(time -> text.append("\ntoken expires ").append(Times.shown(time)));
    text.append("\nends ").append(scheduled ? "by-itself" : "by-user");
    text.append("\nads ").append(ads ? "keep" : "skip");
    plan.forEach(planned -> text.append('\n').append(planned.shown()));
    return text.append('\n').toString();
  }
}
