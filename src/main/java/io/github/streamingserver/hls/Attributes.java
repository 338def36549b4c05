package io.github.streamingserver.hls;

/** Attribute names that more than one tag has, and those of variants and renditions. */
final class Attributes {
  static final String URI = "URI";
  static final String NAME = "NAME";
  static final String BYTERANGE = "BYTERANGE";
  static final String DURATION = "DURATION";
  static final String LANGUAGE = "LANGUAGE";
  static final String VALUE = "VALUE";
  static final String TYPE = "TYPE";
  static final String METHOD = "METHOD";
  static final String IV = "IV";
  static final String KEYFORMAT = "KEYFORMAT";
  static final String GROUP_ID = "GROUP-ID";
  static final String DEFAULT = "DEFAULT";
  static final String AUTOSELECT = "AUTOSELECT";
  static final String FORCED = "FORCED";
  static final String BANDWIDTH = "BANDWIDTH";
  static final String AVERAGE_BANDWIDTH = "AVERAGE-BANDWIDTH";
  static final String RESOLUTION = "RESOLUTION";
  static final String FRAME_RATE = "FRAME-RATE";
  static final String CODECS = "CODECS";
  static final String AUDIO = "AUDIO";
  static final String VIDEO = "VIDEO";
  static final String SUBTITLES = "SUBTITLES";
  static final String CLOSED_CAPTIONS = "CLOSED-CAPTIONS";
  static final String GAP = "GAP";

  private Attributes() {}
}
