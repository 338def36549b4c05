package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamingserver.model.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleProviderTest {
  @Test
  void readsAChannelALine() {
    assertEquals(
        List.of(
            JsonObject.of("category", "News").with("title", "One").with("url", "http://one/")),
        ExampleProvider.parse("News | One | http://one/\nno channel\n"));
  }
}
