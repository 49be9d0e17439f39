package kronwood.bench.contest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.math.Precision;

/**
 * Runs contestants in turn, A B A B …, so that whatever else the machine does falls on all of them.
 *
 * <p>First each runs alone once: that warms the compiler up, weighs the heap, and gives the losses
 * and counts by which all later runs, and all contestants of the same training, are judged.
 */
public final class Interleaved {
  public static final int EPOCHS = Measured.WARM_UP_EPOCHS + 2;

  private Interleaved() {}

  /**
   * Largest relative difference of losses that count as the same.
   *
   * <p>In single precision, a pre-activation within rounding of the shift fires here and not there:
   * that moves a neuron by a whole step. By estimate about one of the 10⁷ pre-activations in an
   * epoch of Davis is that close; losses were seen to differ by up to 4e-4 after three epochs, or,
   * without such an event, by 5e-9. The numbers of fired neurons may differ likewise.
   */
  public static double tolerance(Precision precision) {
    return switch (precision) {
      case SINGLE -> 1e-3;
      case DOUBLE -> 1e-9;
    };
  }

  /**
   * Runs a comparison, and closes its contestants.
   *
   * @param repeats timed runs of each contestant, at least 1
   * @param progress told what is being done
   * @throws DifferentAnswersException if runs that must agree do not
   */
  public static List<Measured> run(Comparison comparison, int repeats, Consumer<String> progress) {
    try {
      return runInTurn(comparison, repeats, progress);
    } finally {
      comparison.contestants().forEach(Contestant::close);
    }
  }

  private static List<Measured> runInTurn(
      Comparison comparison, int repeats, Consumer<String> progress) {
    List<Measured> measured = new ArrayList<>();
    Map<String, Measured> firstOfTraining = new HashMap<>();
    for (Contestant contestant : comparison.contestants()) {
      progress.accept(comparison.name() + ": first run of " + contestant.label());
      Measured side = new Measured(contestant, contestant.run(EPOCHS, true), new ArrayList<>());
      measured.add(side);
      Measured other = firstOfTraining.putIfAbsent(contestant.training(), side);
      if (other != null) {
        checkSame(comparison, other, contestant, contestant.label(), side.first());
      }
    }
    for (int repeat = 1; repeat <= repeats; repeat++) {
      progress.accept(comparison.name() + ": round " + repeat + " of " + repeats);
      for (Measured side : measured) {
        // Garbage of the side before is not this one's to collect.
        System.gc();
        Run run = side.contestant().run(EPOCHS, false);
        if (run.isWhole()) {
          checkSame(comparison, side, side.contestant(), side.contestant().label() + " again", run);
        }
        side.runs().add(run);
      }
    }
    return measured;
  }

  private static void checkSame(
      Comparison comparison, Measured one, Contestant contestant, String label, Run other) {
    boolean single =
        one.contestant().precision() == Precision.SINGLE
            || contestant.precision() == Precision.SINGLE;
    double tolerance = tolerance(single ? Precision.SINGLE : Precision.DOUBLE);
    for (int e = 0; e < EPOCHS; e++) {
      Run.Epoch expected = one.first().epochs().get(e);
      Run.Epoch found = other.epochs().get(e);
      double scale = Math.max(Math.abs(expected.loss()), Math.abs(found.loss()));
      boolean sameLoss = Math.abs(expected.loss() - found.loss()) <= tolerance * scale;
      boolean sameNeurons = single || expected.work().fired() == found.work().fired();
      if (!sameLoss || !sameNeurons) {
        throw new DifferentAnswersException(
            String.format(
                Locale.ROOT,
                "%s: '%s' and '%s' must train alike, but in epoch %d the loss is %.17g and %.17g,"
                    + " neurons fired %d and %d",
                comparison.name(),
                one.contestant().label(),
                label,
                e + 1,
                expected.loss(),
                found.loss(),
                expected.work().fired(),
                found.work().fired()));
      }
    }
  }
}
