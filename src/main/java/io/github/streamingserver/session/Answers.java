package io.github.streamingserver.session;

import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamFailure;
import io.github.streamingserver.protocol.ClientMessage;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.ServerMessages;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.provider.thumbnail.Thumbnails;
import io.github.streamingserver.recorder.StartReply;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the other actors reply → what a client reads. Pure. */
final class Answers {
  private Answers() {}

  /** Failures of the request, with the fields that tell which it was. */
  static Message failed(PendingRequest request, StreamFailure failure) {
    return ServerMessages.failed(failure, request.about());
  }

  /** No answer came, or none that could be used. */
  static Message unanswered(PendingRequest request, @Nullable Throwable error) {
    StreamFailure failure =
        error instanceof TimeoutException
            ? new StreamFailure.TimedOut("No answer to " + request.word() + " in time; try again")
            : new StreamFailure.Failed("Internal error, see the server's log");
    return failed(request, failure);
  }

  static Message of(PendingRequest request, ProviderRegistry.Listing listing) {
    return switch (listing) {
      case ProviderRegistry.Listed(var items) -> ServerMessages.data(command(request), items);
      case ProviderRegistry.NotListed(var failure) -> failed(request, failure);
    };
  }

  static Message of(PendingRequest request, URI url, Thumbnails.Reply reply) {
    return switch (reply) {
      case Thumbnails.Stored(var file) -> ServerMessages.thumbnail(url, file);
      case Thumbnails.NotStored(var failure) -> failed(request, failure);
    };
  }

  /** Empty where the recording's own broadcasts are the answer. */
  static Optional<Message> of(PendingRequest request, StartReply reply) {
    return switch (reply) {
      case StartReply.Accepted _ -> Optional.empty();
      case StartReply.Refused(var failure) -> Optional.of(failed(request, failure));
      case StartReply.Withdrawn _ -> {
        JsonObject stopped = EventMessages.stoppedByUser().and(request.about());
        yield Optional.of(Message.of(Command.STOP, stopped));
      }
    };
  }

  private static Command command(PendingRequest request) {
    return request.message() instanceof ClientMessage.Browse browse
        ? browse.command()
        : Command.GET_PROVIDERS;
  }
}
