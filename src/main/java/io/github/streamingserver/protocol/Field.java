package io.github.streamingserver.protocol;

/** Names of the fields in messages, each once. */
public final class Field {
  public static final String DATA = "data";
  public static final String DATA_DIR = "data_dir";
  public static final String PROVIDER = "provider";
  public static final String PROVIDER_ID = "provider_id";
  public static final String CATEGORY = "category";
  public static final String PAGE = "page";
  public static final String LIMIT = "limit";
  public static final String FILE = "file";
  public static final String TERM = "term";
  public static final String URL = "url";
  public static final String REC_DIR = "rec_dir";
  public static final String QUALITY = "quality";
  public static final String SHOW_ADS = "show_ads";
  public static final String BUFFERING = "buffering";
  public static final String AV1 = "av1";
  public static final String VIDEO = "video";
  public static final String LICENSE_URL = "license_url";
  public static final String TITLE = "title";
  public static final String DURATION = "duration";
  public static final String UNTIL = "until";
  public static final String FROM_START = "from_start";
  public static final String HEADERS = "headers";
  public static final String COOKIES = "cookies";
  public static final String VERSION = "version";
  public static final String TOKEN = "token";
  public static final String EVENTS = "events";
  public static final String SERVER = "server";
  public static final String COMMANDS = "commands";
  public static final String RECORDING_ID = "recording_id";
  public static final String RECORDER_ID = "recorder_id";
  public static final String RECORDER = "recorder";
  public static final String TYPE = "type";
  public static final String REC_FILE = "rec_file";
  public static final String SECTION_INDEX = "section_index";
  public static final String SEGMENT_INDEX = "segment_index";
  public static final String REASON = "reason";
  public static final String ERROR_ID = "error_id";
  public static final String MSG = "msg";
  public static final String CHANNEL = "channel";
  public static final String COMMAND = "command";
  public static final String BYTES = "bytes";
  public static final String LOST_SEGMENTS = "lost_segments";
  public static final String LOST_SECONDS = "lost_seconds";
  public static final String SECTIONS = "sections";
  public static final String STATE = "state";
  public static final String TOTAL_BYTES = "total_bytes";
  public static final String PERCENT = "percent";
  public static final String BYTES_PER_SECOND = "bytes_per_second";
  public static final String ETA_SECONDS = "eta_seconds";
  public static final String SEGMENTS = "segments";
  public static final String MEDIA_SECONDS = "media_seconds";
  public static final String RESTARTS = "restarts";

  private Field() {}
}
