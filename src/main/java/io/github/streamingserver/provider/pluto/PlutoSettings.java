package io.github.streamingserver.provider.pluto;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Urls;

/**
 * {@code streamingserver.providers.PlutoTV}: see reference.conf.
 *
 * @param username of an account; empty for none
 * @param password goes to the boot service alone
 */
record PlutoSettings(
    String apiUrl,
    String bootUrl,
    String stitcherUrl,
    String appVersion,
    String deviceVersion,
    String username,
    String password) {
  /**
   * @throws IllegalArgumentException with a message for people
   */
  static PlutoSettings of(JsonObject settings) {
    return new PlutoSettings(
        base(settings, "api-url"),
        base(settings, "boot-url"),
        base(settings, "stitcher-url"),
        required(settings, "app-version"),
        required(settings, "device-version"),
        settings.text("username").orElse(""),
        settings.text("password").orElse(""));
  }

  private static String base(JsonObject settings, String name) {
    String text = required(settings, name);
    try {
      return trimmed(Urls.http(text).toString());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("setting " + name + ": " + e.getMessage(), e);
    }
  }

  /** Without slashes at its end. */
  static String trimmed(String base) {
    int end = base.length();
    while (end > 0 && base.charAt(end - 1) == '/') {
      end--;
    }
    return base.substring(0, end);
  }

  private static String required(JsonObject settings, String name) {
    return settings
        .text(name)
        .orElseThrow(() -> new IllegalArgumentException("setting " + name + " is missing"));
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return "PlutoSettings[" + apiUrl + ", " + bootUrl + ", " + stitcherUrl + "]";
  }
}
