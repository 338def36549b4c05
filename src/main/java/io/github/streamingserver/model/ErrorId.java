package io.github.streamingserver.model;

/** Why a request or a recording failed, by the {@code error_id} that clients read. */
public enum ErrorId {
  /** Protected by a DRM system: refused, never worked around. */
  DRM_PROTECTED("drm_protected"),
  /** The site refuses us: 401, 403, 451 or a bot challenge. */
  FORBIDDEN("forbidden"),
  /** No data for the idle limit, or connect time-outs used up. */
  TIMEOUT("timeout"),
  /** No space, over quota, or below the configured free space. */
  DISK_FULL("disk_full"),
  /** The limit of concurrent recordings is reached. */
  BUSY("busy"),
  /** All else. */
  FAILURE("failure");

  private final String id;

  ErrorId(String id) {
    this.id = id;
  }

  /** The id as it stands in messages. */
  public String id() {
    return id;
  }
}
