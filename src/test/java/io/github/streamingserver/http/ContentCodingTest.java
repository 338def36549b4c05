package io.github.streamingserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.StreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentCodingTest {
  private static final String TEXT = "#EXTM3U\n".repeat(40);
  private static final byte[] BROTLI =
      HexFormat.of().parseHex("1b3f01f88d94ab936b3d525485a515669aa8c46ee100397e06");

  private static Fetching fetching;

  @BeforeAll
  static void start() {
    fetching = new Fetching();
  }

  @AfterAll
  static void stop() {
    fetching.close();
  }

  static Stream<Arguments> coded() throws IOException {
    return Stream.of(
        Arguments.of("gzip", gzip(plain())),
        Arguments.of("X-GZip", gzip(plain())),
        Arguments.of("deflate", deflate(plain(), false)),
        Arguments.of("deflate", deflate(plain(), true)),
        Arguments.of("br", BROTLI),
        Arguments.of("br, gzip", gzip(BROTLI)),
        Arguments.of("identity", plain()),
        Arguments.of("", plain()));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("coded")
  void decodes(String coding, byte[] content) throws IOException {
    try (RawOrigin origin = origin(200, coding, content, content.length)) {
      HttpReply reply = text(origin);
      boolean decoded = !coding.isEmpty() && !coding.equals("identity");
      assertThat(reply.headers().contentLength().isPresent()).isEqualTo(!decoded);
      assertThat(reply.headers().contentType()).isEqualTo("text/plain");
      assertThat(fetching.bodyOf(reply)).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("coded")
  void decodesWhatWasNotAskedFor(String coding, byte[] content) throws IOException {
    try (RawOrigin origin = origin(200, coding, content, content.length)) {
      assertThat(fetching.bodyOf(fetching.get(origin.url("/")))).isEqualTo(TEXT);
    }
  }

  @Test
  void unknownCodingIsAFailure() throws IOException {
    try (RawOrigin origin = origin(200, "zstd", plain(), TEXT.length())) {
      assertThatThrownBy(() -> text(origin))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining("[zstd]")
          .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.CODING));
    }
  }

  @Test
  void partOfCodedContentIsAFailure() throws IOException {
    try (RawOrigin origin = origin(206, "gzip", plain(), TEXT.length())) {
      assertThatThrownBy(() -> fetching.get(origin.url("/")))
          .hasMessageContaining("[gzip, of a part]");
    }
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("coded")
  void brokenOffContentIsAFailure(String coding, byte[] content) throws IOException {
    byte[] half = Arrays.copyOf(content, content.length / 2);
    try (RawOrigin origin = origin(200, coding, half, content.length)) {
      HttpReply reply = text(origin);
      assertThatThrownBy(() -> fetching.bodyOf(reply))
          .isInstanceOf(StreamException.class)
          .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.TRUNCATED));
    }
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("coded")
  void contentThatIsNotInItsCodingIsAFailure(String coding, byte[] content) throws IOException {
    byte[] garbage = content.clone();
    Arrays.fill(garbage, 0, garbage.length, (byte) 0x7f);
    try (RawOrigin origin =
        origin(200, coding.isEmpty() ? "br" : coding, garbage, garbage.length)) {
      HttpReply reply = text(origin);
      if (!coding.equals("identity")) {
        assertThatThrownBy(() -> fetching.bodyOf(reply))
            .isInstanceOf(StreamException.class)
            .satisfies(e -> assertThat(HttpFailure.of(e)).contains(HttpFailure.Transport.CODING));
      }
    }
  }

  @Test
  void emptyContentNeedsNoDecoding() throws IOException {
    try (RawOrigin origin = origin(404, "gzip", new byte[0], 0)) {
      assertThat(fetching.bodyOf(text(origin))).isEmpty();
    }
  }

  private static HttpReply text(RawOrigin origin) {
    HttpFetch request = HttpFetch.text(origin.url("/"));
    return Fetching.await(fetching.fetcher().fetch(request, HttpSession.empty()));
  }

  private static RawOrigin origin(int status, String coding, byte[] content, int length) {
    return new RawOrigin(
        connection -> {
          connection.readRequest();
          connection.send(
              "HTTP/1.1 "
                  + status
                  + " OK\r\nContent-Type: text/plain\r\nContent-Length: "
                  + length
                  + (coding.isEmpty() ? "" : "\r\nContent-Encoding: " + coding)
                  + "\r\n\r\n");
          connection.send(content);
        });
  }

  private static byte[] plain() {
    return TEXT.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] content, boolean raw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, raw);
    try (OutputStream deflated = new DeflaterOutputStream(out, deflater)) {
      deflated.write(content);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }
}
