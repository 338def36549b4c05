package io.github.streamingserver.provider.pluto;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the boot service gives to one client for one stream.
 *
 * @param token a JWT; never shown
 * @param parameters of the stitcher, as they stand in a query
 * @param stitcher scheme and host, where the service names one
 * @param refresh when another one is to be asked for, where the service says so
 */
record PlutoSession(
    String token, String parameters, Optional<String> stitcher, Optional<Duration> refresh) {
  private static final double MOST_SECONDS = Duration.ofDays(7).toSeconds();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  /**
   * Reads the service's answer.
   *
   * @throws StreamException where it holds no session
   */
  static PlutoSession of(String answer, URI service) {
    JsonObject json;
    try {
      json =
          new JsonObject(
              Optional.ofNullable(JSON.readValue(answer, OBJECT)).orElseGet(LinkedHashMap::new));
    } catch (JacksonException e) {
      // Its message may hold a part of the token.
      throw none(service, "no JSON");
    }
    return new PlutoSession(
        json.text("sessionToken")
            .filter(token -> !token.isBlank())
            .orElseThrow(() -> none(service, "no sessionToken")),
        json.text("stitcherParams").orElse(""),
        json.object("servers")
            .flatMap(servers -> servers.text("stitcher"))
            .flatMap(PlutoSession::base),
        json.number("refreshInSec")
            .filter(seconds -> seconds >= 1 && seconds <= MOST_SECONDS)
            .map(seconds -> Duration.ofSeconds(seconds.longValue())));
  }

  private static Optional<String> base(String url) {
    try {
      return Optional.of(PlutoSettings.trimmed(Urls.http(url).toString()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static StreamException none(URI service, String why) {
    return new StreamException(
        new StreamFailure.Failed(Urls.shown(service) + " gave no session: " + why));
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "PlutoSession[" + stitcher.orElse("") + "]";
  }
}
