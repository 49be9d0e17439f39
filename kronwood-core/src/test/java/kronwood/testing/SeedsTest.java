package kronwood.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {
  @TempDir Path folder;

  private Seeds.Runs runs(String name, ThrowingConsumer<Random> test) {
    return new Seeds.Runs("a.Test", name, test, new FailedSeeds(folder));
  }

  /** Runs all, and lists the messages of those that fail. */
  private static List<String> failures(Stream<DynamicTest> tests) {
    List<String> messages = new ArrayList<>();
    tests.forEach(
        test -> {
          try {
            test.getExecutable().execute();
          } catch (Throwable e) {
            messages.add(e.getMessage());
          }
        });
    return messages;
  }

  private static List<String> names(Stream<DynamicTest> tests) {
    return tests.map(DynamicTest::getDisplayName).toList();
  }

  /** Fails for the first numbers that seeds 2 and 3 make. */
  private static void failsForTwoAndThree(Random random) {
    long drawn = random.nextLong();
    if (drawn == new Random(2).nextLong() || drawn == new Random(3).nextLong()) {
      fail("drew " + drawn);
    }
  }

  @Test
  void aFailingSeedIsSavedAndTakenByTheNextRun() {
    List<String> messages = failures(runs("wide", SeedsTest::failsForTwoAndThree).of(null, 4));
    assertEquals(2, messages.size(), messages::toString);
    assertTrue(messages.getFirst().startsWith("-Dkronwood.seed=2 (wide): drew "));
    assertTrue(Files.exists(folder.resolve("a.Test.txt")));
    Seeds.Runs again = runs("wide", random -> {});
    assertEquals(List.of("wide seed 2", "wide seed 3"), names(again.of(Seeds.LAST, 4)));
    // What succeeds now is no longer of interest.
    assertEquals(List.of(), failures(again.of("2", 4)));
    assertEquals(List.of("wide seed 3"), names(again.of(Seeds.LAST, 4)));
    assertEquals(List.of(), failures(again.of(null, 4)));
    assertEquals(List.of(), names(again.of(Seeds.LAST, 4)));
    assertFalse(Files.exists(folder.resolve("a.Test.txt")));
  }

  @Test
  void otherRunsOfTheClassAreNotTaken() {
    failures(runs("wide", SeedsTest::failsForTwoAndThree).of(null, 2));
    failures(runs("", SeedsTest::failsForTwoAndThree).of("3", 2));
    assertEquals(List.of(), names(runs("narrow", random -> {}).of(Seeds.LAST, 4)));
    assertEquals(List.of("seed 3"), names(runs("", random -> {}).of(Seeds.LAST, 4)));
    assertEquals(List.of("wide seed 2"), names(runs("wide", random -> {}).of(Seeds.LAST, 4)));
  }

  @Test
  void aSeedIsANumber() {
    Seeds.Runs runs = runs("", random -> {});
    assertEquals(List.of("seed -7"), names(runs.of("-7", 4)));
    assertThrows(NumberFormatException.class, () -> runs.of("@first", 4));
  }
}
