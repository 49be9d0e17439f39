package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/**
 * No neuron that fires is missed by the lazy tree: over some million pairs always, over as many as
 * the system property {@value #PROPERTY} says, such as 1e9, on demand.
 */
class NoMissedNeuronTest {
  private static final String PROPERTY = "kronwood.checks";

  @Test
  void noNeuronIsMissedInSomeMillionPairs() {
    check(5_000_000, 1);
  }

  @Test
  void noNeuronIsMissedInAsManyPairsAsAreAskedFor() {
    String wanted = System.getProperty(PROPERTY);
    assumeTrue(wanted != null, "skipped: start with -D" + PROPERTY + "=1e9, which takes minutes");
    check((long) Double.parseDouble(wanted), 1_000_000);
  }

  private static void check(long pairs, long seed) {
    NoMissedNeuronCheck check = new NoMissedNeuronCheck();
    check.run(pairs, seed);
    String counts =
        "%d pairs checked, %d fired, %d candidates, %d undecided; first failure: %s"
            .formatted(
                check.checked, check.fired, check.candidates, check.undecided, check.firstFailure);
    assertEquals(0, check.missed, () -> "missed; " + counts);
    assertEquals(0, check.wrong, () -> "wrong; " + counts);
    // Else nothing would be compared.
    assertTrue(check.checked >= pairs, counts);
    assertTrue(check.fired > check.checked / 20 && check.fired < check.checked / 2, counts);
    assertTrue(check.candidates < 0.9 * check.checked, counts);
    assertTrue(check.undecided < 0.02 * check.checked, counts);
  }
}
