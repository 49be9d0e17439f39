package kronwood.testing;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Random tests that can be run again: one dynamic test per seed, with the seed in its name and in
 * the message of its failure.
 *
 * <p>The seeds are 1, 2, …; the system property {@value #PROPERTY} replaces them by one other, or
 * by those that failed in the last run: {@value #LAST}. They are kept in {@code
 * target/failed-seeds} of the module until they succeed.
 */
public final class Seeds {
  /** System property with the one seed to run, or {@link #LAST}. */
  public static final String PROPERTY = "kronwood.seed";

  /** Stands for the seeds that failed last. */
  public static final String LAST = "@last";

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private Seeds() {}

  /** The test once for each of {@code count} seeds, with a generator made of the seed. */
  public static Stream<DynamicTest> runs(int count, ThrowingConsumer<Random> test) {
    return runs("", count, test);
  }

  /** As above, with a name that says what is special about these runs. */
  public static Stream<DynamicTest> runs(String name, int count, ThrowingConsumer<Random> test) {
    String testClass =
        STACK.walk(
            frames ->
                frames
                    .map(frame -> frame.getDeclaringClass())
                    .filter(type -> type != Seeds.class)
                    .findFirst()
                    .orElseThrow()
                    .getName());
    return new Runs(testClass, name, test, FailedSeeds.OF_MODULE)
        .of(System.getProperty(PROPERTY), count);
  }

  /**
   * The runs of a test.
   *
   * @param testClass the class that asks for them
   * @param name what is special about them, or nothing
   */
  record Runs(String testClass, String name, ThrowingConsumer<Random> test, FailedSeeds failed) {

    /**
     * One for each seed.
     *
     * @param given what the system property says
     * @throws NumberFormatException if that is neither a number nor {@link #LAST}
     */
    Stream<DynamicTest> of(@Nullable String given, int count) {
      return seeds(given, count)
          .mapToObj(
              seed -> DynamicTest.dynamicTest((name + " seed " + seed).strip(), () -> run(seed)));
    }

    private LongStream seeds(@Nullable String given, int count) {
      if (given == null) {
        return LongStream.rangeClosed(1, count);
      }
      List<Long> seeds =
          given.equals(LAST) ? failed.of(testClass, name) : List.of(Long.parseLong(given));
      return seeds.stream().mapToLong(Long::longValue);
    }

    private void run(long seed) throws Throwable {
      try {
        test.accept(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        failed.add(testClass, name, seed);
        String which = name.isEmpty() ? "" : " (" + name + ")";
        throw new AssertionError("-D" + PROPERTY + "=" + seed + which + ": " + e.getMessage(), e);
      }
      failed.remove(testClass, name, seed);
    }
  }
}
