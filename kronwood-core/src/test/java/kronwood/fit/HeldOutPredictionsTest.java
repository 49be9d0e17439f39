package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Attributes;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.data.fold.Folds;
import kronwood.gram.FactorFit;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.measure.InteractionConcordance;
import kronwood.measure.Metric;
import kronwood.model.Model;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Training on one side of a split: nothing of the other side reaches it. */
class HeldOutPredictionsTest {
  private static final int LEFT = 12;
  private static final int RIGHT = 10;
  private static final List<Setting> SETTINGS = List.of(Setting.A, Setting.B, Setting.C, Setting.D);

  private static ModelOptions options(int threads) {
    return new ModelOptions(
        GramOptions.DEFAULT,
        new SquaredLoss(),
        new NetworkOptions(24, 0.6, true, true, 5),
        TrainingOptions.plain(8, 3, OptionalDouble.empty(), 0.01, EngineChoice.AUTO, threads),
        1e9);
  }

  /** All pairs of few-columned or many-columned features with similarities. */
  private static Dataset grid(Random random, int columns) {
    int[] entities = new int[2 * LEFT * RIGHT];
    for (int i = 0; i < LEFT * RIGHT; i++) {
      entities[2 * i] = i / RIGHT;
      entities[2 * i + 1] = i % RIGHT;
    }
    return data(
        Problems.denseFeatures(random, LEFT, columns),
        Problems.similarities(random, RIGHT, 6),
        EntityTuples.of(2, entities),
        Problems.realTargets(random, LEFT * RIGHT, 1));
  }

  private static Dataset data(
      Attributes left, Attributes right, EntityTuples tuples, RealTargets targets) {
    return Dataset.of(
        List.of(
            new Mode("left", Problems.table("left", left)),
            new Mode("right", Problems.table("right", right))),
        Samples.of(tuples, targets));
  }

  /**
   * Other attributes for the entities that no training sample names, other targets for the test.
   */
  private static Dataset disturbed(Random random, Dataset data, Split split) {
    boolean[][] seen = new boolean[2][LEFT];
    for (int sample : split.train()) {
      seen[0][data.samples().tuples().entity(sample, 0)] = true;
      seen[1][data.samples().tuples().entity(sample, 1)] = true;
    }
    DenseFeatures left = (DenseFeatures) data.tables().get(0).attributes();
    float[] features = left.toArray();
    for (int i = 0; i < features.length; i++) {
      features[i] = seen[0][i / left.columns()] ? features[i] : 9 * random.nextFloat();
    }
    Similarities right = (Similarities) data.tables().get(1).attributes();
    float[] similarities = new float[RIGHT * RIGHT];
    for (int i = 0; i < RIGHT; i++) {
      for (int j = 0; j <= i; j++) {
        float value = seen[1][i] && seen[1][j] ? right.value(i, j) : 9 * random.nextFloat();
        similarities[i * RIGHT + j] = value;
        similarities[j * RIGHT + i] = value;
      }
    }
    RealTargets targets = (RealTargets) data.samples().targets();
    float[] values = new float[targets.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = targets.value(i, 0);
    }
    for (int sample : split.test()) {
      values[sample] = 100 * random.nextFloat();
    }
    return data(
        DenseFeatures.of(LEFT, left.columns(), features),
        Similarities.square(RIGHT, similarities),
        data.samples().tuples(),
        RealTargets.of(targets.names(), values));
  }

  @TestFactory
  Stream<DynamicTest> trainingIsBitIdenticalWhateverTheTestSide() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Setting setting : SETTINGS) {
      for (int columns : new int[] {3, 40}) {
        tests.add(
            DynamicTest.dynamicTest(
                setting.name() + ", " + columns + " columns", () -> check(setting, columns)));
      }
    }
    return tests.stream();
  }

  private static void check(Setting setting, int columns) {
    Random random = new Random(1);
    Dataset data = grid(random, columns);
    Split split = split(data, setting);
    Dataset other = disturbed(random, data, split);

    // Even a training that is handed the test samples, to report on them, learns nothing of them.
    TrainedModel plain = ModelTraining.fit(data, split, options(1), TrainingListener.NONE);
    TrainedModel disturbed = ModelTraining.fit(other, split, options(1), TrainingListener.NONE);
    assertSameNetwork(plain.model(), disturbed.model());
    assertEquals(
        plain.result().course().learningRate(), disturbed.result().course().learningRate());

    HeldOutPredictions first =
        HeldOutPredictions.predict(data, split, options(1), TrainingListener.NONE);
    HeldOutPredictions second =
        HeldOutPredictions.predict(other, split, options(1), TrainingListener.NONE);
    assertSameNetwork(first.trained().model(), second.trained().model());
    if (setting.isRandom()) {
      assertArrayEquals(first.predictions().values(), second.predictions().values());
    } else {
      assertFalse(
          Arrays.equals(first.predictions().values(), second.predictions().values()),
          "predictions for new entities do depend on their attributes");
    }
  }

  private static Split split(Dataset data, Setting setting) {
    return Folds.of(data, setting, Problems.range(0, LEFT * RIGHT), List.of(), 3, 0, 4).split(1);
  }

  private static void assertSameNetwork(Model expected, Model found) {
    assertEquals(expected.network().weights().length, found.network().weights().length);
    for (int r = 0; r < expected.network().weights().length; r++) {
      assertArrayEquals(expected.network().weights()[r], found.network().weights()[r]);
    }
    assertArrayEquals(expected.network().output(), found.network().output());
    assertArrayEquals(expected.target().offset(), found.target().offset());
    assertArrayEquals(expected.target().scale(), found.target().scale());
  }

  @Test
  void coordinatesWouldDifferIfCentringSawTheNewEntities() {
    // What the test above would not notice if the fit were the same on all entities.
    Dataset data = grid(new Random(1), 3);
    EntityTable table = data.tables().get(0);
    int[] some = Problems.range(0, 8);
    FactorFit fitted = FactorFit.of(table, some, GramOptions.DEFAULT);
    FactorFit onAll = FactorFit.of(table, Problems.range(0, LEFT), GramOptions.DEFAULT);
    assertNotEquals(fitted.table().inner(0, 1), onAll.table().inner(0, 1));
  }

  @Test
  void predictionsAreThoseOfTheModelTrainedWithTheSplit() {
    Dataset data = grid(new Random(2), 40);
    for (Setting setting : SETTINGS) {
      Split split = split(data, setting);
      HeldOutPredictions heldOut =
          HeldOutPredictions.predict(data, split, options(1), TrainingListener.NONE);
      TrainedModel model = ModelTraining.fit(data, split, options(1), TrainingListener.NONE);
      double[] expected =
          model.model().predictor(1).predict(data.samples().tuples().select(split.test()));
      assertArrayEquals(expected, heldOut.predictions().values(), 1e-6, setting.name());
    }
  }

  @Test
  void threadsDoNotChangeAnything() {
    Dataset data = grid(new Random(3), 5);
    Split split = split(data, Setting.D);
    HeldOutPredictions one =
        HeldOutPredictions.predict(data, split, options(1), TrainingListener.NONE);
    HeldOutPredictions three =
        HeldOutPredictions.predict(data, split, options(3), TrainingListener.NONE);
    assertArrayEquals(one.predictions().values(), three.predictions().values());
    assertEquals(one.metrics(), three.metrics());
  }

  @Test
  void metricsHaveTheInteractionConcordanceOfPairs() {
    Dataset data = grid(new Random(4), 5);
    Split split = split(data, Setting.A);
    HeldOutPredictions heldOut =
        HeldOutPredictions.predict(data, split, options(1), TrainingListener.NONE);
    int[] left = new int[split.test().length];
    int[] right = new int[left.length];
    double[] actual = new double[left.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = split.test()[i] / RIGHT;
      right[i] = split.test()[i] % RIGHT;
      actual[i] = ((RealTargets) data.samples().targets()).value(split.test()[i], 0);
    }
    assertEquals(
        InteractionConcordance.of(left, right, heldOut.predictions().values(), actual, 1).index(),
        heldOut.metrics().get(Metric.IC));
  }

  @Test
  void validationSamplesSteerButDoNotTrain() {
    Dataset data = grid(new Random(5), 5);
    Split split =
        Folds.of(data, Setting.B, Problems.range(0, LEFT * RIGHT), List.of(), 3, 0, 4)
            .splitWithValidation(0, 0.25, 1);
    HeldOutPredictions heldOut =
        HeldOutPredictions.predict(data, split, options(1), TrainingListener.NONE);
    HeldOutPredictions without =
        HeldOutPredictions.predict(
            data,
            new Split(split.train(), new int[0], split.test()),
            options(1),
            TrainingListener.NONE);
    assertArrayEquals(without.predictions().values(), heldOut.predictions().values());
    assertTrue(heldOut.trained().result().metrics().validation() != null);
  }

  @Test
  void theEstimateCountsPlanAndCoordinates() {
    Dataset data = grid(new Random(6), 40);
    Split split = split(data, Setting.A);
    double bytes = HeldOutPredictions.bytes(data, split, options(1));
    TrainingInputs.problem(data, split, options(1));
    assertTrue(bytes > 16.0 * LEFT * LEFT && bytes < 1e9, "bytes " + bytes);
  }
}
