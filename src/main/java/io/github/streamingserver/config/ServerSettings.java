package io.github.streamingserver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** All settings of the {@code streamingserver} section, read once at the start. */
public record ServerSettings(
    TcpSettings tcp,
    AdmissionSettings admission,
    ProtocolSettings protocol,
    ProviderSettings providers,
    ThumbnailSettings thumbnails,
    ResolverSettings resolver,
    HttpSettings http,
    AccessSettings access,
    HlsSettings hls,
    MuxSettings mux,
    RecordingSettings recording) {

  /** What holds where an owner changes nothing: reference.conf. */
  public static ServerSettings defaults() {
    return create(ConfigFactory.defaultReference());
  }

  /**
   * Reads the {@code streamingserver} section of {@code config}.
   *
   * @throws com.typesafe.config.ConfigException with the file, line and key that is wrong
   */
  public static ServerSettings create(Config config) {
    Config section = config.getConfig("streamingserver");
    return new ServerSettings(
        TcpSettings.create(section),
        AdmissionSettings.create(section),
        ProtocolSettings.create(section),
        ProviderSettings.create(section),
        ThumbnailSettings.create(section),
        ResolverSettings.create(section),
        HttpSettings.create(section),
        AccessSettings.create(section),
        HlsSettings.create(section),
        MuxSettings.create(section),
        RecordingSettings.create(section));
  }
}
