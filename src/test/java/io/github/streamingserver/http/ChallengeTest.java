package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // status | header | content | whose
        "403 | cf-mitigated: challenge | - | Cloudflare",
        "200 | CF-Mitigated: Challenge | - | Cloudflare",
        "503 | cf-mitigated: challenge | px-captcha | Cloudflare",
        "403 | cf-mitigated: block | - | -",
        "503 | - | <title>Just a moment...</title> | Cloudflare",
        "403 | - | <script>window._cf_chl_opt={}</script> | Cloudflare",
        "503 | - | <form id=\"challenge-form\" action=\"/?__cf_chl_f_tk=x\"> | Cloudflare",
        "403 | - | <div class=\"cf-chl-widget\"> | Cloudflare",
        "403 | - | src='/cdn-cgi/challenge-platform/h/b/orchestrate' | Cloudflare",
        "200 | - | src='/cdn-cgi/challenge-platform/scripts/jsd/main.js' | -",
        "404 | - | <title>Just a moment...</title> | -",
        "403 | - | <title>Just a moment | Cloudflare",
        "403 | - | var dd={'host':'geo.captcha-delivery.com'} | DataDome",
        "429 | - | https://ct.captcha-delivery.com/c.js | DataDome",
        "403 | - | <iframe src=\"/_Incapsula_Resource?x\"> | Imperva",
        "503 | - | Incapsula incident ID: 1-2 | Imperva",
        "403 | - | <div id=\"px-captcha\"></div> | HUMAN",
        "200 | - | <div id=\"px-captcha\"></div> | -",
        "202 | x-amzn-waf-action: challenge | - | AWS WAF",
        "405 | x-amzn-waf-action: captcha | - | AWS WAF",
        "403 | - | src=https://x.token.awswaf.com/y/challenge.js | AWS WAF",
        "403 | - | src='/_sec/cp_challenge/crypto-4.htm' | Akamai",
        "403 | - | sucuri_cloudproxy_js='' | Sucuri",
        "403 | - | src='/.well-known/ddos-guard/js-challenge' | DDoS-Guard",
        "403 | - | <div class=g-recaptcha> | captcha",
        "403 | - | <div class=h-captcha> | captcha",
        "403 | - | <div class=cf-turnstile> | captcha",
        "403 | - | Not for your country | -",
        "503 | - | down for maintenance | -",
        "403 | server: cloudflare | error code: 1020 | -",
        "403 | - | - | -",
      })
  void knowsTheMarks(int status, String header, String content, String label) {
    Map<String, List<String>> headers =
        header == null
            ? Map.of()
            : Map.of(header.split(": ", 2)[0], List.of(header.split(": ", 2)[1]));
    assertThat(
            Challenge.of(status, new HttpHeaders(headers), content == null ? "" : content)
                .map(Challenge::label)
                .orElse(null))
        .isEqualTo(label);
  }
}
