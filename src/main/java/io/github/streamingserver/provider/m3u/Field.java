package io.github.streamingserver.provider.m3u;

/** Names of fields in items and categories, and of attributes in playlists, each once. */
final class Field {
  static final String NAME = "name";
  static final String TITLE = "title";
  static final String URL = "url";
  static final String THUMBNAIL = "thumbnail";
  static final String DESCRIPTION = "description";
  static final String HEADERS = "headers";
  static final String NOW = "now";
  static final String NEXT = "next";
  static final String START = "start";
  static final String STOP = "stop";
  static final String CHANNELS = "channels";
  static final String GUIDE = "guide";
  static final String GROUP_TITLE = "group-title";
  static final String TVG_ID = "tvg-id";
  static final String TVG_NAME = "tvg-name";
  static final String TVG_LOGO = "tvg-logo";

  private Field() {}
}
