package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgeProblem;
import kronwood.loss.EncodedTargets;
import kronwood.loss.SquaredLoss;
import kronwood.math.Parallel;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Predictions;
import kronwood.network.Ensemble;
import kronwood.train.HiddenSamples;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import org.junit.jupiter.api.Test;

class TuningEnsembleTest {
  private static final int MEMBERS = 4;

  private final Dataset data = TuningProblems.grid(new Random(9), false);
  private final Split split = TuningProblems.split(data, Setting.A);
  private final ModelOptions options = options();

  private static ModelOptions options() {
    ModelOptions single = TuningProblems.options(new SquaredLoss());
    return single.withNetwork(single.network().withEnsemble(Ensemble.of(MEMBERS)));
  }

  private TunedModel fit(TunedParts parts, int trials) {
    TuningOptions tuning =
        new TuningOptions(Double.POSITIVE_INFINITY, trials, parts, Setting.A, List.of(), 2, 5);
    return Tuning.fit(data, split, options, tuning, TrainingListener.NONE);
  }

  private double[] ofMembers(TunedModel tuned, int[] samples) {
    return tuned
        .trained()
        .model()
        .predictor(1)
        .predictOfMembers(data.samples().tuples().select(samples));
  }

  @Test
  void choicesAreThoseOfASingleNetwork() {
    List<TuningTrial> told = new ArrayList<>();
    TuningOptions tuning = TuningProblems.trials(3, Setting.A);
    Tuning.fit(data, split, options, tuning, TuningProblems.trialsTo(told));
    List<TuningTrial> single = new ArrayList<>();
    Tuning.fit(
        data,
        split,
        TuningProblems.options(new SquaredLoss()),
        tuning,
        TuningProblems.trialsTo(single));
    assertEquals(
        single.stream().map(TuningTrial::error).toList(),
        told.stream().map(TuningTrial::error).toList());
  }

  @Test
  void membersDifferAndTheirSpreadIsADeviation() {
    TunedModel tuned = fit(TunedParts.BOTH, 3);
    assertEquals(MEMBERS, tuned.trained().model().network().members());
    Predictions made =
        tuned
            .trained()
            .model()
            .predictor(1)
            .predictWithDeviations(data.samples().tuples().select(split.test()));
    double[] members = ofMembers(tuned, split.test());
    SpreadCalibration calibration = tuned.trained().model().target().calibration().getFirst();
    for (int i = 0; i < split.test().length; i++) {
      double[] of = Arrays.copyOfRange(members, i * MEMBERS, (i + 1) * MEMBERS);
      double mean = Arrays.stream(of).average().orElseThrow();
      double variance = Arrays.stream(of).map(v -> (v - mean) * (v - mean)).sum() / (MEMBERS - 1);
      assertTrue(variance > 0);
      assertEquals(mean, made.values()[i], 1e-9);
      assertEquals(calibration.deviation(variance), made.deviations()[i], 1e-9);
    }
    assertNotEquals(
        tuned.trained().result().metrics().calibration(),
        tuned.trained().model().target().calibration(),
        "the spread of networks without their linear model is another");
  }

  @Test
  void theLinearModelOfAMemberIsThatOfTheSamplesItIsShown() {
    TunedModel tuned = fit(TunedParts.LINEAR, 1);
    TrainingProblem problem = TrainingInputs.problem(data, split, options);
    HiddenSamples hidden = HiddenSamples.of(problem, options.network());
    assertTrue(hidden.hidden().length > 0);
    double[] found = ofMembers(tuned, split.test());
    for (int e = 0; e < MEMBERS; e++) {
      int[] shown = hidden.shownTo(e, split.train());
      EncodedTargets targets =
          EncodedTargets.of(data.samples().targets(), new SquaredLoss(), shown);
      RidgeProblem ridge = new RidgeProblem(problem.inputs(), 1, targets.values(), null);
      double lambda = tuned.report().lambda().getFirst() * ridge.meanSquaredNorm(shown);
      double[] expected;
      try (Parallel parallel = Parallel.of(1)) {
        expected =
            KroneckerRidge.solve(
                    ridge, shown, new double[] {lambda}, RidgeOptions.DEFAULT, parallel)
                .predict(problem.inputs(), split.test(), 1e9, parallel);
      }
      for (int i = 0; i < expected.length; i++) {
        double value =
            targets.offset(0) + targets.scale(0) * tuned.report().linearFactor() * expected[i];
        assertEquals(value, found[i * MEMBERS + e], 1e-3 * (1 + Math.abs(value)));
      }
    }
  }
}
