package io.github.streamingserver.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/** A response as curl prints it: status line, headers, an empty line, content. */
record CurlOutput(int status, HttpHeaders headers, ByteString content) {
  private static final Pattern STATUS = Pattern.compile("HTTP/[0-9.]+ ([1-5][0-9]{2})(?: .*)?");

  /** Reads it, past interim responses (RFC 9110 §15.2); empty where it is no response. Pure. */
  static Optional<CurlOutput> parse(byte[] output) {
    int at = 0;
    while (true) {
      List<String> head = new ArrayList<>();
      int end = head(output, at, head);
      Matcher status = STATUS.matcher(head.isEmpty() ? "" : head.getFirst());
      if (end < 0 || !status.matches()) {
        return Optional.empty();
      }
      int code = Integer.parseInt(status.group(1));
      if (code >= 200) {
        ByteString content = ByteString.fromArray(output, end, output.length - end);
        return Optional.of(new CurlOutput(code, headers(head), content));
      }
      at = end;
    }
  }

  /** Adds the lines up to the empty one; returns what follows that, or -1 where there is none. */
  private static int head(byte[] output, int from, List<String> lines) {
    int start = from;
    for (int i = from; i < output.length; i++) {
      if (output[i] == '\n') {
        int end = i > start && output[i - 1] == '\r' ? i - 1 : i;
        if (end == start) {
          return i + 1;
        }
        lines.add(new String(output, start, end - start, StandardCharsets.ISO_8859_1));
        start = i + 1;
      }
    }
    return -1;
  }

  private static HttpHeaders headers(List<String> head) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(line.substring(0, colon).strip(), _ -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
    return new HttpHeaders(headers);
  }
}
