package io.github.streamingserver.provider.m3u;

import java.util.Map;

/**
 * An entry of a playlist of channels.
 *
 * @param name for people; never empty
 * @param url as it stands there, without options behind a bar; may be relative
 * @param group one or more groups, with semicolons between; empty where it is in none
 * @param attributes of its EXTINF, by name, as they stand there
 * @param headers that its stream must be asked for with
 */
record Channel(
    String name,
    String url,
    String group,
    Map<String, String> attributes,
    Map<String, String> headers) {}
