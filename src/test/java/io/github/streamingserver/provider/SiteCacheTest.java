package io.github.streamingserver.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.streamingserver.model.ProviderId;
import io.github.streamingserver.model.StreamException;
import io.github.streamingserver.model.StreamFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteCacheTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final SiteCache.Slot LIST = SiteCache.Slot.of("channels.json", 100);

  @TempDir Path folder;

  private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** All of it on this thread: an answer is there when the site's is. */
  private SiteCache open() {
    return new SiteCache(new ProviderId("Test"), folder, Runnable::run, () -> now);
  }

  private CachedFile<String> list(SiteCache cache, String of) {
    return cache.text(LIST, of, this::ask, SiteCacheTest::read);
  }

  private CompletionStage<String> ask() {
    asked.add(new CompletableFuture<>());
    return asked.getLast();
  }

  private static String read(Path file) throws IOException {
    String text = Files.readString(file);
    if (text.startsWith("<")) {
      throw new StreamException(new StreamFailure.Failed("a page for a list"));
    }
    return text;
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private static String now(CompletionStage<String> stage) {
    return stage.toCompletableFuture().getNow("not yet");
  }

  private void siteAnswers(String text) {
    asked.remove().complete(text);
  }

  private void siteFails() {
    asked
        .remove()
        .completeExceptionally(new StreamException(new StreamFailure.Failed("the site is down")));
  }

  @Test
  void asksOnceForAllWhoWaitAndNotAgainWhileItIsFresh() throws IOException {
    CachedFile<String> file = list(open(), "a");
    CompletionStage<String> first = file.get();
    CompletionStage<String> second = file.get();
    assertThat(asked).hasSize(1);
    assertThat(now(first)).isEqualTo("not yet");
    siteAnswers("one");
    assertThat(now(first)).isEqualTo("one");
    assertThat(now(second)).isEqualTo("one");
    later(SiteCache.FRESH.minusSeconds(1));
    assertThat(now(file.get())).isEqualTo("one");
    assertThat(asked).isEmpty();
    assertThat(folder.resolve("channels.json")).hasContent("one");
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("channels.json", "cache.json");
    }
  }

  @Test
  void servesWhatIsStaleWhileItIsRenewed() {
    CachedFile<String> file = list(open(), "a");
    file.get();
    siteAnswers("one");
    later(SiteCache.FRESH);
    assertThat(now(file.get())).isEqualTo("one");
    assertThat(now(file.get())).isEqualTo("one");
    assertThat(asked).hasSize(1);
    siteAnswers("two");
    assertThat(now(file.get())).isEqualTo("two");
    assertThat(asked).isEmpty();
  }

  @Test
  void servesWhatIsStaleWhileTheSiteIsDownAndSaysSo() {
    CachedFile<String> file = list(open(), "a");
    file.get();
    siteAnswers("one");
    later(SiteCache.FRESH);
    file.get();
    LoggingTestKit.warn("served stale, as of [2026-01-01T00:00:00Z]: the site is down")
        .expect(
            KIT.system(),
            () -> {
              siteFails();
              return null;
            });
    assertThat(now(file.get())).isEqualTo("one");
    assertThat(asked).as("left alone for a while").isEmpty();
    later(CachedFile.PAUSE);
    assertThat(now(file.get())).isEqualTo("one");
    siteAnswers("two");
    assertThat(now(file.get())).isEqualTo("two");
  }

  @Test
  void keepsWhatThereIsWhereTheSiteSendsSomethingElse() {
    CachedFile<String> file = list(open(), "a");
    file.get();
    siteAnswers("one");
    later(SiteCache.FRESH);
    file.get();
    siteAnswers("<html>");
    assertThat(now(file.get())).isEqualTo("one");
    assertThat(folder.resolve("channels.json")).hasContent("one");
    later(CachedFile.PAUSE);
    file.get();
    siteAnswers("x".repeat(101));
    assertThat(folder.resolve("channels.json")).hasContent("one");
  }

  @Test
  void tellsWhyWhereThereIsNothingToServe() {
    CachedFile<String> file = list(open(), "a");
    CompletionStage<String> first = file.get();
    siteFails();
    assertThatThrownBy(() -> now(first)).hasMessageContaining("the site is down");
    CompletionStage<String> second = file.get();
    siteAnswers("x".repeat(101));
    assertThatThrownBy(() -> now(second))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("Provider 'Test': channels.json has more than 100 bytes");
  }

  @Test
  void outlivesARestartButNotAnotherSource() {
    list(open(), "http://one").get();
    siteAnswers("one");
    assertThat(now(list(open(), "http://one").get())).isEqualTo("one");
    assertThat(asked).isEmpty();
    CompletionStage<String> other = list(open(), "http://other").get();
    siteAnswers("other");
    assertThat(now(other)).isEqualTo("other");
  }

  @Test
  void asksAgainWhereItsFilesAreBrokenOrFromTheFuture() throws IOException {
    list(open(), "a").get();
    siteAnswers("one");
    later(Duration.ofDays(-1));
    assertThat(now(list(open(), "a").get())).isEqualTo("one");
    siteAnswers("two");
    Files.writeString(folder.resolve("channels.json"), "<broken");
    CompletionStage<String> third = list(open(), "a").get();
    siteAnswers("three");
    assertThat(now(third)).isEqualTo("three");
    Files.writeString(folder.resolve("cache.json"), "{]");
    CompletionStage<String> fourth = list(open(), "a").get();
    siteAnswers("four");
    assertThat(now(fourth)).isEqualTo("four");
  }

  @Test
  void writesNothingWhenItIsClosed() {
    SiteCache cache = open();
    CachedFile<String> file = list(cache, "a");
    CompletionStage<String> waiting = file.get();
    cache.close();
    siteAnswers("one");
    assertThatThrownBy(() -> now(waiting)).hasMessageContaining("not used any more");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> now(file.get())).hasMessageContaining("not there any more");
  }
}
