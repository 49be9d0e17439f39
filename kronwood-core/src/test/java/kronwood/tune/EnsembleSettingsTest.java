package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.Predictions;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.testing.Problems;
import kronwood.train.StopSignal;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;

class EnsembleSettingsTest {
  private static final int LEFT = 30;
  private static final int RIGHT = 25;

  /** All pairs: effects of entities that features do not tell, and noise. */
  private static Dataset data(Random random) {
    int[] entities = new int[2 * LEFT * RIGHT];
    double[] ofLeft = random.doubles(LEFT, -1, 1).toArray();
    double[] ofRight = random.doubles(RIGHT, -1, 1).toArray();
    float[] values = new float[LEFT * RIGHT];
    for (int i = 0; i < values.length; i++) {
      entities[2 * i] = i / RIGHT;
      entities[2 * i + 1] = i % RIGHT;
      values[i] = (float) (ofLeft[i / RIGHT] + ofRight[i % RIGHT] + 0.3 * random.nextGaussian());
    }
    return Dataset.of(
        List.of(
            new Mode("left", Problems.table("left", Problems.denseFeatures(random, LEFT, 3))),
            new Mode("right", Problems.table("right", Problems.denseFeatures(random, RIGHT, 3)))),
        Samples.of(EntityTuples.of(2, entities), RealTargets.of(List.of("y"), values)));
  }

  @Test
  void deviationsAreAsLargeAsErrorsOfNewPairsThoughTheLinearModelHasSeenWhatWasHidden() {
    Random random = new Random(1);
    Dataset data = data(random);
    int[] all = shuffled(random, data.samples().size());
    Split split =
        new Split(
            Arrays.stream(all, 0, 500).sorted().toArray(),
            new int[0],
            Arrays.stream(all, 500, all.length).sorted().toArray());
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            new SquaredLoss(),
            NetworkOptions.of(64, 3).withEnsemble(Ensemble.of(4)),
            TrainingOptions.DEFAULT.withEpochs(8).withThreads(1),
            1e9);
    Model model =
        SettingTraining.fit(data, split, options, TrainingListener.NONE, StopSignal.NEVER, null)
            .trained()
            .model();
    // The linear model counts, and comes close to the targets that it was fitted to.
    assertTrue(model.settings().getFirst().linear().length > 0);
    double train = meanSquare(data, split.train(), model, false);
    double test = meanSquare(data, split.test(), model, false);
    assertTrue(train < test / 2, () -> train + " and " + test);
    double ratio = meanSquare(data, split.test(), model, true);
    assertTrue(ratio > 0.6 && ratio < 1.6, () -> "squared error / variance: " + ratio);
  }

  /**
   * Features tell nothing, so the best prediction of a pair leaves out the effects of its new
   * entities: errors have the variance ⅓ of each, and that of the noise.
   */
  @Test
  void deviationsOfNewEntitiesHaveTheVarianceOfWhatCannotBeKnownOfThem() {
    Random random = new Random(5);
    Dataset data = data(random);
    int[] train =
        IntStream.range(0, data.samples().size())
            .filter(i -> i / RIGHT < LEFT - 6 && i % RIGHT < RIGHT - 5)
            .toArray();
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT.withAddedIdentity(1),
            new SquaredLoss(),
            NetworkOptions.of(64, 3).withEnsemble(Ensemble.of(4)),
            TrainingOptions.DEFAULT.withEpochs(8).withThreads(1),
            1e9);
    Model model =
        SettingTraining.fit(
                data,
                new Split(train, new int[0], new int[0]),
                options,
                TrainingListener.NONE,
                StopSignal.NEVER,
                null)
            .trained()
            .model();
    double noise = 0.09;
    for (int fresh = 1; fresh < 4; fresh++) {
      double expected = noise + Integer.bitCount(fresh) / 3.0;
      double found = meanVariance(data, model, fresh);
      int setting = fresh;
      assertTrue(
          found > expected / 1.7 && found < 1.7 * expected,
          () -> "setting " + setting + ": variance " + found + ", expected " + expected);
    }
    assertTrue(meanVariance(data, model, 0) < 0.25);
    // The calibration of known pairs alone is far too small for new ones.
    Model onlyKnown =
        model.withSettings(
            model.settings().stream().map(each -> each.withSpread(List.of())).toList());
    assertTrue(meanVariance(data, onlyKnown, 3) < 0.5 * meanVariance(data, model, 3));
  }

  /** Mean sd² of all pairs in a setting. */
  private static double meanVariance(Dataset data, Model model, int fresh) {
    int[] pairs =
        IntStream.range(0, data.samples().size())
            .filter(
                i ->
                    (i / RIGHT >= LEFT - 6) == ((fresh & 1) == 1)
                        && (i % RIGHT >= RIGHT - 5) == ((fresh & 2) == 2))
            .toArray();
    double[] deviations =
        model
            .predictor(1)
            .predictWithDeviations(data.samples().tuples().select(pairs))
            .deviations();
    return Arrays.stream(deviations).map(sd -> sd * sd).average().orElseThrow();
  }

  private static int[] shuffled(Random random, int count) {
    int[] numbers = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int number = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = number;
    }
    return numbers;
  }

  /** Of the errors, or of the errors divided by the standard deviation. */
  private static double meanSquare(Dataset data, int[] samples, Model model, boolean divided) {
    Predictions found =
        model.predictor(1).predictWithDeviations(data.samples().tuples().select(samples));
    assertEquals(samples.length, found.values().length);
    assertFalse(found.deviations().length == 0);
    return IntStream.range(0, samples.length)
        .mapToDouble(
            i -> {
              double error =
                  found.values()[i] - ((RealTargets) data.samples().targets()).value(samples[i], 0);
              return divided ? error / found.deviations()[i] : error;
            })
        .map(x -> x * x)
        .average()
        .orElseThrow();
  }
}
