package io.github.streamingserver.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.scaladsl.coding.Coders;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;
import org.brotli.dec.BrotliInputStream;

/** Content codings (RFC 9110 §8.4.1): which are asked for, and how they are undone. */
final class ContentCodings {
  /** The Accept-Encoding of a request for text. */
  static final String ACCEPTED = "gzip, deflate, br";

  private static final String IDENTITY = "identity";

  private final Duration longestRead;
  private final String blockingDispatcher;

  /**
   * @param longestRead longer than the body itself may stall, so that the body's own error is told
   */
  ContentCodings(Duration longestRead, String blockingDispatcher) {
    this.longestRead = longestRead;
    this.blockingDispatcher = blockingDispatcher;
  }

  /** The codings of a response in the order in which they were applied. */
  static List<String> of(HttpHeaders headers) {
    List<String> codings = new ArrayList<>();
    for (String line : headers.all("Content-Encoding")) {
      for (String coding : line.split(",", -1)) {
        String name = coding.strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !name.equals(IDENTITY)) {
          codings.add(name);
        }
      }
    }
    return codings;
  }

  /**
   * {@code body} without its codings.
   *
   * @throws io.github.streamingserver.model.StreamException where one of them is unknown
   */
  Source<ByteString, NotUsed> decode(
      Source<ByteString, NotUsed> body, List<String> codings, URI url) {
    if (codings.size() > 2) {
      throw HttpFailures.coding(String.join(", ", codings), url);
    }
    Source<ByteString, NotUsed> decoded = body;
    for (String coding : codings.reversed()) {
      decoded =
          switch (coding) {
            case "gzip", "x-gzip" -> decoded.via(javaFlow(Coders.Gzip().decoderFlow()));
            case "deflate" -> decoded.via(javaFlow(Coders.Deflate().decoderFlow()));
            case "br" -> brotli(decoded);
            default -> throw HttpFailures.coding(coding, url);
          };
    }
    return decoded;
  }

  private static Flow<ByteString, ByteString, NotUsed> javaFlow(
      org.apache.pekko.stream.scaladsl.Flow<ByteString, ByteString, NotUsed> flow) {
    return flow.asJava();
  }

  private Source<ByteString, NotUsed> brotli(Source<ByteString, NotUsed> body) {
    return Source.fromMaterializer(
            (materializer, attributes) ->
                StreamConverters.fromInputStream(
                        () ->
                            new BrotliInputStream(
                                body.runWith(
                                    StreamConverters.asInputStream(longestRead), materializer)))
                    .withAttributes(ActorAttributes.dispatcher(blockingDispatcher)))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }
}
