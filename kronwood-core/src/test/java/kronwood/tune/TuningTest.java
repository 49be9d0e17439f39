package kronwood.tune;

import static kronwood.tune.TuningProblems.SIDE;
import static kronwood.tune.TuningProblems.grid;
import static kronwood.tune.TuningProblems.options;
import static kronwood.tune.TuningProblems.split;
import static kronwood.tune.TuningProblems.trials;
import static kronwood.tune.TuningProblems.trialsTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.candidate.TableFits;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgeProblem;
import kronwood.loss.EncodedTargets;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.math.Parallel;
import kronwood.measure.Metric;
import kronwood.model.Model;
import kronwood.network.NetworkOptions;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import kronwood.trial.InnerSplit;
import org.junit.jupiter.api.Test;

class TuningTest {
  private static TunedModel fit(
      Dataset data, Split split, Loss loss, TuningOptions tuning, List<TuningTrial> told) {
    return Tuning.fit(data, split, options(loss), tuning, trialsTo(told));
  }

  @Test
  void findsThatAnIdentityHelpsWhereFeaturesDoNotTellAnEffect() {
    Dataset data = grid(new Random(1), false);
    Split split = split(data, Setting.A);
    List<TuningTrial> told = new ArrayList<>();
    TunedModel tuned = fit(data, split, new SquaredLoss(), trials(20, Setting.A), told);

    assertTrue(tuned.report().inputs().contains("left identity"), tuned.report().inputs());
    assertEquals(told, tuned.report().trials());
    assertTrue(told.size() <= 21, () -> told.size() + " trials");
    assertTrue(tuned.report().error() <= tuned.report().linearError() + 1e-9);
    assertTrue(tuned.report().error() <= tuned.report().networkError() + 1e-9);
    double variance = 2.5;
    assertTrue(
        tuned.trained().result().metrics().test().get(Metric.MSE) < 0.2 * variance,
        () -> tuned.trained().result().metrics().test().toString());
  }

  @Test
  void theModelSaysWhatWasMeasured() {
    Dataset data = grid(new Random(2), false);
    Split split = split(data, Setting.A);
    TunedModel tuned = fit(data, split, new SquaredLoss(), trials(8, Setting.A), new ArrayList<>());

    double[] predictions =
        tuned.trained().model().predictor(1).predict(data.samples().tuples().select(split.test()));
    RealTargets targets = (RealTargets) data.samples().targets();
    double sum = 0;
    for (int i = 0; i < predictions.length; i++) {
      double difference = predictions[i] - targets.value(split.test()[i], 0);
      sum += difference * difference;
    }
    assertEquals(
        sum / predictions.length, tuned.trained().result().metrics().test().get(Metric.MSE), 1e-9);
    assertEquals(
        tuned.report().inputs(), tuned.trained().model().provenance().facts().get("tuned inputs"));
  }

  @Test
  void theSameTrialsChooseTheSame() {
    Dataset data = grid(new Random(3), false);
    Split split = split(data, Setting.B);
    double[] first = predictions(data, split);

    assertArrayEquals(first, predictions(data, split));
  }

  @Test
  void nothingOfTestSamplesReachesAChoice() {
    for (Setting setting : List.of(Setting.A, Setting.B, Setting.D)) {
      Dataset data = grid(new Random(3), false);
      Split split = split(data, setting);
      RealTargets targets = (RealTargets) data.samples().targets();
      float[] changed = new float[targets.size()];
      for (int i = 0; i < changed.length; i++) {
        changed[i] = targets.value(i, 0);
      }
      for (int sample : split.test()) {
        changed[sample] = 1000 - changed[sample];
      }
      Dataset other =
          Dataset.of(
              data.modes(),
              Samples.of(data.samples().tuples(), RealTargets.of(List.of("affinity"), changed)));

      assertArrayEquals(predictions(data, split), predictions(other, split), setting.name());
      changed[split.train()[0]] += 3;
      Dataset disturbed =
          Dataset.of(
              data.modes(),
              Samples.of(data.samples().tuples(), RealTargets.of(List.of("affinity"), changed)));
      assertNotEquals(predictions(data, split)[0], predictions(disturbed, split)[0]);
    }
  }

  private static double[] predictions(Dataset data, Split split) {
    Setting setting = split.test().length > 40 ? Setting.B : Setting.A;
    return fit(data, split, new SquaredLoss(), trials(5, setting), new ArrayList<>())
        .trained()
        .model()
        .predictor(2)
        .predict(data.samples().tuples().select(split.test()));
  }

  @Test
  void theLinearModelAloneIsRidgeRegression() {
    Dataset data = grid(new Random(8), false);
    Split split = split(data, Setting.A);
    TuningOptions alone =
        new TuningOptions(
            Double.POSITIVE_INFINITY, 1, TunedParts.LINEAR, Setting.A, List.of(), 3, 5);
    TunedModel tuned = fit(data, split, new SquaredLoss(), alone, new ArrayList<>());

    assertEquals("as given", tuned.report().inputs());
    assertEquals(0, tuned.report().networkFactor());
    TrainingProblem problem = TrainingInputs.problem(data, split, options(new SquaredLoss()));
    EncodedTargets targets =
        EncodedTargets.of(data.samples().targets(), new SquaredLoss(), split.train());
    RidgeProblem ridge = new RidgeProblem(problem.inputs(), 1, targets.values(), null);
    double lambda = tuned.report().lambda().getFirst() * ridge.meanSquaredNorm(split.train());
    double[] expected;
    try (Parallel parallel = Parallel.of(1)) {
      expected =
          KroneckerRidge.solve(
                  ridge, split.train(), new double[] {lambda}, RidgeOptions.DEFAULT, parallel)
              .predict(problem.inputs(), split.test(), 1e9, parallel);
    }
    double[] found =
        tuned.trained().model().predictor(1).predict(data.samples().tuples().select(split.test()));
    for (int i = 0; i < found.length; i++) {
      double value =
          targets.offset(0) + targets.scale(0) * tuned.report().linearFactor() * expected[i];
      assertEquals(value, found[i], 1e-3 * (1 + Math.abs(value)));
    }
  }

  /** Two classes, of which one is rare. */
  @Test
  void theLinearModelOfARareClassHasAnOffset() {
    Dataset data = rare(grid(new Random(8), true));
    Split split = split(data, Setting.A);
    TuningOptions alone =
        new TuningOptions(
            Double.POSITIVE_INFINITY, 1, TunedParts.LINEAR, Setting.A, List.of(), 3, 5);
    TunedModel tuned = fit(data, split, new LogisticLoss(), alone, new ArrayList<>());

    assertTrue(Math.abs(tuned.report().offset()) > 0.1, () -> tuned.report().toString());
    Model model = tuned.trained().model();
    EntityTuples tested = data.samples().tuples().select(split.test());
    double[] found = model.predictor(1).predict(tested);
    double[] without = model.shifted(-tuned.report().offset()).predictor(1).predict(tested);
    for (int i = 0; i < found.length; i++) {
      double f = Math.log(without[i] / (1 - without[i])) + tuned.report().offset();
      assertEquals(1 / (1 + Math.exp(-f)), found[i], 1e-9);
    }
  }

  /** With a tenth of the second class only. */
  private static Dataset rare(Dataset data) {
    Samples all = data.samples();
    ClassTargets classes = (ClassTargets) all.targets();
    List<Integer> kept = new ArrayList<>();
    int second = 0;
    for (int i = 0; i < all.size(); i++) {
      if (classes.label(i) == 0 || second++ % 9 == 0) {
        kept.add(i);
      }
    }
    int[] rows = kept.stream().mapToInt(Integer::intValue).toArray();
    return Dataset.of(data.modes(), Samples.of(all.tuples().select(rows), classes.select(rows)));
  }

  @Test
  void theNetworkAloneHasNoLinearPart() {
    Dataset data = grid(new Random(8), false);
    Split split = split(data, Setting.A);
    TuningOptions alone =
        new TuningOptions(
            Double.POSITIVE_INFINITY, 2, TunedParts.NETWORK, Setting.A, List.of(), 2, 5);
    TunedModel tuned = fit(data, split, new SquaredLoss(), alone, new ArrayList<>());

    assertEquals(0, tuned.report().linearFactor());
    assertFalse(tuned.trained().model().network().hasLinear());
  }

  @Test
  void choosesForClassesByTheirLogLoss() {
    Dataset data = grid(new Random(6), true);
    Split split = split(data, Setting.A);
    TunedModel tuned =
        fit(data, split, new LogisticLoss(), trials(10, Setting.A), new ArrayList<>());

    assertTrue(tuned.report().error() < Math.log(2), () -> tuned.report().toString());
    assertTrue(
        tuned.trained().result().metrics().test().get(Metric.AUC) > 0.85,
        () -> tuned.trained().result().metrics().test().toString());
  }

  @Test
  void smallDataAreDividedAgainAndAgainUnlessItIsSaidHowOften() {
    Dataset data = grid(new Random(6), true);
    Split split = split(data, Setting.D);
    TuningOptions auto =
        new TuningOptions(
            Double.POSITIVE_INFINITY,
            3,
            TunedParts.LINEAR,
            Setting.D,
            List.of(),
            TuningOptions.AUTO_FOLDS,
            5);
    TunedModel tuned = fit(data, split, new LogisticLoss(), auto, new ArrayList<>());
    // Of some 10 × 10 pairs in training a 25th is in a part: never enough.
    assertEquals(50, tuned.report().divisions());
    assertEquals(
        2,
        fit(data, split, new LogisticLoss(), trials(3, Setting.D), new ArrayList<>())
            .report()
            .divisions());
  }

  @Test
  void foldsThatNoPairFallsIntoArePassedOver() {
    Dataset all = grid(new Random(6), false);
    // Of each left entity one pair: of 14 × 14 / 25 pairs of a fold, hardly one is listed.
    int[] listed = new int[SIDE];
    Arrays.setAll(listed, i -> i * SIDE + (5 * i) % SIDE);
    Dataset data = Dataset.of(all.modes(), all.samples().select(listed));
    Split split = new Split(Problems.range(0, SIDE), new int[0], new int[0]);
    TuningOptions auto =
        new TuningOptions(
            Double.POSITIVE_INFINITY,
            3,
            TunedParts.LINEAR,
            Setting.D,
            List.of(),
            TuningOptions.AUTO_FOLDS,
            5);
    List<InnerSplit> divisions =
        InnerSplits.of(data, split, options(new SquaredLoss()), auto, new TableFits(data));
    assertTrue(divisions.size() > 5 && divisions.size() < 50, () -> divisions.size() + " folds");
    for (InnerSplit division : divisions) {
      assertTrue(division.split().validation().length > 0);
    }
  }

  @Test
  void whatIsFoundOnSomeDivisionsMustBeBetterOnAllOfThem() {
    Dataset data = grid(new Random(2), false);
    Split split = split(data, Setting.B);
    TuningOptions auto =
        new TuningOptions(
            Double.POSITIVE_INFINITY,
            9,
            TunedParts.NETWORK,
            Setting.B,
            List.of(),
            TuningOptions.AUTO_FOLDS,
            5);
    List<TuningTrial> told = new ArrayList<>();
    TunedModel tuned = fit(data, split, new SquaredLoss(), auto, told);
    assertTrue(told.size() <= 9, () -> told.size() + " trials");
    TuningTrial last = told.getLast();
    boolean changed = told.stream().skip(1).limit(told.size() - 2).anyMatch(TuningTrial::best);
    assertEquals(changed, last.choice().contains("on all"), told::toString);
    assertEquals(
        changed && last.best(), !tuned.report().network().equals("as given"), told::toString);
  }

  @Test
  void validationSamplesThatAreGivenAreWhatIsChosenOn() {
    Dataset data = grid(new Random(7), false);
    Split outer = split(data, Setting.A);
    int[] train = Arrays.copyOf(outer.train(), 100);
    int[] validation = Arrays.copyOfRange(outer.train(), 100, outer.train().length);
    TunedModel tuned =
        fit(
            data,
            new Split(train, validation, outer.test()),
            new SquaredLoss(),
            trials(4, Setting.A),
            new ArrayList<>());

    assertEquals(1, tuned.report().divisions());
    assertTrue(tuned.trained().result().metrics().validation() != null);
  }

  @Test
  void aLinearSkipIsRefusedAsThereIsOneAlready() {
    Dataset data = grid(new Random(7), false);
    ModelOptions options =
        options(new SquaredLoss()).withNetwork(new NetworkOptions(8, 0.5, true, false, 1, 1));
    Split split = split(data, Setting.A);

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Tuning.fit(data, split, options, trials(2, Setting.A), TrainingListener.NONE));
    assertTrue(String.valueOf(refused.getMessage()).contains("linear skip"));
  }
}
