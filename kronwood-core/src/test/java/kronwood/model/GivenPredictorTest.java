package kronwood.model;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.gram.GramOptions;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;

class GivenPredictorTest {
  private static final int SAMPLES = 60;

  private static Model fit(Random random, Loss loss, Targets targets, int... entities) {
    List<Mode> modes = new ArrayList<>();
    for (int k = 0; k < entities.length; k++) {
      modes.add(
          new Mode(
              "mode" + k,
              Problems.table("table" + k, Problems.denseFeatures(random, entities[k], 3 + k))));
    }
    Dataset data =
        Dataset.of(modes, Samples.of(Problems.tuples(random, SAMPLES, entities), targets));
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            loss,
            new NetworkOptions(22, 0.2, true, false, 5),
            TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0, EngineChoice.EAGER, 1),
            1e9);
    return ModelTraining.fit(data, Split.trainOnAll(SAMPLES), options, TrainingListener.NONE)
        .model();
  }

  /** The model with a linear skip that training did not give it. */
  private static Model withLinear(Random random, Model model) {
    ModelNetwork network = model.network();
    float[][] linear = new float[network.outputs()][];
    for (int c = 0; c < linear.length; c++) {
      linear[c] = Problems.gaussianFloats(random, network.weights()[0].length);
    }
    return new Model(
        model.modeNames(),
        model.tableOfMode(),
        model.tables(),
        new ModelNetwork(network.shift(), network.weights(), network.output(), linear),
        model.target(),
        model.provenance());
  }

  private static double[] oracle(Predictor predictor, int free, int[] given, int[] candidates) {
    int[] entities = new int[candidates.length * given.length];
    for (int i = 0; i < candidates.length; i++) {
      System.arraycopy(given, 0, entities, i * given.length, given.length);
      entities[i * given.length + free] = candidates[i];
    }
    return predictor.predict(EntityTuples.of(given.length, entities));
  }

  private static void assertPredictsLikePredictor(Model model, int free, int... given) {
    Predictor predictor = model.predictor(1);
    int[] candidates = Problems.range(0, model.table(free).ids().size());
    double[] expected = oracle(predictor, free, given, candidates);
    double[] found = predictor.given(free, given).predict(candidates);
    assertEquals(expected.length, found.length);
    for (int i = 0; i < found.length; i++) {
      assertEquals(
          expected[i], found[i], 1e-10 * Math.max(1, Math.abs(expected[i])), "number " + i);
    }
  }

  @Test
  void theBestOfThreeIsFoundByHand() {
    TopCandidates top = new TopCandidates(2);
    top.offer(0, 1);
    top.offer(1, 3);
    top.offer(2, 2);
    int[] positions = new int[2];
    double[] predictions = new double[2];
    top.drain(positions, predictions);
    assertArrayEquals(new int[] {1, 2}, positions);
    assertArrayEquals(new double[] {3, 2}, predictions);
  }

  @Test
  void equalPredictionsAreInTheOrderOfTheListAndNoNumberIsLast() {
    double[] values = {5, Double.NaN, 7, 5, 7, 5, -0.0, 0.0, Double.NaN};
    int[] order = {8, 3, 0, 7, 4, 1, 6, 2, 5};
    for (int size = 0; size <= values.length; size++) {
      TopCandidates top = new TopCandidates(size);
      for (int position : order) {
        top.offer(position, values[position]);
      }
      int[] positions = new int[size];
      top.drain(positions, new double[size]);
      int[] expected = {2, 4, 0, 3, 5, 6, 7, 1, 8};
      assertArrayEquals(Arrays.copyOf(expected, size), positions, "size " + size);
    }
  }

  @Test
  void realTargetsArePredictedAsPredictorDoesForEitherMode() {
    Random random = new Random(1);
    Model model = fit(random, new SquaredLoss(), Problems.realTargets(random, SAMPLES, 3), 15, 600);
    assertPredictsLikePredictor(model, 0, 0, 4);
    assertPredictsLikePredictor(model, 1, 7, 0);
  }

  /** The model with weights of its parts that training did not give it. */
  private static Model withSettings(Random random, Model model) {
    List<SettingWeights> settings = new ArrayList<>();
    int outputs = model.network().outputs();
    for (int s = 0; s < 1 << model.modeNames().size(); s++) {
      float[][] linear = new float[s % 3 == 0 ? 0 : outputs][];
      for (int c = 0; c < linear.length; c++) {
        linear[c] = Problems.gaussianFloats(random, model.network().weights()[0].length);
      }
      double[] offset = random.doubles(outputs).toArray();
      settings.add(new SettingWeights(s, random.nextDouble(), linear, offset));
    }
    return model.withSettings(settings);
  }

  @Test
  void eachCandidateIsPredictedInItsSetting() {
    Random random = new Random(12);
    Targets targets = Problems.realTargets(random, SAMPLES, 2);
    // Of so many entities some are in no sample.
    Model model = withSettings(random, fit(random, new SquaredLoss(), targets, 70, 300));
    for (int given = 0; given < 6; given++) {
      assertPredictsLikePredictor(model, 1, given, 0);
      assertPredictsLikePredictor(model, 0, 0, given);
    }
    Model three = withSettings(random, fit(random, new SquaredLoss(), targets, 20, 30, 300));
    assertPredictsLikePredictor(three, 1, 4, 0, 7);
    assertPredictsLikePredictor(three, 2, 4, 8, 0);
  }

  @Test
  void theLinearSkipIsAddedToEveryOutput() {
    Random random = new Random(2);
    Targets targets = Problems.realTargets(random, SAMPLES, 3);
    Model model = fit(random, new SquaredLoss(), targets, 15, 14);
    assertPredictsLikePredictor(withLinear(random, model), 1, 7, 0);
    assertPredictsLikePredictor(withLinear(random, model), 0, 0, 13);
  }

  @Test
  void moreLinearOutputsThanAPanelHoldsArePredicted() {
    Random random = new Random(3);
    Targets targets = Problems.realTargets(random, SAMPLES, 18);
    assertPredictsLikePredictor(
        withLinear(random, fit(random, new SquaredLoss(), targets, 15, 14)), 1, 7, 0);
  }

  @Test
  void classesArePredictedAsProbabilities() {
    Random random = new Random(4);
    Model binary =
        fit(random, new LogisticLoss(), Problems.classTargets(random, SAMPLES, 2), 15, 14);
    assertPredictsLikePredictor(binary, 1, 2, 0);
    Model several =
        fit(random, new SoftmaxLoss(), Problems.classTargets(random, SAMPLES, 4), 15, 14);
    assertPredictsLikePredictor(withLinear(random, several), 1, 2, 0);
  }

  @Test
  void anyOfThreeModesMayBeFree() {
    Random random = new Random(5);
    Model model = fit(random, new SquaredLoss(), Problems.realTargets(random, SAMPLES, 1), 7, 6, 5);
    for (int free = 0; free < 3; free++) {
      assertPredictsLikePredictor(model, free, 3, 4, 2);
    }
  }

  @Test
  void aModelOfOneModeHasNothingGiven() {
    Random random = new Random(6);
    Targets targets = Problems.realTargets(random, SAMPLES, 1);
    assertPredictsLikePredictor(fit(random, new SquaredLoss(), targets, 30), 0, 0);
  }

  @Test
  void newEntitiesAreGivenAndRankedLikeKnownOnes() {
    Random random = new Random(7);
    Pairs pairs =
        Pairs.of(
            random, Problems.denseFeatures(random, 15, 4), Problems.denseFeatures(random, 9, 3));
    Model model =
        ModelTraining.fit(
                pairs.data(),
                pairs.split(),
                new ModelOptions(
                    GramOptions.DEFAULT,
                    new SquaredLoss(),
                    new NetworkOptions(22, 0.2, true, false, 5),
                    TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0, EngineChoice.EAGER, 1),
                    1e9),
                TrainingListener.NONE)
            .model();
    Predictor predictor =
        model.predictor(
            List.of(
                Pairs.asNew(pairs.data().modes().getFirst().table(), 14, 2),
                Pairs.asNew(pairs.data().modes().getLast().table(), 8, 0, 3)),
            2);
    int[] given = {predictor.indexOf(0, "new0"), 0};
    int[] candidates = Problems.range(0, 12);
    double[] expected = oracle(predictor, 1, given, candidates);
    assertArrayEquals(expected, predictor.given(1, given).predict(candidates), 1e-10);
  }

  @Test
  void theTopAreThoseOfSortingAllPredictions() {
    Random random = new Random(8);
    Model model = fit(random, new SquaredLoss(), Problems.realTargets(random, SAMPLES, 3), 15, 900);
    // Every candidate is listed twice, so that there are ties.
    int[] candidates = random.ints(1_800, 0, 900).toArray();
    for (int output = 0; output < 3; output++) {
      GivenPredictor given = model.predictor(1).given(1, 7, 0);
      double[] all = given.predict(candidates);
      int by = output;
      List<Integer> sorted =
          IntStream.range(0, candidates.length)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(i -> -all[i * 3 + by])
                      .thenComparing(Comparator.naturalOrder()))
              .toList();
      for (int count : new int[] {0, 1, 20, 1_800, 5_000}) {
        Ranked top = given.top(candidates, output, count);
        assertEquals(Math.min(count, candidates.length), top.size());
        for (int i = 0; i < top.size(); i++) {
          assertEquals(candidates[sorted.get(i)], top.candidates()[i], "seed 8, rank " + i);
          assertEquals(all[sorted.get(i) * 3 + by], top.predictions()[i]);
        }
      }
    }
  }

  @Test
  void theRankingDoesNotDependOnTheNumberOfThreads() {
    Random random = new Random(9);
    Model model =
        fit(random, new SquaredLoss(), Problems.realTargets(random, SAMPLES, 1), 15, 2_000);
    int[] candidates = random.ints(4_000, 0, 2_000).toArray();
    Ranked one = model.predictor(1).given(1, 7, 0).top(candidates, 0, 100);
    for (int threads = 2; threads < 5; threads++) {
      Ranked several = model.predictor(threads).given(1, 7, 0).top(candidates, 0, 100);
      assertArrayEquals(one.candidates(), several.candidates());
      assertArrayEquals(one.predictions(), several.predictions());
    }
  }

  @Test
  void aPredictionDoesNotDependOnTheOtherCandidates() {
    Random random = new Random(10);
    Model model = fit(random, new SquaredLoss(), Problems.realTargets(random, SAMPLES, 1), 15, 700);
    GivenPredictor given = model.predictor(2).given(1, 7, 0);
    double[] all = given.predict(Problems.range(0, 700));
    for (int candidate : new int[] {0, 255, 256, 699}) {
      assertEquals(all[candidate], given.predict(new int[] {candidate})[0]);
    }
  }

  @Test
  void noCandidatesHaveNoPredictions() {
    Random random = new Random(11);
    Model model = fit(random, new SquaredLoss(), Problems.realTargets(random, SAMPLES, 1), 15, 14);
    GivenPredictor given = model.predictor(2).given(1, 7, 0);
    assertEquals(0, given.predict(new int[0]).length);
    assertEquals(0, given.top(new int[0], 0, 5).size());
  }

  @Test
  void whatDoesNotExistIsRefused() {
    Random random = new Random(12);
    Model model = fit(random, new SquaredLoss(), Problems.realTargets(random, SAMPLES, 1), 15, 14);
    Predictor predictor = model.predictor(1);
    assertRefused(() -> predictor.given(2, 0, 0), "mode 2", "2 modes");
    assertRefused(() -> predictor.given(1, 0), "1 entities", "2 modes");
    assertRefused(() -> predictor.given(1, 15, 0), "no entity 15 of mode 0", "15");
    GivenPredictor given = predictor.given(1, 14, 99);
    assertTrue(given.outputs() == 1);
    assertRefused(() -> given.predict(new int[] {14}), "no entity 14 of mode 1");
    assertRefused(() -> given.predict(new int[] {-1}), "no entity -1");
    assertRefused(() -> given.top(new int[] {0}, 1, 3), "output 1 of 1");
    assertRefused(() -> given.top(new int[] {0}, 0, -1), "top -1");
  }
}
