package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.RefusedException;
import io.github.streamingserver.cli.CtlException.UnreachableException;
import io.github.streamingserver.cli.CtlException.UsageException;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Field;
import io.github.streamingserver.protocol.Message;
import io.github.streamingserver.protocol.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What commands share: the options, the connection that they name, and how results are shown. */
record Context(Environment environment, ConnectionOptions options) {
  private static final MessageCodec CODEC = new MessageCodec(MessageCodec.CLIENT_LIMITS);

  Session connect() throws UsageException, UnreachableException, RefusedException {
    return Session.open(options.target(environment));
  }

  /** Shows a list that the server answered with. */
  void show(Message answer, Table table) {
    if (options.json()) {
      line(json(answer));
      return;
    }
    List<JsonObject> rows = answer.args().objects(Field.DATA);
    if (rows.isEmpty()) {
      environment.err().println("There are none.");
      environment.err().flush();
    } else {
      table.lines(rows, environment.screen()).forEach(environment.out()::println);
      environment.out().flush();
    }
  }

  /** Prints a line of results at once. */
  void line(String text) {
    environment.out().println(text);
    environment.out().flush();
  }

  /** The object in one line, safe to print. */
  static String json(JsonObject object) {
    return Text.escape(CODEC.text(object));
  }

  /** The message in one line, safe to print. */
  static String json(Message message) {
    return Text.escape(new String(CODEC.encode(message), StandardCharsets.UTF_8));
  }
}
