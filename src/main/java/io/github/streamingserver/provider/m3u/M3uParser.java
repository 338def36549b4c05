package io.github.streamingserver.provider.m3u;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a playlist of channels line by line: EXTINF with attributes, EXTGRP, EXTVLCOPT, and options
 * behind a bar. Other tags, KODIPROP among them, mean nothing. An address without an EXTINF is a
 * channel too.
 */
final class M3uParser {
  private static final String HEADER = "#EXTM3U";
  private static final String INFO = "#EXTINF:";
  private static final String GROUP = "#EXTGRP:";
  private static final String OPTION = "#EXTVLCOPT:";
  private static final String HLS = "#EXT-X-";
  private static final List<String> GUIDES = List.of("url-tvg", "x-tvg-url");

  private final Consumer<Channel> found;
  private final List<String> guides = new ArrayList<>();
  private ExtInfLine info = new ExtInfLine(Map.of(), "");
  private StreamHeaders headers = new StreamHeaders();
  private String group = "";
  private boolean hls;

  /**
   * @param found takes each channel when its address has been read
   */
  M3uParser(Consumer<Channel> found) {
    this.found = found;
  }

  /** The next line, without what ends it. */
  void line(String text) {
    String line = text.strip();
    if (startsWith(line, INFO)) {
      info = ExtInfLine.parse(line.substring(INFO.length()));
    } else if (startsWith(line, GROUP)) {
      group = line.substring(GROUP.length()).strip();
    } else if (startsWith(line, OPTION)) {
      headers.option(line.substring(OPTION.length()));
    } else if (startsWith(line, HEADER)) {
      header(line.substring(HEADER.length()));
    } else if (startsWith(line, HLS)) {
      hls = true;
    } else if (!line.isEmpty() && line.charAt(0) != '#') {
      address(line);
    }
  }

  /** Addresses of guides that the playlist names. */
  List<String> guides() {
    return guides;
  }

  /** Whether this is not a playlist of channels but one stream. */
  boolean hls() {
    return hls;
  }

  private void header(String text) {
    Map<String, String> attributes = ExtInfLine.parse(text).attributes();
    for (String name : GUIDES) {
      for (String url : attributes.getOrDefault(name, "").split(",", -1)) {
        if (!url.isBlank() && !guides.contains(url.strip())) {
          guides.add(url.strip());
        }
      }
    }
  }

  private void address(String line) {
    int bar = line.indexOf('|');
    String url = bar < 0 ? line : line.substring(0, bar).strip();
    Map<String, String> attributes = new LinkedHashMap<>(info.attributes());
    attributes.entrySet().removeIf(entry -> headers.attribute(entry.getKey(), entry.getValue()));
    if (bar >= 0) {
      headers.suffix(line.substring(bar + 1));
    }
    String own = attributes.getOrDefault(Field.GROUP_TITLE, "");
    if (!own.isEmpty()) {
      group = "";
    }
    found.accept(
        new Channel(
            name(attributes, url), url, own.isEmpty() ? group : own, attributes, headers.toMap()));
    info = new ExtInfLine(Map.of(), "");
    headers = new StreamHeaders();
  }

  private String name(Map<String, String> attributes, String url) {
    for (String name :
        List.of(
            info.name(),
            attributes.getOrDefault(Field.TVG_NAME, ""),
            attributes.getOrDefault(Field.TVG_ID, ""))) {
      if (!name.isEmpty()) {
        return name;
      }
    }
    String path = url.replaceFirst("[?#].*", "").replaceFirst("/+$", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isEmpty() ? url : last;
  }

  private static boolean startsWith(String line, String tag) {
    return line.regionMatches(true, 0, tag, 0, tag.length());
  }
}
