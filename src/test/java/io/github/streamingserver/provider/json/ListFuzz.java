package io.github.streamingserver.provider.json;

import io.github.streamingserver.fuzz.FuzzTarget;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.StreamException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A site's list of channels, with a guide, is read or refused. */
public final class ListFuzz implements FuzzTarget {
  private static final Instant NOW = Instant.parse("2026-01-31T20:00:00Z");
  private static final ListSpec SPEC =
      ListSpec.of(
          JsonObject.of(
              "list",
              Map.of(
                  "url",
                  "https://site.test/list",
                  "items",
                  "/data",
                  "item",
                  Map.of(
                      "title",
                      "{/name}",
                      "url",
                      "{list:/base}{/url}",
                      "category",
                      "{/group/name}",
                      "offered",
                      "/offered",
                      "guide",
                      Map.of(
                          "at", "/guide", "title", "/title", "start", "/start", "stop", "/stop")))),
          JsonObject.empty());

  @Override
  public void read(byte[] input) throws IOException {
    try {
      List<Channel> channels =
          new ListReader(SPEC, NOW).read(new ByteArrayInputStream(input), "list");
      FuzzTarget.promise(channels.size() <= input.length, "more channels than there were");
      long characters = channels.stream().mapToLong(it -> it.url().length()).sum();
      FuzzTarget.promise(characters <= Budget.MOST_CHARACTERS, "addresses without end");
    } catch (StreamException e) {
      FuzzTarget.promise(
          StreamException.failureOf(e).message().length() <= 8 * input.length + 1000,
          "a message without end");
    }
  }
}
