package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.fit.TrainingInputs;
import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.model.KnownEntitySets;
import kronwood.model.Model;
import kronwood.model.SettingWeights;
import kronwood.network.NetworkOptions;
import kronwood.testing.Problems;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;
import org.junit.jupiter.api.Test;

class SettingTrainingTest {
  private static final int LEFT = 30;
  private static final int RIGHT = 20;

  private static ModelOptions options(Loss loss, int threads) {
    return new ModelOptions(
        GramOptions.DEFAULT.withAddedIdentity(0),
        loss,
        NetworkOptions.of(32, 3),
        TrainingOptions.DEFAULT.withEpochs(4).withThreads(threads),
        1e9);
  }

  /** Every second pair; targets are bilinear in the features, with noise. */
  private static Dataset data(Random random, boolean classes, boolean oneTable) {
    Mode left = new Mode("left", Problems.table("left", Problems.denseFeatures(random, LEFT, 4)));
    Mode right =
        oneTable
            ? new Mode("right", left.table())
            : new Mode("right", Problems.table("right", Problems.denseFeatures(random, RIGHT, 3)));
    int others = oneTable ? LEFT : RIGHT;
    List<Integer> entities = new ArrayList<>();
    for (int i = 0; i < LEFT; i++) {
      for (int j = oneTable ? i + 1 : 0; j < others; j++) {
        if (random.nextBoolean()) {
          entities.add(i);
          entities.add(j);
        }
      }
    }
    EntityTuples tuples =
        EntityTuples.of(2, entities.stream().mapToInt(Integer::intValue).toArray());
    float[] values = new float[tuples.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              (Math.sin(tuples.entity(i, 0)) * Math.cos(tuples.entity(i, 1))
                  + 0.3 * random.nextGaussian());
    }
    Targets targets =
        classes
            ? ClassTargets.of(
                "y",
                List.of("no", "yes"),
                IntStream.range(0, values.length).map(i -> values[i] > 0.2 ? 1 : 0).toArray())
            : RealTargets.of(List.of("y"), values);
    return Dataset.of(List.of(left, right), Samples.of(tuples, targets));
  }

  /** Pairs of the first entities train; the others are of every setting. */
  private static Split split(Dataset data) {
    EntityTuples tuples = data.samples().tuples();
    int[] all = IntStream.range(0, tuples.size()).toArray();
    int[] train =
        Arrays.stream(all)
            .filter(i -> tuples.entity(i, 0) < 24 && tuples.entity(i, 1) < 16 && i % 7 != 0)
            .toArray();
    int[] test = Arrays.stream(all).filter(i -> Arrays.binarySearch(train, i) < 0).toArray();
    return new Split(train, new int[0], test);
  }

  private static SettingTraining.Result fit(Dataset data, Split split, ModelOptions options) {
    return SettingTraining.fit(data, split, options, TrainingListener.NONE, StopSignal.NEVER, null);
  }

  @Test
  void theNetworkIsThatOfPlainTrainingAndPredictionsAreThePartsWeighed() {
    Random random = new Random(1);
    for (boolean classes : new boolean[] {false, true}) {
      Dataset data = data(random, classes, false);
      Split split = split(data);
      ModelOptions options = options(classes ? new LogisticLoss() : new SquaredLoss(), 1);
      Model plain = ModelTraining.fit(data, split, options, TrainingListener.NONE).model();
      Model model = fit(data, split, options).trained().model();
      assertArrayEquals(plain.network().weights(), model.network().weights());
      assertArrayEquals(plain.network().output(), model.network().output());
      assertEquals(4, model.settings().size());
      assertPredictsItsParts(data, split, options, plain, model);
    }
  }

  /** By the definition, with coordinates that are multiplied out. */
  private static void assertPredictsItsParts(
      Dataset data, Split split, ModelOptions options, Model plain, Model model) {
    EntityTuples tuples = data.samples().tuples().select(split.test());
    double[] network = plain.predictor(1).predict(tuples);
    double[] found = model.predictor(1).predict(tuples);
    KnownEntitySets known = KnownEntitySets.of(model);
    var inputs = TrainingInputs.problem(data, split, options).inputs();
    boolean[] met = new boolean[4];
    for (int i = 0; i < found.length; i++) {
      int setting =
          (known.isNew(0, tuples.entity(i, 0)) ? 1 : 0)
              + (known.isNew(1, tuples.entity(i, 1)) ? 2 : 0);
      met[setting] = true;
      SettingWeights weights = model.settings().get(setting);
      double scale = model.target().scale()[0];
      double offset = model.target().offset()[0];
      double f = weights.network() * unlinked(network[i], options, offset, scale);
      f += weights.offset()[0];
      if (weights.linear().length > 0) {
        double[] x = new double[(int) inputs.dimension()];
        inputs.materialise(split.test()[i], x);
        for (int k = 0; k < x.length; k++) {
          f += weights.linear()[0][k] * x[k];
        }
      }
      double expected = offset + scale * f;
      if (options.loss() instanceof LogisticLoss) {
        expected = 1 / (1 + Math.exp(-expected));
      }
      assertEquals(expected, found[i], 1e-5);
    }
    assertArrayEquals(new boolean[] {true, true, true, true}, met);
  }

  private static double unlinked(
      double prediction, ModelOptions options, double offset, double scale) {
    double f =
        options.loss() instanceof LogisticLoss
            ? Math.log(prediction / (1 - prediction))
            : prediction;
    return (f - offset) / scale;
  }

  @Test
  void targetsOfTestSamplesChangeNothing() {
    Dataset data = data(new Random(2), false, false);
    Split split = split(data);
    float[] values = new float[data.samples().size()];
    Random other = new Random(99);
    for (int i = 0; i < values.length; i++) {
      values[i] = ((RealTargets) data.samples().targets()).value(i, 0);
    }
    for (int i : split.test()) {
      values[i] = (float) (1000 * other.nextGaussian());
    }
    Dataset shuffled =
        Dataset.of(
            data.modes(),
            Samples.of(data.samples().tuples(), RealTargets.of(List.of("y"), values)));
    ModelOptions options = options(new SquaredLoss(), 1);
    assertSame(
        fit(data, split, options).trained().model(),
        fit(shuffled, split, options).trained().model());
  }

  private static void assertSame(Model expected, Model found) {
    assertEquals(expected.settings().size(), found.settings().size());
    for (int s = 0; s < expected.settings().size(); s++) {
      assertEquals(expected.settings().get(s).network(), found.settings().get(s).network());
      assertArrayEquals(expected.settings().get(s).offset(), found.settings().get(s).offset());
      assertArrayEquals(expected.settings().get(s).linear(), found.settings().get(s).linear());
    }
    assertArrayEquals(expected.network().weights(), found.network().weights());
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    Dataset data = data(new Random(3), false, false);
    Split split = split(data);
    assertSame(
        fit(data, split, options(new SquaredLoss(), 1)).trained().model(),
        fit(data, split, options(new SquaredLoss(), 3)).trained().model());
  }

  @Test
  void whereTwoEntitiesAreExchangeableSoAreTheirSettings() {
    Dataset data = data(new Random(4), false, true);
    EntityTuples tuples = data.samples().tuples();
    int[] all = IntStream.range(0, tuples.size()).toArray();
    int[] train = Arrays.stream(all).filter(i -> tuples.entity(i, 1) < 24).toArray();
    Split split = new Split(train, new int[0], new int[0]);
    ModelOptions options = options(new SquaredLoss(), 1).withStructure(PairStructure.SYMMETRIC);
    Model model = fit(data, split, options).trained().model();
    SettingWeights left = model.settings().get(1);
    SettingWeights right = model.settings().get(2);
    assertEquals(left.network(), right.network());
    assertArrayEquals(left.linear(), right.linear());
    double[] there = model.predictor(1).predict(EntityTuples.of(2, new int[] {2, 28}));
    double[] back = model.predictor(1).predict(EntityTuples.of(2, new int[] {28, 2}));
    assertArrayEquals(there, back, 1e-12);
  }

  @Test
  void byDefaultTablesAreTrainedOnWithTheIdentityThatTheyWouldHaveGot() {
    Dataset data = data(new Random(8), false, false);
    Split split = split(data);
    ModelOptions without = options(new SquaredLoss(), 1);
    Dataset given =
        Dataset.of(
            data.modes().stream().map(mode -> new Mode(mode.name(), withIdentity(mode))).toList(),
            data.samples());
    assertSame(
        fit(given, split, without).trained().model(),
        fit(data, split, without.withGram(GramOptions.DEFAULT)).trained().model());
  }

  private static EntityTable withIdentity(Mode mode) {
    EntityTable table = mode.table();
    List<String> columns = new ArrayList<>(table.columns());
    columns.addAll(table.ids().asList());
    Block features =
        new Block.OfFeatures("features", 1, FeatureKernel.LINEAR, (Features) table.attributes());
    return new EntityTable(
        table.name(),
        table.ids(),
        columns,
        new Blocks(List.of(features, Block.OfIdentity.among(table.size(), 0.1))));
  }

  @Test
  void theLinearModelCountsAloneWhereTheNetworkHasTooFewSamples() {
    Dataset data = data(new Random(9), false, false);
    ModelOptions options = options(new SquaredLoss(), 1);
    SplittableRandom random = new SplittableRandom(1);
    int strengths = LinearTrial.ridgeOptions(options.memory()).count();
    List<SettingFactors.Trial> trials = new ArrayList<>();
    int[] all = IntStream.range(0, data.samples().size()).toArray();
    for (int d = 0; d < 8; d++) {
      SettingHoldout holdout = Objects.requireNonNull(SettingHoldout.of(data, all, random.split()));
      double[][][] linear = new double[1][strengths][holdout.all().length];
      for (int s = 0; s < strengths; s++) {
        for (int i = 0; i < holdout.all().length; i++) {
          // The third λ is the best one.
          float y = ((RealTargets) data.samples().targets()).value(holdout.all()[i], 0);
          linear[0][s][i] = s == 2 ? y : y + 1;
        }
      }
      trials.add(
          new SettingFactors.Trial(
              holdout,
              InnerSplit.targets(data.samples(), holdout.train(), options),
              null,
              null,
              linear));
    }
    for (int fresh = 0; fresh < 4; fresh++) {
      SettingFactors found =
          Objects.requireNonNull(SettingFactors.of(data, options, trials, List.of(fresh)));
      assertEquals(0, found.network());
      assertTrue(found.linear() > 0);
      assertEquals(
          List.of(LinearTrial.ridgeOptions(options.memory()).relative(2)), found.line().lambda());
      assertTrue(Double.isNaN(found.line().networkError()));
      assertTrue(found.line().text().contains("(network -, linear "), found.line().text());
    }
  }

  @Test
  void whatIsHeldOutIsSortedByWhatIsNewToTheRest() {
    Dataset data = data(new Random(5), false, false);
    int[] samples = IntStream.range(0, data.samples().size()).toArray();
    SettingHoldout holdout = SettingHoldout.of(data, samples, new SplittableRandom(1));
    assertTrue(holdout != null);
    assertEquals(4, holdout.heldOut().size());
    assertEquals(samples.length, holdout.train().length + holdout.all().length);
    EntityTuples tuples = data.samples().tuples();
    holdout
        .heldOut()
        .forEach(
            (fresh, listed) -> {
              for (int sample : listed) {
                for (int mode = 0; mode < 2; mode++) {
                  int which = mode;
                  int entity = tuples.entity(sample, mode);
                  boolean seen =
                      Arrays.stream(holdout.train())
                          .anyMatch(i -> tuples.entity(i, which) == entity);
                  assertEquals((fresh >> mode & 1) == 0, seen);
                }
              }
            });
  }

  @Test
  void dataThatCannotShowASettingTakeTheOneMostLikeIt() {
    // One left entity: nothing can be told of new ones.
    Random random = new Random(6);
    Mode left = new Mode("left", Problems.table("left", Problems.denseFeatures(random, 2, 2)));
    Mode right = new Mode("right", Problems.table("right", Problems.denseFeatures(random, 200, 3)));
    EntityTuples tuples =
        EntityTuples.of(2, IntStream.range(0, 400).map(i -> i % 2 == 0 ? 0 : i / 2).toArray());
    float[] values = new float[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Dataset data =
        Dataset.of(List.of(left, right), Samples.of(tuples, RealTargets.of(List.of("y"), values)));
    SettingReport report = fit(data, Split.trainOnAll(200), options(new SquaredLoss(), 1)).report();
    assertEquals("B", report.settings().get(1).name());
    assertEquals(0, report.settings().get(1).samples());
    assertTrue(report.settings().get(2).samples() > 0);
    assertTrue(report.lines().getLast().startsWith("too few held-out samples to tell: A, B, D;"));
    assertTrue(report.settings().get(1).text().endsWith("as in the setting most like it"));
  }

  @Test
  void aTrainingThatIsStoppedLeavesTheNetworkAlone() {
    Dataset data = data(new Random(7), false, false);
    Split split = split(data);
    boolean[] stop = {false};
    List<TrainingEvent> events = new ArrayList<>();
    TrainedModel trained =
        SettingTraining.fit(
                data,
                split,
                options(new SquaredLoss(), 1),
                event -> {
                  events.add(event);
                  stop[0] |= event instanceof TrainingEvent.HeldOutBegun;
                },
                () -> stop[0],
                null)
            .trained();
    assertTrue(trained.model().settings().isEmpty());
    assertFalse(trained.result().course().stopped());
    assertTrue(events.getLast() instanceof TrainingEvent.Finished);
    assertEquals(
        1, events.stream().filter(event -> event instanceof TrainingEvent.Finished).count());
  }
}
