package io.github.streamingserver.provider;

import static io.github.streamingserver.provider.RegistryProbe.assertNames;
import static io.github.streamingserver.provider.RegistryProbe.assertSoon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.streamingserver.http.HttpSession;
import io.github.streamingserver.model.ErrorId;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.ProviderId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a provider does, its clients are answered and the others are not harmed. */
class UnrulyProviderTest {
  private static final String FAST = "request-timeout = 1 s";

  @TempDir Path folder;

  @BeforeEach
  void forget() {
    Unruly.LIVES.clear();
    Unruly.ANSWERS.clear();
  }

  private static String does(String what) {
    return "{\"kind\": \"class\", \"class\": \"%s\", \"does\": \"%s\"}"
        .formatted(Unruly.class.getName(), what);
  }

  private static List<String> lives(String id) {
    return Unruly.LIVES.getOrDefault(id, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "throws, 'Provider ''X'' failed: java.lang.IllegalStateException: thrown'",
    "overflows, StackOverflowError",
    "fails, 'Provider ''X'' failed: java.lang.IllegalArgumentException: failed'",
    "null, failed",
    "null list, null for a list",
    "null item, null for a list or in it",
    "refuses, not made",
  })
  void whatGoesWrongIsTold(String what, String message) throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      probe.provider("X", does(what));
      assertThat(probe.refusal("X")).contains(message);
      assertThat(probe.categories("Direct")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "blocks"})
  void whatNeverEndsIsEndedForIt(String what) throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, FAST)) {
      probe.provider("X", does(what));
      // More than it has threads.
      for (int i = 0; i < 10; i++) {
        probe.tell("X", "data", new ProviderRegistry.Categories());
      }
      for (int i = 0; i < 10; i++) {
        assertThat(probe.expectFailure().errorId()).isEqualTo(ErrorId.TIMEOUT);
      }
      assertThat(probe.categories("Direct")).isEmpty();
      probe.provider("X", does("answers"));
      assertSoon(() -> assertThat(lives("X")).contains("closed"));
      assertNames(probe.categories("X"), "answers");
    }
  }

  @Test
  void whatIsOnItsWayIsAnsweredByTheOldOneWhichIsClosedThen() throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      probe.provider("X", does("waits"));
      probe.tell("X", "data", new ProviderRegistry.Categories());
      assertSoon(() -> assertThat(Unruly.ANSWERS).containsKey("X"));
      probe.provider("X", does("new"));
      assertSoon(() -> assertThat(lives("X")).containsExactly("made", "made"));
      CompletableFuture<List<JsonObject>> answer = Objects.requireNonNull(Unruly.ANSWERS.get("X"));
      assertThat(lives("X")).doesNotContain("closed");
      answer.complete(List.of(JsonObject.of("name", "old")));
      assertNames(
          probe.expectList().stream().map(it -> it.text("name").orElse("")).toList(), "old");
      assertSoon(() -> assertThat(lives("X")).containsExactly("made", "made", "closed"));
      assertNames(probe.categories("X"), "new");
    }
  }

  @Test
  void keepsTheTwoThatWereUsedLast() throws Exception {
    try (RegistryProbe probe = new RegistryProbe(folder, "")) {
      TestProbe<ProviderRegistry.Streams> streams = probe.kit().createTestProbe();
      for (String id : List.of("A", "B", "C")) {
        probe.provider(id, does(id));
      }
      assertNames(probe.categories("A"), "A");
      for (int i = 0; i < 5; i++) {
        assertNames(probe.categories("B"), "B");
        probe
            .registry()
            .tell(
                new ProviderRegistry.FindStreams(
                    new ProviderId("A"),
                    new ItemQuery(URI.create("http://a"), HttpSession.empty(), true),
                    streams.ref()));
        streams.expectMessageClass(ProviderRegistry.StreamsFound.class, RegistryProbe.PATIENCE);
      }
      assertThat(lives("A")).containsExactly("made");
      assertThat(lives("B")).containsExactly("made");
      assertNames(probe.categories("C"), "C");
      assertSoon(() -> assertThat(lives("B")).containsExactly("made", "closed"));
      assertThat(lives("A")).containsExactly("made");
    }
    assertSoon(() -> assertThat(lives("A")).containsExactly("made", "closed"));
    assertSoon(() -> assertThat(lives("C")).containsExactly("made", "closed"));
  }
}
