package io.github.streamingserver.provider.pluto;

import io.github.streamingserver.model.Urls;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The addresses of Pluto TV's services. Pure. */
final class PlutoUrls {
  private static final Pattern CHANNEL = Pattern.compile("/channel/([A-Za-z0-9_-]++)");

  private final PlutoSettings settings;

  PlutoUrls(PlutoSettings settings) {
    this.settings = settings;
  }

  /** The id in the address of a channel. */
  static Optional<String> channel(URI url) {
    Matcher found = CHANNEL.matcher(url.getRawPath() == null ? "" : url.getRawPath());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The address of an item, from the stitched one that the list has for it. */
  String item(String stitched, UUID device, UUID session) {
    int query = stitched.indexOf('?');
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query >= 0) {
      for (String parameter : stitched.substring(query + 1).split("&", -1)) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
      }
    }
    parameters.put("appName", "web");
    parameters.put("appVersion", encoded(settings.appVersion()));
    parameters.put("deviceId", device.toString());
    parameters.put("deviceMake", "Chrome");
    parameters.put("deviceModel", "web");
    parameters.put("deviceType", "web");
    parameters.put("deviceVersion", encoded(settings.deviceVersion()));
    parameters.put("deviceDNT", "0");
    parameters.put("sid", session.toString());
    parameters.put("advertisingId", "");
    parameters.put("userId", "");
    parameters.put("includeExtendedEvents", "false");
    parameters.put("serverSideAds", "true");
    parameters.put("marketingRegion", parameters.getOrDefault("marketingRegion", ""));
    parameters.put("terminate", "false");
    return (query < 0 ? stitched : stitched.substring(0, query)) + "?" + joined(parameters);
  }

  /** Where a session begins; of its own for each stream. */
  URI boot(UUID client) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("appName", "web");
    parameters.put("appVersion", encoded(settings.appVersion()));
    parameters.put("deviceVersion", encoded(settings.deviceVersion()));
    parameters.put("deviceModel", "web");
    parameters.put("deviceMake", "chrome");
    parameters.put("deviceType", "web");
    parameters.put("clientID", client.toString());
    parameters.put("clientModelNumber", "1.0.0");
    parameters.put("serverSideAds", "false");
    if (!settings.username().isEmpty()) {
      parameters.put("username", encoded(settings.username()));
      parameters.put("password", encoded(settings.password()));
    }
    return Urls.http(settings.bootUrl() + "/v4/start?" + joined(parameters));
  }

  /** A channel's playlist in a session. */
  URI stitched(String channel, PlutoSession session) {
    return Urls.http(
        session.stitcher().orElse(settings.stitcherUrl())
            + "/v2/stitch/hls/channel/"
            + channel
            + "/master.m3u8?"
            + (session.parameters().isEmpty() ? "" : session.parameters() + "&")
            + "jwt="
            + encoded(session.token())
            + "&masterJWTPassthrough=true&includeExtendedEvents=true");
  }

  /** A channel's playlist without a session, and without most of the advertisements. */
  URI embedded(String channel) {
    return Urls.http(
        settings.stitcherUrl()
            + "/v1/stitch/embed/hls/channel/"
            + channel
            + "/master.m3u8?deviceType=samsung-tvplus&deviceMake=samsung&deviceModel=samsung"
            + "&deviceVersion=unknown&appVersion=unknown&deviceLat=0&deviceLon=0&deviceDNT=0"
            + "&deviceId=PSID&advertisingId=PSID&us_privacy=1YNY&embedPartner=samsung-tvplus");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }
}
