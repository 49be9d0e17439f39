package kronwood.model.file;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.model.file.golden.GoldenFile;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutants of the golden files, with a digest that fits: each is refused in one way, or all that it
 * predicts is finite.
 *
 * <p>2,000 by fixed seeds; {@code -Dkronwood.fuzz=10m} makes new ones for so long (a number with s,
 * m or h), {@code -Dkronwood.fuzz=50000} so many, from a seed that a failure names.
 */
class ModelFuzzTest {
  private static final String PROPERTY = "kronwood.fuzz";
  private static final int SEEDS = 20;
  private static final int MUTANTS = 100;

  /** No file of some KB is a reason to take more memory. */
  private static final long MOST_BYTES = 100L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> mutantsAreRefusedOrPredictFiniteNumbers() {
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return Seeds.runs(SEEDS, random -> run(random, MUTANTS));
    }
    return Stream.of(
        DynamicTest.dynamicTest(
            wanted,
            () -> {
              if (wanted.matches("\\d+")) {
                runNew(Long.parseLong(wanted), Duration.ofDays(1));
              } else {
                runNew(Long.MAX_VALUE, Duration.parse("PT" + wanted.toUpperCase(Locale.ROOT)));
              }
            }));
  }

  private void runNew(long mutants, Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    long seed = System.nanoTime();
    for (long made = 0; made < mutants && System.nanoTime() < end; made += MUTANTS, seed++) {
      try {
        run(new Random(seed), MUTANTS);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-D" + Seeds.PROPERTY + "=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void run(Random random, int mutants) throws IOException {
    List<byte[]> golden = new ArrayList<>();
    for (GoldenFile file : GoldenFile.values()) {
      Path copy = file.copyTo(folder);
      golden.add(Files.readAllBytes(copy));
      Files.delete(copy);
    }
    Path file = folder.resolve("mutant.kron");
    for (int mutant = 0; mutant < mutants; mutant++) {
      Files.write(file, golden.get(random.nextInt(golden.size())));
      ModelFileSurgery parts = new ModelFileSurgery(file);
      ModelFileMutations.change(random, parts);
      parts.save(file);
      try {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        FuzzedModel.check(file);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_BYTES, allocated + " bytes allocated");
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("mutant " + mutant + ": " + e, e);
      }
    }
  }
}
