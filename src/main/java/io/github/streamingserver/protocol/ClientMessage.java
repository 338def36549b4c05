package io.github.streamingserver.protocol;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.Page;
import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.RecordingId;
import io.github.streamingserver.model.RecordingRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** What a client may ask for. */
public sealed interface ClientMessage {
  /** The version of the protocol and the token, from a client that wants more than the plugin. */
  record Hello(String token, Set<String> events) implements ClientMessage {
    public Hello {
      events = Set.copyOf(events);
    }
  }

  /** A request to browse what a provider offers. */
  sealed interface Browse extends ClientMessage {
    /** Whom it is for. */
    ProviderId provider();

    /** The folder under which the provider has its own; absolute. */
    Path dataDir();

    /** The request's word, for its reply. */
    Command command();
  }

  record GetProviders() implements ClientMessage {}

  record GetCategories(ProviderId provider, Path dataDir) implements Browse {
    @Override
    public Command command() {
      return Command.GET_CATEGORIES;
    }
  }

  /** A page of the items in {@code category}, which is as it came from {@code get_categories}. */
  record GetMediaItems(ProviderId provider, Path dataDir, JsonObject category, Page page)
      implements Browse {
    @Override
    public Command command() {
      return Command.GET_MEDIA_ITEMS;
    }
  }

  record Search(ProviderId provider, Path dataDir, String term, Page page) implements Browse {
    @Override
    public Command command() {
      return Command.SEARCH;
    }
  }

  /** A file with the picture at {@code url}, for a client that loads files alone. */
  record GetThumbnail(ProviderId provider, Path dataDir, URI url) implements ClientMessage {}

  record Start(RecordingRequest request) implements ClientMessage {}

  record Stop(RecordingId recording) implements ClientMessage {}

  record Status() implements ClientMessage {}

  record RecorderTypes() implements ClientMessage {}

  /** A command that this server doesn't know: logged and ignored. */
  record Unknown(String command) implements ClientMessage {}
}
