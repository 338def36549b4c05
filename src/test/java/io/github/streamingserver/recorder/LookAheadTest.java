package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAheadTest {
  @ParameterizedTest
  @CsvSource({
    // limit, most, length of each, parts that begin once lengths are known
    "16000, 6, 1000, 6",
    "16000, 20, 1000, 16",
    "16000, 6, 4000, 4",
    "16000, 6, 16000, 1",
    "16000, 6, 60000, 1",
    "16000, 1, 10, 1",
  })
  void beginsAsManyAsTheirBytesAllow(long limit, int most, long length, int expected) {
    LookAhead lookAhead = new LookAhead(limit, most);
    int begun = 0;
    while (lookAhead.admits()) {
      lookAhead.begin().length(length);
      begun++;
    }
    assertThat(begun).isEqualTo(expected);
  }

  @Test
  void beginsOneWhileNoLengthIsKnown() {
    LookAhead lookAhead = new LookAhead(16_000, 6);
    LookAhead.Account first = lookAhead.begin();
    assertThat(lookAhead.admits()).isFalse();
    first.length(1000);
    assertThat(lookAhead.admits()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // length of those behind one whose length doesn't come, how many begin
    "1000, 5",
    "2000, 4",
    "60000, 1",
  })
  void oneWhoseLengthDoesNotComeCountsHalf(long length, int expected) {
    LookAhead lookAhead = new LookAhead(16_000, 6);
    LookAhead.Account first = lookAhead.begin();
    first.late();
    int behind = 0;
    for (; lookAhead.admits(); behind++) {
      lookAhead.begin().length(length);
    }
    assertThat(behind).isEqualTo(expected);
  }

  @Test
  void oneThatIsLateAfterLengthsAreKnownCountsAsTheLatest() {
    LookAhead lookAhead = new LookAhead(16_000, 6);
    lookAhead.begin().length(1000);
    lookAhead.begin().late();
    lookAhead.begin().length(13_999);
    assertThat(lookAhead.admits()).isTrue();
    lookAhead.begin();
    assertThat(lookAhead.admits()).isFalse();
  }

  @Test
  void theNextHugePartWaitsUntilTheFirstIsOnDisk() {
    LookAhead lookAhead = new LookAhead(16_000, 6);
    LookAhead.Account first = lookAhead.begin();
    first.length(60_000);
    first.arrived(60_000);
    first.ended();
    assertThat(lookAhead.admits()).isFalse();
    first.passed(50_000);
    assertThat(lookAhead.admits()).isTrue();
    first.closed();
    assertThat(lookAhead.hasRoom()).isTrue();
  }

  @Test
  void accountsForEveryByteOnce() {
    Random random = new Random(7);
    LookAhead lookAhead = new LookAhead(10_000, 5);
    List<LookAhead.Account> open = new ArrayList<>();
    for (int step = 0; step < 10_000; step++) {
      if (lookAhead.admits()) {
        LookAhead.Account account = lookAhead.begin();
        account.length(random.nextInt(3000));
        open.add(account);
      }
      LookAhead.Account some = open.get(random.nextInt(open.size()));
      some.arrived(random.nextInt(2000));
      if (random.nextInt(4) == 0) {
        some.closed();
        open.remove(some);
      }
      if (open.isEmpty()) {
        assertThat(lookAhead.hasRoom()).isTrue();
        assertThat(lookAhead.admits()).isTrue();
      }
    }
    open.forEach(LookAhead.Account::closed);
    assertThat(new LookAhead(10_000, 5).admits()).isEqualTo(lookAhead.admits());
  }
}
