package io.github.streamingserver.simulation;

import io.github.streamingserver.simulation.Incident.Damage;
import io.github.streamingserver.simulation.Scenario.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a channel broadcasts and lists as time passes: the truth that a recording is held against.
 * Segments are numbered through from 0, however their playlists count.
 */
final class Broadcast {
  private static final String PROGRAMME_HOST = "http://origin.test";
  private static final String AD_HOST = "http://ads.test";
  private static final int LEAD = 3;

  /** The longest that nothing may be listed between two programmes. */
  private static final Duration LONGEST_LEAD = Duration.ofSeconds(18);

  private final Channel channel;
  private final int lead;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<String, Segment> byUrl = new HashMap<>();
  private final List<Listing> programmes = new ArrayList<>();
  private final Deque<Segment> withheld = new ArrayDeque<>();
  private final Deque<Damage> damages = new ArrayDeque<>();
  private Instant next;
  private Instant frozenUntil = Instant.MIN;
  private Optional<Instant> breakUntil = Optional.empty();
  private boolean programmeEnds;
  private boolean blockBegins;
  private boolean ad;
  private int breaks;
  private int folder;
  private long inBlock;
  private long programmeSequence = 1000;
  private int toSkip;
  private int gap;
  private boolean restarts;
  private boolean renumbered;

  Broadcast(Channel channel, Instant begin) {
    this.channel = channel;
    this.lead = Math.clamp(LONGEST_LEAD.dividedBy(channel.segment()), 1, LEAD);
    this.next = begin.minus(channel.segment().multipliedBy(channel.window() + 2L));
    programmes.add(new Listing(programmeSequence));
    advance(begin);
  }

  /** Everything up to now is made, and listed where it is to be. */
  void advance(Instant now) {
    while (true) {
      if (breakUntil.isPresent() && ad && !next.isBefore(breakUntil.get())) {
        breakUntil = Optional.empty();
        begin(false);
      } else if (programmeEnds && !ad) {
        programmeEnds = false;
        begin(false);
        inBlock = 0;
        folder++;
        release(now);
        programmes.getLast().ended = true;
        programmes.add(new Listing(programmeSequence));
      }
      Duration length = channel.segment();
      if (ad && breakUntil.isPresent()) {
        Duration left = Duration.between(next, breakUntil.get());
        length = left.compareTo(length) < 0 ? left : length;
      }
      if (next.plus(length).isAfter(now)) {
        break;
      }
      make(length);
      release(next);
    }
    release(now);
  }

  private void begin(boolean advertisement) {
    ad = advertisement;
    blockBegins = true;
    if (ad) {
      breaks++;
      inBlock = 0;
    }
  }

  private void make(Duration length) {
    String path =
        ad
            ? "%s/stitch/b%d_ad/creative/360p/%d.ts".formatted(AD_HOST, breaks, inBlock)
            : "%s/ch/f%d/720p/%d.ts".formatted(PROGRAMME_HOST, folder, segments.size());
    Optional<Damage> damage = Optional.ofNullable(damages.poll());
    Segment made = new Segment(segments.size(), path, ad, blockBegins, next, length, damage);
    blockBegins = false;
    inBlock++;
    segments.add(made);
    byUrl.put(path, made);
    next = next.plus(length);
    if (toSkip > 0) {
      toSkip--;
    } else {
      withheld.add(made);
    }
  }

  private void release(Instant now) {
    boolean held = channel.swaps() && !withheld.isEmpty() && withheld.getFirst().begins;
    if (now.isBefore(frozenUntil) || toSkip > 0 || (held && withheld.size() < lead)) {
      return;
    }
    while (!withheld.isEmpty()) {
      list(withheld.remove(), now);
    }
  }

  private void list(Segment segment, Instant now) {
    Listing listing = programmes.getLast();
    if (restarts || gap > 0 || listing.window.isEmpty() || (segment.begins && channel.swaps())) {
      leaveAll(now);
    }
    listing.sequence += gap;
    segment.renumbered =
        restarts || renumbered || gap > 0 || (segment.begins && channel.swaps()) || listing.fresh;
    renumbered = false;
    gap = 0;
    if (restarts) {
      restarts = false;
      listing.sequence = 0;
      listing.discontinuities = 0;
    } else if (segment.begins && channel.swaps()) {
      listing.sequence = segment.ad ? 0 : programmeSequence;
    }
    if (!segment.ad) {
      programmeSequence++;
    }
    listing.fresh = false;
    listing.window.add(segment);
    segment.listed = now;
    while (listing.window.size() > channel.window()) {
      listing.leave(now);
    }
  }

  private void leaveAll(Instant now) {
    for (Listing listing : programmes) {
      while (!listing.ended && !listing.window.isEmpty()) {
        listing.leave(now);
      }
    }
    if (programmes.size() > 1) {
      Listing before = programmes.get(programmes.size() - 2);
      before.window.forEach(segment -> segment.left = earlier(segment.left, now));
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Does what happens to the channel itself. */
  void happens(Incident incident, Instant now) {
    switch (incident) {
      case Incident.Break(Duration lasts) -> {
        if (!ad) {
          breakUntil = Optional.of(next.plus(lasts));
          begin(true);
        }
      }
      case Incident.NextProgramme _ -> programmeEnds = true;
      case Incident.Freeze(Duration lasts) -> frozenUntil = now.plus(lasts);
      case Incident.Restart _ -> restarts = true;
      case Incident.Renumber(long first) -> {
        programmes.getLast().sequence = first;
        renumbered = true;
      }
      case Incident.Jump(int count) -> {
        if (withheld.isEmpty() && !programmes.getLast().window.isEmpty()) {
          gap = count;
          toSkip = count;
        }
      }
      case Incident.Damaged(Damage damage, int count) -> {
        for (int i = 0; i < count; i++) {
          damages.add(damage);
        }
      }
      default -> {}
    }
  }

  /** The segment at {@code url}, which has no query. */
  Optional<Segment> at(String url) {
    return Optional.ofNullable(byUrl.get(url));
  }

  List<Segment> segments() {
    return segments;
  }

  /** The number of the programme whose playlist the master names. */
  int programme() {
    int last = programmes.size() - 1;
    return last > 0 && programmes.get(last).window.isEmpty() ? last - 1 : last;
  }

  /** The media playlist of a programme. */
  String playlist(int programme, String query) {
    return programmes.get(programme).text(channel, query);
  }
}
