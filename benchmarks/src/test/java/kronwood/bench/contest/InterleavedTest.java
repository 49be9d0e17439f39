package kronwood.bench.contest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kronwood.engine.WorkCounters;
import kronwood.math.Precision;
import org.junit.jupiter.api.Test;

class InterleavedTest {
  private final List<String> calls = new ArrayList<>();

  private Contestant single(Contestant exact, double share) {
    return new Contestant() {
      @Override
      public String label() {
        return exact.label();
      }

      @Override
      public String training() {
        return exact.training();
      }

      @Override
      public Precision precision() {
        return Precision.SINGLE;
      }

      @Override
      public Shape shape() {
        return exact.shape();
      }

      @Override
      public Run run(int epochs, boolean weigh) {
        Run run = exact.run(epochs, weigh);
        List<Run.Epoch> parts =
            run.epochs().stream()
                .map(e -> new Run.Epoch(e.loss(), e.seconds(), e.work(), weigh ? 1 : share))
                .toList();
        return new Run(run.prepare(), run.start(), parts, run.memory());
      }

      @Override
      public void close() {
        calls.add(label() + " closed");
      }
    };
  }

  /** Reports the given loss and count in its n-th run, always the last of what is given. */
  private Contestant contestant(String label, String training, double[] losses, long... fired) {
    return new Contestant() {
      private int next;

      @Override
      public String label() {
        return label;
      }

      @Override
      public String training() {
        return training;
      }

      @Override
      public Shape shape() {
        return new Shape("made up", 1, 1, 1, 1);
      }

      @Override
      public Run run(int epochs, boolean weigh) {
        calls.add(label + (weigh ? " weighed" : ""));
        double loss = losses[Math.min(next, losses.length - 1)];
        WorkCounters work = new WorkCounters(10, fired[Math.min(next, fired.length - 1)], 0, 0, 0);
        next++;
        List<Run.Epoch> reports = new ArrayList<>();
        for (int e = 0; e < epochs; e++) {
          // The clock shows the number of the run and of the epoch.
          reports.add(new Run.Epoch(loss, new Seconds(10 * next + e, 100 * next + e), work));
        }
        return new Run(new Seconds(1, next), new Seconds(1, 1), reports, weigh ? 7 : 0);
      }
    };
  }

  private static Comparison comparison(Contestant... contestants) {
    return new Comparison("test", "what?", List.of(contestants), measured -> List.of());
  }

  @Test
  void contestantsRunInTurnAfterOneRunThatIsNotTimed() {
    double[] loss = {1};
    List<Measured> measured =
        Interleaved.run(
            comparison(contestant("a", "same", loss, 5), contestant("b", "same", loss, 5)),
            3,
            line -> {});
    assertEquals(List.of("a weighed", "b weighed", "a", "b", "a", "b", "a", "b"), calls);
    Measured a = measured.getFirst();
    assertEquals(7, a.first().memory());
    // Runs 2, 3 and 4, of each the epochs after the first.
    assertArrayEquals(new double[] {201, 202, 301, 302, 401, 402}, a.cpuOfEpochs());
    assertEquals(31.5, a.medianWall());
    assertEquals(301.5, a.medianCpu());
    assertEquals(4, a.median(Run::startCpu));
    assertEquals(0.5, a.perSample(a.work().fired()));
  }

  @Test
  void lossesThatDifferByMoreThanRoundingAreAnError() {
    Contestant a = contestant("a", "same", new double[] {2}, 5);
    DifferentAnswersException e =
        assertThrows(
            DifferentAnswersException.class,
            () ->
                Interleaved.run(
                    comparison(a, contestant("b", "same", new double[] {2 + 5e-9}, 5)),
                    1,
                    line -> {}));
    assertTrue(e.getMessage().contains("'a' and 'b' must train alike"), e.getMessage());
    Interleaved.run(
        comparison(a, contestant("b", "same", new double[] {2 + 1e-9}, 5)), 1, line -> {});
    Interleaved.run(comparison(a, contestant("b", "another", new double[] {3}, 6)), 1, line -> {});
  }

  @Test
  void anotherNumberOfFiredNeuronsIsAnError() {
    double[] loss = {2};
    Comparison comparison =
        comparison(contestant("a", "same", loss, 5), contestant("b", "same", loss, 6));
    assertThrows(DifferentAnswersException.class, () -> Interleaved.run(comparison, 1, line -> {}));
  }

  @Test
  void singlePrecisionIsHeldToItsOwnTolerance() {
    Contestant exact = contestant("a", "same", new double[] {2}, 5);
    Contestant close = single(contestant("b", "same", new double[] {2 + 1e-3}, 6), 1);
    Interleaved.run(comparison(exact, close), 1, line -> {});
    Contestant far = single(contestant("c", "same", new double[] {2 + 4e-3}, 5), 1);
    assertThrows(
        DifferentAnswersException.class,
        () -> Interleaved.run(comparison(exact, far), 1, line -> {}));
    assertEquals("c closed", calls.getLast(), "closed although the comparison failed");
  }

  @Test
  void partsOfEpochsAreNotHeldToTheLossesOfWholeOnes() {
    Contestant exact = contestant("a", "one", new double[] {2}, 5);
    double[] losses = {2, 3};
    Interleaved.run(
        comparison(exact, single(contestant("b", "two", losses, 5), 0.5)), 1, line -> {});
    Comparison whole = comparison(exact, single(contestant("b", "two", losses, 5), 1));
    assertThrows(DifferentAnswersException.class, () -> Interleaved.run(whole, 1, line -> {}));
  }

  @Test
  void aRunThatDoesNotRepeatItselfIsAnError() {
    Comparison comparison =
        comparison(
            contestant("a", "one", new double[] {1}, 5),
            contestant("b", "two", new double[] {1, 1, 4}, 5));
    DifferentAnswersException e =
        assertThrows(
            DifferentAnswersException.class, () -> Interleaved.run(comparison, 2, line -> {}));
    assertTrue(e.getMessage().contains("'b' and 'b again'"), e.getMessage());
  }

  @Test
  void aLossThatIsNotANumberIsNeverTheSame() {
    double[] nan = {Double.NaN};
    Comparison comparison =
        comparison(contestant("a", "same", nan, 5), contestant("b", "same", nan, 5));
    assertThrows(DifferentAnswersException.class, () -> Interleaved.run(comparison, 1, line -> {}));
  }

  @Test
  void quantilesInterpolateBetweenOrderStatistics() {
    double[] values = {4, 1, 3, 2};
    assertEquals(2.5, Measured.median(values));
    assertEquals(1.75, Measured.quantile(values, 0.25));
    assertEquals(1, Measured.quantile(values, 0));
    assertEquals(4, Measured.quantile(values, 1));
    assertEquals(9, Measured.median(new double[] {9}));
    assertArrayEquals(new double[] {4, 1, 3, 2}, values, "the argument is not sorted");
  }

  @Test
  void aLoneContestantIsNoComparison() {
    Contestant a = contestant("a", "same", new double[] {1}, 5);
    assertThrows(IllegalArgumentException.class, () -> comparison(a));
  }
}
