package io.github.streamingserver.hls;

import io.github.streamingserver.hls.MultivariantPlaylist.ContentSteering;
import io.github.streamingserver.hls.MultivariantPlaylist.SessionData;
import io.github.streamingserver.hls.PlaylistLine.TagLine;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the lines of a multivariant playlist. */
final class MultivariantPlaylistBuilder implements PlaylistBuilder {
  private static final Set<String> RENDITION_FIELDS =
      Set.of(
          Attributes.TYPE,
          Attributes.GROUP_ID,
          Attributes.NAME,
          Attributes.LANGUAGE,
          Attributes.DEFAULT,
          Attributes.AUTOSELECT,
          Attributes.FORCED,
          Attributes.URI);

  private final ParseContext context;
  private final CommonTags common;
  private final TagReader reader;
  private final VariantReader variantReader;
  private final List<Variant> variants = new ArrayList<>();
  private final List<Variant> iFrameVariants = new ArrayList<>();
  private final List<Rendition> renditions = new ArrayList<>();
  private final List<Key> sessionKeys = new ArrayList<>();
  private final List<SessionData> sessionData = new ArrayList<>();
  private Optional<ContentSteering> contentSteering = Optional.empty();
  private @Nullable AttributeList pending;

  MultivariantPlaylistBuilder(ParseContext context, CommonTags common) {
    this.context = context;
    this.common = common;
    this.reader = common.reader();
    this.variantReader = new VariantReader(context);
  }

  @Override
  public void tag(TagLine line) {
    AttributeList attributes = reader.attributes(line);
    switch (line.tag()) {
      case STREAM_INF -> streamInf(attributes);
      case I_FRAME_STREAM_INF -> iFrameStreamInf(attributes);
      case RENDITION -> rendition(attributes);
      case SESSION_KEY -> sessionKey(attributes);
      case SESSION_DATA -> sessionData(attributes);
      case CONTENT_STEERING -> contentSteering(attributes);
      default -> throw new AssertionError(line.tag());
    }
  }

  @Override
  public void uri(String text) {
    AttributeList attributes = pending;
    pending = null;
    if (attributes == null) {
      context.warn("URI without EXT-X-STREAM-INF");
      return;
    }
    context
        .resolve(text)
        .ifPresentOrElse(
            url -> context.add(variants, variantReader.read(attributes, url, text), Tag.STREAM_INF),
            () -> context.warn("variant whose URI can't be fetched"));
  }

  @Override
  public MultivariantPlaylist build() {
    if (pending != null) {
      context.warn("EXT-X-STREAM-INF without a URI behind it");
    }
    if (variants.isEmpty()) {
      context.warn("no variant");
    }
    return new MultivariantPlaylist(
        context.base(),
        common.version(),
        common.independentSegments(),
        common.start(),
        variants,
        iFrameVariants,
        renditions,
        sessionKeys,
        sessionData,
        contentSteering,
        common.variables().defined(),
        context.warnings());
  }

  private void streamInf(AttributeList attributes) {
    if (pending != null) {
      context.warn("EXT-X-STREAM-INF without a URI behind it");
    }
    pending = attributes;
  }

  private void iFrameStreamInf(AttributeList attributes) {
    reader
        .uri(attributes, Tag.I_FRAME_STREAM_INF)
        .ifPresent(
            url ->
                context.add(
                    iFrameVariants,
                    variantReader.read(
                        attributes, url, attributes.text(Attributes.URI).orElseThrow()),
                    Tag.I_FRAME_STREAM_INF));
  }

  private void rendition(AttributeList attributes) {
    Optional<Rendition.Type> type = attributes.parsed(Attributes.TYPE, this::type);
    Optional<String> groupId = attributes.text(Attributes.GROUP_ID);
    if (type.isEmpty() || groupId.isEmpty()) {
      context.warn("EXT-X-MEDIA without TYPE or GROUP-ID");
      return;
    }
    Optional<URI> url =
        attributes.text(Attributes.URI).isEmpty()
            ? Optional.empty()
            : reader.uri(attributes, Tag.RENDITION);
    if (attributes.text(Attributes.URI).isPresent() && url.isEmpty()) {
      return;
    }
    Rendition rendition =
        new Rendition(
            type.get(),
            groupId.get(),
            attributes.text(Attributes.NAME).orElse(""),
            attributes.text(Attributes.LANGUAGE),
            attributes.yes(Attributes.DEFAULT),
            attributes.yes(Attributes.AUTOSELECT),
            attributes.yes(Attributes.FORCED),
            url,
            attributes.text(Attributes.URI).orElse(""),
            attributes.without(RENDITION_FIELDS));
    context.add(renditions, rendition, Tag.RENDITION);
  }

  private Optional<Rendition.Type> type(String text) {
    String label = text.toUpperCase(Locale.ROOT);
    return Arrays.stream(Rendition.Type.values())
        .filter(type -> type.label().equals(label))
        .findFirst();
  }

  private void sessionKey(AttributeList attributes) {
    reader
        .key(attributes, Tag.SESSION_KEY)
        .ifPresentOrElse(
            key -> context.add(sessionKeys, key, Tag.SESSION_KEY),
            () -> context.warn("EXT-X-SESSION-KEY with METHOD NONE"));
  }

  private void sessionData(AttributeList attributes) {
    SessionData data =
        new SessionData(
            attributes.text("DATA-ID").orElse(""),
            attributes.text(Attributes.VALUE),
            attributes.text(Attributes.URI).flatMap(context::resolve),
            attributes.text(Attributes.LANGUAGE));
    context.add(sessionData, data, Tag.SESSION_DATA);
  }

  private void contentSteering(AttributeList attributes) {
    contentSteering =
        attributes
            .text("SERVER-URI")
            .flatMap(context::resolve)
            .map(url -> new ContentSteering(url, attributes.text("PATHWAY-ID")));
    if (contentSteering.isEmpty()) {
      context.warn("EXT-X-CONTENT-STEERING without a SERVER-URI that can be fetched");
    }
  }
}
