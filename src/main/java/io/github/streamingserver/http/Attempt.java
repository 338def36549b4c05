package io.github.streamingserver.http;

import java.util.Optional;
import java.util.Set;

/** What came of one way to ask for a page. */
sealed interface Attempt {
  /** Refusals that may be meant for our client alone; 401 and 451 are meant for everybody. */
  Set<Integer> REFUSALS = Set.of(403, 406);

  /** An answer for whoever asked, be it a page or, say, 404. */
  record Answered(HttpReply reply) implements Attempt {}

  /**
   * The site does not want this client.
   *
   * @param reply with no more than the beginning of its content
   */
  record Refused(HttpReply reply, Optional<Challenge> challenge) implements Attempt {}

  /** No answer. */
  record Failed(Throwable error) implements Attempt {}

  /** This way is not there. */
  record Missing() implements Attempt {}

  /** Whether there may be more to {@code reply} than its status and headers tell. Pure. */
  static boolean isSuspicious(HttpReply reply) {
    return REFUSALS.contains(reply.status())
        || Challenge.STATUS.contains(reply.status())
        || Challenge.of(reply.headers()).isPresent();
  }

  /**
   * Judges a suspicious reply. Pure.
   *
   * @param text the beginning of its content
   */
  static Attempt of(HttpReply reply, String text) {
    Optional<Challenge> challenge = Challenge.of(reply.status(), reply.headers(), text);
    return challenge.isPresent() || REFUSALS.contains(reply.status())
        ? new Refused(reply, challenge)
        : new Answered(reply);
  }

  /**
   * Whether another way may do better than this one. A site that does not answer in time, or whose
   * host is not there, is not asked again: the next client would wait as long. Pure.
   */
  default boolean isWorthAnother() {
    return switch (this) {
      case Answered _ -> false;
      case Refused _, Missing _ -> true;
      case Failed(var error) ->
          HttpFailure.of(error)
              .filter(
                  failure ->
                      failure == HttpFailure.Transport.CLOSED
                          || failure == HttpFailure.Transport.TLS
                          || failure == HttpFailure.Transport.NOT_HTTP)
              .isPresent();
    };
  }
}
