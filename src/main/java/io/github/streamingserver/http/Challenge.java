package io.github.streamingserver.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An answer that wants to know whether a person asks, by the marks that each protection leaves.
 * Pure.
 *
 * <p>Marks in headers count whatever the status is; marks in the content only where the status is
 * one of {@link #STATUS}, since a page may well speak of them or hold the protection's script.
 *
 * @param label whose challenge it is, for people
 */
record Challenge(String label, List<Mark> headers, List<String> content) {
  /** A header and its value. */
  record Mark(String name, String value) {}

  /** With which a challenge's page is answered. */
  static final Set<Integer> STATUS = Set.of(403, 429, 503);

  /** The last one's marks are in the pages of others too. */
  private static final List<Challenge> KNOWN =
      List.of(
          new Challenge(
              "Cloudflare",
              List.of(new Mark("cf-mitigated", "challenge")),
              List.of("cf-chl", "cf_chl_", "/cdn-cgi/challenge-platform/", "<title>Just a moment")),
          new Challenge("DataDome", List.of(), List.of("captcha-delivery.com")),
          new Challenge("Imperva", List.of(), List.of("_Incapsula_", "Incapsula incident ID")),
          new Challenge("HUMAN", List.of(), List.of("px-captcha", "_pxCaptcha")),
          new Challenge(
              "AWS WAF",
              List.of(
                  new Mark("x-amzn-waf-action", "challenge"),
                  new Mark("x-amzn-waf-action", "captcha")),
              List.of("awswaf.com/")),
          new Challenge(
              "Akamai", List.of(), List.of("/_sec/cp_challenge/", "sec-if-cpt-container")),
          new Challenge("Sucuri", List.of(), List.of("sucuri_cloudproxy_js")),
          new Challenge("DDoS-Guard", List.of(), List.of("/.well-known/ddos-guard/")),
          new Challenge("captcha", List.of(), List.of("g-recaptcha", "h-captcha", "cf-turnstile")));

  Challenge {
    headers = List.copyOf(headers);
    content = List.copyOf(content);
  }

  /** The challenge that the headers tell of. */
  static Optional<Challenge> of(HttpHeaders headers) {
    return KNOWN.stream()
        .filter(
            challenge ->
                challenge.headers.stream()
                    .anyMatch(
                        mark ->
                            headers.all(mark.name()).stream()
                                .anyMatch(value -> value.strip().equalsIgnoreCase(mark.value()))))
        .findFirst();
  }

  /**
   * The challenge that an answer is.
   *
   * @param text the beginning of its content
   */
  static Optional<Challenge> of(int status, HttpHeaders headers, String text) {
    return of(headers)
        .or(
            () ->
                KNOWN.stream()
                    .filter(_ -> STATUS.contains(status))
                    .filter(challenge -> challenge.content.stream().anyMatch(text::contains))
                    .findFirst());
  }
}
