package io.github.streamingserver.http;

import io.github.streamingserver.config.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Turns Pekko's responses into ours: all headers in one place, a guarded and decoded body. */
final class HttpReplies {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String CONTENT_LENGTH = "Content-Length";
  private static final int PARTIAL_CONTENT = 206;

  private final Duration idle;
  private final ContentCodings codings;

  HttpReplies(HttpSettings settings) {
    this.idle = settings.idleTimeout();
    this.codings =
        new ContentCodings(settings.longestIdleConnection(), settings.blockingDispatcher());
  }

  /** The headers, Content-Type and Content-Length included, which Pekko keeps with the entity. */
  static HttpHeaders headers(HttpResponse response) {
    Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    HttpEntity entity = response.entity();
    for (HttpHeader header : response.getHeaders()) {
      add(values, header.name(), header.value());
    }
    // Where the header is missing or can't be parsed, the entity's type is this default; a header
    // that can't be parsed is then among the others.
    ContentType type = entity.getContentType();
    if (!type.equals(ContentTypes.APPLICATION_OCTET_STREAM) || !values.containsKey(CONTENT_TYPE)) {
      values.computeIfAbsent(CONTENT_TYPE, _ -> new ArrayList<>()).addFirst(type.toString());
    }
    entity
        .getContentLengthOption()
        .ifPresent(length -> values.put(CONTENT_LENGTH, List.of(Long.toString(length))));
    return new HttpHeaders(values);
  }

  /** The content as it comes over the wire; fails with a StreamException. */
  Source<ByteString, NotUsed> raw(HttpResponse response, URI url) {
    return response
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .<NotUsed>mapMaterializedValue(_ -> NotUsed.getInstance())
        .via(new StallGuard<>(idle, () -> HttpFailures.noByteFor(idle, url)))
        .mapError(Throwable.class, error -> HttpFailures.inContent(error, url));
  }

  /**
   * The reply for whoever asked.
   *
   * @throws io.github.streamingserver.model.StreamException where the content can't be decoded
   */
  HttpReply reply(HttpResponse response, URI url) {
    int status = response.status().intValue();
    HttpHeaders headers = headers(response);
    List<String> coded = ContentCodings.of(headers);
    Source<ByteString, NotUsed> raw = raw(response, url);
    if (coded.isEmpty() || response.entity().isKnownEmpty()) {
      return new HttpReply(url, status, headers, raw);
    }
    if (status == PARTIAL_CONTENT) {
      throw HttpFailures.coding(String.join(", ", coded) + ", of a part", url);
    }
    Source<ByteString, NotUsed> decoded =
        codings
            .decode(raw, coded, url)
            .mapError(Throwable.class, error -> HttpFailures.inDecoding(error, url));
    return new HttpReply(url, status, headers.without(CONTENT_LENGTH), decoded);
  }

  private static void add(Map<String, List<String>> values, String name, String value) {
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }
}
