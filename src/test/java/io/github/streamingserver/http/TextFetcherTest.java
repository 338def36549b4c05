package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.StreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFetcherTest {
  private static Fetching fetching;
  private static TextFetcher fetcher;

  @BeforeAll
  static void start() {
    fetching = new Fetching();
    fetcher =
        new TextFetcher(
            fetching.fetcher(),
            Materializer.matFromSystem(fetching.kit.system()),
            InstantSource.system());
  }

  @AfterAll
  static void stop() {
    fetching.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=ISO-8859-1 | \u00e9",
        "text/html;charset=\"iso-8859-1\" | \u00e9",
        "text/html; x=y; CHARSET='latin1' | \u00e9",
        "text/html; charset=utf-8 | \ufffd",
        "text/html; charset=no-such-thing | \ufffd",
        "text/html; charset= | \ufffd",
        "text/html; charset=??? | \ufffd",
        "garbage | \ufffd",
        "text/html | \ufffd",
      })
  void decodesByTheCharset(String type, String text) throws IOException {
    try (RawOrigin origin = answering("200 OK\r\nContent-Type: " + type, "\u00e9")) {
      assertThat(page(origin, 10).text()).isEqualTo(text);
    }
  }

  @Test
  void byteOrderMarkIsNoText() throws IOException {
    try (RawOrigin origin = answering("200 OK", "\u00ef\u00bb\u00bf#EXTM3U")) {
      assertThat(page(origin, 10).text()).isEqualTo("#EXTM3U");
    }
  }

  @Test
  void limitIsWhatFits() throws IOException {
    try (RawOrigin origin = answering("200 OK", "0123456789")) {
      assertThat(page(origin, 10).text()).isEqualTo("0123456789");
      tooLarge(origin, 9);
    }
  }

  @Test
  void contentOfUnknownLengthIsBounded() throws IOException {
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                connection.send("on and on ");
              }
            })) {
      tooLarge(origin, 100_000);
    }
  }

  @Test
  void decodedContentIsBounded() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[1_000_000]);
    }
    try (RawOrigin origin =
        new RawOrigin(
            connection -> {
              connection.readRequest();
              connection.send(
                  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                      + bomb.size()
                      + "\r\n\r\n");
              connection.send(bomb.toByteArray());
            })) {
      tooLarge(origin, 100_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, FORBIDDEN", "403, FORBIDDEN", "451, FORBIDDEN", "404, FAILURE", "410, FAILURE",
    "429, FAILURE", "500, FAILURE", "504, FAILURE", "408, FAILURE", "304, FAILURE",
  })
  void otherStatusIsAFailure(int status, ErrorId id) throws IOException {
    try (RawOrigin origin =
        answering(status + " Odd\r\nRetry-After: 7", status == 304 ? "" : "no")) {
      assertThatThrownBy(() -> page(origin, 10))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining("/page answered " + status)
          .hasMessageNotContaining("secret")
          .satisfies(
              e -> {
                assertThat(StreamException.failureOf(e).errorId()).isEqualTo(id);
                assertThat(HttpFailure.of(e))
                    .contains(new HttpFailure.Status(status, Duration.ofSeconds(7)));
              });
    }
  }

  private static void tooLarge(RawOrigin origin, long most) {
    assertThatThrownBy(() -> page(origin, most))
        .isInstanceOf(StreamException.class)
        .hasMessageContaining("longer than " + most + " bytes")
        .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.TOO_LARGE));
  }

  private static TextPage page(RawOrigin origin, long most) {
    HttpFetch request = HttpFetch.text(origin.url("/page?k=secret"));
    return Fetching.await(fetcher.fetch(request, HttpSession.empty(), most));
  }

  private static RawOrigin answering(String statusAndHeaders, String body) {
    return RawOrigin.answering(
        "HTTP/1.1 "
            + statusAndHeaders
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }
}
