package io.github.streamingserver.cli;

import io.github.streamingserver.cli.CtlException.RefusedException;
import io.github.streamingserver.cli.CtlException.UnreachableException;
import io.github.streamingserver.cli.CtlException.UsageException;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.protocol.Command;
import io.github.streamingserver.protocol.Field;
import io.github.streamingserver.protocol.Message;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds what a person names in what the server offers. Providers and categories go back to the
 * server whole, as they came.
 */
record Catalogue(Session session) {
  /** The name of a category. */
  static final String NAME = "name";

  private static final int MOST_NAMED = 20;

  Message providers() throws UnreachableException, RefusedException {
    return session.ask(Command.GET_PROVIDERS, JsonObject.empty());
  }

  /**
   * @throws UsageException where there is no such provider, with those that there are
   */
  JsonObject provider(String id) throws UnreachableException, RefusedException, UsageException {
    return find(providers().args().objects(Field.DATA), "provider", Field.PROVIDER_ID, id);
  }

  Message categories(JsonObject provider) throws UnreachableException, RefusedException {
    return session.ask(Command.GET_CATEGORIES, JsonObject.of(Field.PROVIDER, provider));
  }

  /**
   * The category with this name or URL.
   *
   * @throws UsageException where there is none or more than one
   */
  JsonObject category(JsonObject provider, String text)
      throws UnreachableException, RefusedException, UsageException {
    List<JsonObject> all = categories(provider).args().objects(Field.DATA);
    List<JsonObject> byUrl = matching(all, Field.URL, text::equals);
    return byUrl.isEmpty() ? find(all, "category", NAME, text) : byUrl.getFirst();
  }

  private static JsonObject find(List<JsonObject> all, String kind, String field, String text)
      throws UsageException {
    // People name what they were shown.
    String wanted = Text.clean(text);
    List<JsonObject> found = matching(all, field, wanted::equals);
    if (found.isEmpty()) {
      found = matching(all, field, wanted::equalsIgnoreCase);
    }
    return switch (found.size()) {
      case 0 ->
          throw new UsageException(
              "there is no %s '%s'. There are: %s".formatted(kind, text, names(all, field)));
      case 1 -> found.getFirst();
      default ->
          throw new UsageException(
              "'%s' is more than one %s; use one of: %s"
                  .formatted(text, kind, names(found, Field.URL)));
    };
  }

  private static List<JsonObject> matching(
      List<JsonObject> all, String field, Predicate<String> wanted) {
    return all.stream()
        .filter(object -> object.text(field).map(Text::clean).filter(wanted).isPresent())
        .toList();
  }

  private static String names(List<JsonObject> all, String field) {
    String names =
        all.stream()
            .flatMap(object -> object.text(field).stream())
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    return all.size() > MOST_NAMED ? names + ", …" : names.isEmpty() ? "none" : names;
  }
}
