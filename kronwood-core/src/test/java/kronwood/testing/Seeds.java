package kronwood.testing;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Random tests that can be run again: one dynamic test per seed, with the seed in its name and in
 * the message of its failure.
 *
 * <p>The seeds are 1, 2, …; the system property {@value #PROPERTY} replaces them by one other.
 */
public final class Seeds {
  /** System property with the one seed to run. */
  public static final String PROPERTY = "kronwood.seed";

  private Seeds() {}

  /** The test once for each of {@code count} seeds, with a generator made of the seed. */
  public static Stream<DynamicTest> runs(int count, ThrowingConsumer<Random> test) {
    return runs("", count, test);
  }

  /** As above, with a name that says what is special about these runs. */
  public static Stream<DynamicTest> runs(String name, int count, ThrowingConsumer<Random> test) {
    Long given = Long.getLong(PROPERTY);
    LongStream seeds = given == null ? LongStream.rangeClosed(1, count) : LongStream.of(given);
    return seeds.mapToObj(
        seed ->
            DynamicTest.dynamicTest((name + " seed " + seed).strip(), () -> run(name, seed, test)));
  }

  private static void run(String name, long seed, ThrowingConsumer<Random> test) throws Throwable {
    try {
      test.accept(new Random(seed));
    } catch (AssertionError | RuntimeException e) {
      String which = name.isEmpty() ? "" : " (" + name + ")";
      throw new AssertionError("-D" + PROPERTY + "=" + seed + which + ": " + e.getMessage(), e);
    }
  }
}
