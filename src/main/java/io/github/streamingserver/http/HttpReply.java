package io.github.streamingserver.http;

import java.net.URI;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The response to a {@link HttpFetch}, after redirects.
 *
 * @param url where the response came from
 * @param body the content, decoded; runs once. It fails with a {@link
 *     io.github.streamingserver.model.StreamException} where it breaks off, stalls or can't be
 *     decoded, and where it is left unread for four times the idle time-out
 */
public record HttpReply(
    URI url, int status, HttpHeaders headers, Source<ByteString, NotUsed> body) {
  /** Whether the status is one of 2xx. */
  public boolean successful() {
    return status / 100 == 2;
  }

  /** Frees the connection without reading the content to its end. */
  public void discard(Materializer materializer) {
    body.runWith(Sink.cancelled(), materializer);
  }
}
