package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.RefusedException;
import io.github.streamingserver.cli.CtlException.UnreachableException;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.ServerMessages;
import java.util.List;

/** A connection that is past {@code ready} and {@code hello}. */
final class Session implements AutoCloseable {
  private static final String ERROR = "error";

  private final Target target;
  private final Connection connection;

  private Session(Target target, Connection connection) {
    this.target = target;
    this.connection = connection;
  }

  /**
   * Connects and introduces itself; broadcasts of {@code progress} come from then on.
   *
   * @throws UnreachableException where that is no StreamingServer
   * @throws RefusedException where the token is wrong
   */
  static Session open(Target target) throws UnreachableException, RefusedException {
    Session session = new Session(target, Connection.open(target));
    try {
      session.greet();
      return session;
    } catch (UnreachableException | RefusedException e) {
      session.close();
      throw e;
    }
  }

  private void greet() throws UnreachableException, RefusedException {
    Message first = receive(Deadline.in(target.timeout()));
    if (!first.command().equals(Command.READY.word())) {
      throw new UnreachableException(
          "%s does not speak StreamingServer's protocol: it began with '%s', not with 'ready'"
              .formatted(target, Text.fit(first.command(), 40)));
    }
    JsonObject hello =
        JsonObject.of(Field.VERSION, ServerMessages.VERSION)
            .with(Field.EVENTS, List.of(Command.PROGRESS.word()));
    ask(Command.HELLO, target.token().isEmpty() ? hello : hello.with(Field.TOKEN, target.token()));
  }

  Target target() {
    return target;
  }

  /** Whether the server runs on this machine. */
  boolean local() {
    return connection.local();
  }

  /** Sends {@code request}; its answer, whatever is broadcast meanwhile. */
  Message ask(Command request, JsonObject args) throws UnreachableException, RefusedException {
    send(Message.of(request, args));
    Deadline deadline = Deadline.in(target.timeout());
    while (true) {
      Message message = receive(deadline);
      if (message.command().equals(request.word())) {
        return message;
      }
      if (refuses(message, request)) {
        throw failure(message.args());
      }
    }
  }

  void send(Message message) throws UnreachableException {
    connection.send(message);
  }

  Message receive(Deadline deadline) throws UnreachableException {
    return connection.receive(deadline);
  }

  /** Whether {@code message} is the error reply to {@code request}, or to a frame without one. */
  static boolean refuses(Message message, Command request) {
    JsonObject args = message.args();
    return message.command().equals(Command.STOP.word())
        && tellsError(args)
        && args.text(Field.COMMAND)
            .map(request.word()::equals)
            .orElse(args.text(Field.RECORDING_ID).isEmpty());
  }

  /** Whether the arguments of a {@code stop} tell of a failure. */
  static boolean tellsError(JsonObject args) {
    return args.text(Field.REASON).filter(ERROR::equals).isPresent();
  }

  /** The failure that the arguments of a {@code stop} tell of. */
  static RefusedException failure(JsonObject args) {
    return new RefusedException(
        args.text(Field.ERROR_ID).orElse(ErrorId.FAILURE.id()),
        args.text(Field.MSG).orElse("the server gives no reason"));
  }

  @Override
  public void close() {
    connection.close();
  }
}
