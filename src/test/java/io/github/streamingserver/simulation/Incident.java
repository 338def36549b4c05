package io.github.streamingserver.simulation;

import java.time.Duration;
import java.util.Locale;

/** What may happen to a channel, its origin or the server. */
sealed interface Incident {
  /** As a scenario has it. */
  String shown();

  /** Something that lasts. */
  sealed interface Lasting extends Incident {
    Duration lasts();
  }

  /** There is no connection to anything. */
  record Outage(Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "outage " + Times.shown(lasts);
    }
  }

  /** All requests are answered with this status. */
  record Errors(int status, Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "errors " + status + " for " + Times.shown(lasts);
    }
  }

  /** Requests are taken, and nothing comes: each ends at the idle time-out. */
  record Stall(Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "stall " + Times.shown(lasts);
    }
  }

  /** Bodies break off in their middle. */
  record Resets(Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "resets " + Times.shown(lasts);
    }
  }

  /** Each answer takes so long. */
  record SlowOrigin(Duration latency, Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "slow-origin " + Times.shown(latency) + " for " + Times.shown(lasts);
    }
  }

  /** Whoever wants the disk waits so long for each turn. */
  record SlowDisk(Duration delay, Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "slow-disk " + Times.shown(delay) + " for " + Times.shown(lasts);
    }
  }

  /** The playlist stands still, then lists what was made meanwhile. */
  record Freeze(Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "freeze " + Times.shown(lasts);
    }
  }

  /** An advertisement break. */
  record Break(Duration lasts) implements Lasting {
    @Override
    public String shown() {
      return "break " + Times.shown(lasts);
    }
  }

  /** The window begins anew, with media sequence 0 and what comes next. */
  record Restart() implements Incident {
    @Override
    public String shown() {
      return "restart";
    }
  }

  /** The same window, with other media sequences. */
  record Renumber(long first) implements Incident {
    @Override
    public String shown() {
      return "renumber " + first;
    }
  }

  /** So many segments are never listed; the window begins after them. */
  record Jump(int segments) implements Incident {
    @Override
    public String shown() {
      return "jump " + segments;
    }
  }

  /** A programme ends: ENDLIST, and another playlist for the next one. */
  record NextProgramme() implements Incident {
    @Override
    public String shown() {
      return "programme";
    }
  }

  /** What is wrong with a segment for as long as it is there. */
  enum Damage {
    /** 404. */
    MISSING,
    /** Not a transport stream. */
    GARBAGE,
    /** The first two answers break off. */
    TRUNCATED
  }

  /** The next so many segments are damaged. */
  record Damaged(Damage damage, int segments) implements Incident {
    @Override
    public String shown() {
      return damage.name().toLowerCase(Locale.ROOT) + " " + segments;
    }
  }

  /** Who crashes. */
  enum Victim {
    /** The actor of the recording, killed. */
    RECORDER,
    /** Its stream, which fails. */
    STREAM,
    /** At its next message. */
    SUPERVISOR,
    /** At its next message. */
    RESOLVER,
    /** All of it, at once, as by kill -9; started again ten seconds later. */
    SERVER
  }

  /** Something crashes. */
  record Crash(Victim victim) implements Incident {
    @Override
    public String shown() {
      return "crash " + victim.name().toLowerCase(Locale.ROOT);
    }
  }
}
