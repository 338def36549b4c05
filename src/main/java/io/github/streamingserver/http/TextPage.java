package io.github.streamingserver.http;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/**
 * A page or playlist in memory.
 *
 * @param url where it came from, after redirects: what its links are relative to
 */
public record TextPage(URI url, HttpHeaders headers, String text) {
  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?([^\"';,\\s]+)");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Decodes by the Content-Type's charset, UTF-8 where it names none that is known. */
  static TextPage of(HttpReply reply, ByteString content) {
    String text = content.decodeString(charset(reply.headers()));
    return new TextPage(
        reply.url(),
        reply.headers(),
        text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text);
  }

  private static Charset charset(HttpHeaders headers) {
    Matcher named = CHARSET.matcher(headers.first("Content-Type").orElse(""));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
