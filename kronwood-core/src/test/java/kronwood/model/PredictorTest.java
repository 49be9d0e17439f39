package kronwood.model;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Attributes;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Features;
import kronwood.data.Mode;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.gram.GramOptions;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.loss.Task;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PredictorTest {
  private static Model fit(Dataset data, Split split, Loss loss, int neurons) {
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            loss,
            new NetworkOptions(neurons, 0.4, true, false, 5),
            TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0, EngineChoice.EAGER, 1),
            1e9);
    return ModelTraining.fit(data, split, options, TrainingListener.NONE).model();
  }

  private static Model fit(Pairs pairs) {
    return fit(pairs.data(), pairs.split(), new SquaredLoss(), 24);
  }

  private static Pairs pairs(Random random) {
    return Pairs.of(
        random, Problems.denseFeatures(random, 15, 40), Problems.similarities(random, 14, 20));
  }

  /** {@code link(offset + scale · (1/√m) Σ_r A_r max(⟨W_r, u ⊗ v⟩ − b, 0))} in plain loops. */
  private static double[] naive(Model model, int left, int right) {
    ModelNetwork network = model.network();
    float[] u = model.table(0).coordinates();
    float[] v = model.table(1).coordinates();
    int leftRank = model.table(0).map().rank();
    int rightRank = model.table(1).map().rank();
    int outputs = network.outputs();
    double[] f = new double[outputs];
    for (int r = 0; r < network.neurons(); r++) {
      double z = 0;
      for (int a = 0; a < leftRank; a++) {
        for (int b = 0; b < rightRank; b++) {
          double x = (double) u[left * leftRank + a] * v[right * rightRank + b];
          z += network.weights()[r][a * rightRank + b] * x;
        }
      }
      for (int c = 0; c < outputs; c++) {
        double a = network.output()[c * network.neurons() + r];
        f[c] += a * Math.max(z - network.shift(), 0) / Math.sqrt(network.neurons());
      }
    }
    double normaliser = 0;
    for (int c = 0; c < outputs; c++) {
      f[c] = model.target().offset()[c] + model.target().scale()[c] * f[c];
      normaliser += Math.exp(f[c]);
    }
    for (int c = 0; c < outputs; c++) {
      f[c] =
          switch (model.target().loss().task()) {
            case REGRESSION -> f[c];
            case BINARY -> 1 / (1 + Math.exp(-f[c]));
            case MULTICLASS -> Math.exp(f[c]) / normaliser;
          };
    }
    return f;
  }

  @TestFactory
  Stream<DynamicTest> predictionsAreTheNetworksFormula() {
    return Stream.of(new SquaredLoss(), new LogisticLoss(), new SoftmaxLoss())
        .map(
            loss ->
                DynamicTest.dynamicTest(
                    loss.key(),
                    () -> {
                      for (int neurons : new int[] {2, 6, 16, 40}) {
                        assertIsTheFormula(loss, neurons);
                      }
                    }));
  }

  private static void assertIsTheFormula(Loss loss, int neurons) {
    Random random = new Random(neurons);
    Pairs drawn = pairs(random);
    Samples samples =
        switch (loss.task()) {
          case REGRESSION ->
              Samples.of(drawn.data().samples().tuples(), Problems.realTargets(random, 60, 3));
          case BINARY -> Samples.of(drawn.data().samples().tuples(), Pairs.labels(random, 2));
          case MULTICLASS -> Samples.of(drawn.data().samples().tuples(), Pairs.labels(random, 4));
        };
    Model fitted = fit(Dataset.of(drawn.data().modes(), samples), drawn.split(), loss, neurons);
    Model model = loss.task() == Task.BINARY ? fitted.shifted(-1.5) : fitted;
    EntityTuples tuples = Problems.tuples(random, 100, 15, 14);
    double[] found = model.predictor(1).predict(tuples);
    int outputs = model.predictor(1).outputs();
    assertEquals(loss.task() == Task.MULTICLASS ? 4 : loss.task() == Task.BINARY ? 1 : 3, outputs);
    for (int i = 0; i < 100; i++) {
      double[] expected = naive(model, tuples.entity(i, 0), tuples.entity(i, 1));
      for (int c = 0; c < outputs; c++) {
        assertEquals(expected[c], found[i * outputs + c], 1e-9, "tuple " + i);
      }
    }
  }

  @Test
  void predictionsDoNotDependOnTheNumberOfThreads() {
    Random random = new Random(1);
    Model model = fit(pairs(random));
    EntityTuples tuples = Problems.tuples(random, 500, 15, 14);
    double[] one = model.predictor(1).predict(tuples);
    assertArrayEquals(one, model.predictor(2).predict(tuples));
    assertArrayEquals(one, model.predictor(3).predict(tuples));
  }

  @Test
  void manyTuplesArePredictedAsTheyWouldBeAlone() {
    Random random = new Random(2);
    Pairs pairs = pairs(random);
    Model model = fit(pairs.data(), pairs.split(), new SquaredLoss(), 2);
    int count = 70_000;
    EntityTuples tuples = Problems.tuples(random, count, 15, 14);
    double[] all = model.predictor(1).predict(tuples);
    assertEquals(count, all.length);
    for (int i : new int[] {0, 1, 65_534, 65_535, 65_536, 65_537, count - 1}) {
      double alone = model.predictor(1).predict(tuples.select(new int[] {i}))[0];
      assertEquals(alone, all[i], 1e-12, "tuple " + i);
    }
  }

  @Test
  void noTuplesGiveNoPredictions() {
    Model model = fit(pairs(new Random(3)));
    assertEquals(0, model.predictor(1).predict(EntityTuples.of(2, new int[0])).length);
  }

  @TestFactory
  Stream<DynamicTest> knownEntitiesGivenAsNewArePredictedAlike() {
    Random random = new Random(4);
    return Stream.of(
            Problems.denseFeatures(random, 15, 4),
            Problems.denseFeatures(random, 15, 40),
            Problems.sparseFeatures(random, 15, 60, 0.3),
            Problems.similarities(random, 15, 20),
            Problems.indefiniteSimilarities(random, 15))
        .map(
            attributes ->
                DynamicTest.dynamicTest(
                    attributes.getClass().getSimpleName() + " × " + attributes.columns(),
                    () -> assertNewIsKnown(attributes)));
  }

  private static void assertNewIsKnown(Attributes attributes) {
    Pairs pairs = Pairs.of(new Random(5), attributes, Problems.denseFeatures(new Random(6), 9, 3));
    Model model = fit(pairs);
    // Some that trained, and some that did not.
    int[] entities = {14, 0, 7, 12};
    EntityTable given = Pairs.asNew(pairs.data().modes().getFirst().table(), entities);
    Predictor predictor = model.predictor(List.of(given), 1);
    for (int i = 0; i < entities.length; i++) {
      int asNew = predictor.indexOf(0, "new" + i);
      for (int right = 0; right < 9; right++) {
        double[] predictions =
            predictor.predict(EntityTuples.of(2, new int[] {entities[i], right, asNew, right}));
        assertEquals(predictions[0], predictions[1], 1e-5 * 5, "entity " + entities[i]);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> unseenEntitiesArePredictedAsIfTheyHadBeenInTheTable() {
    Random random = new Random(7);
    return Stream.of(
            Problems.denseFeatures(random, 15, 4),
            Problems.denseFeatures(random, 15, 40),
            Problems.indefiniteSimilarities(random, 15))
        .map(
            attributes ->
                DynamicTest.dynamicTest(
                    attributes.getClass().getSimpleName() + " × " + attributes.columns(),
                    () -> assertUnseenIsAsInTheTable(attributes)));
  }

  /** Once with all entities in the table, once with only those that occur in training samples. */
  private static void assertUnseenIsAsInTheTable(Attributes attributes) {
    Pairs pairs = Pairs.of(new Random(8), attributes, Problems.denseFeatures(new Random(9), 9, 3));
    Model withAll = fit(pairs);
    EntityTable all = pairs.data().modes().getFirst().table();
    EntityTable seen = Problems.table("left", firstEntities(attributes, 12));
    Dataset data =
        Dataset.of(
            List.of(new Mode("first", seen), pairs.data().modes().getLast()),
            pairs.data().samples().select(pairs.split().train()));
    Model withSeen = fit(data, Split.trainOnAll(40), new SquaredLoss(), 24);
    Predictor predictor = withSeen.predictor(List.of(Pairs.asNew(all, 12, 13, 14)), 1);
    for (int unseen = 0; unseen < 3; unseen++) {
      for (int right = 0; right < 9; right++) {
        double expected =
            withAll.predictor(1).predict(EntityTuples.of(2, new int[] {12 + unseen, right}))[0];
        int asNew = predictor.indexOf(0, "new" + unseen);
        double found = predictor.predict(EntityTuples.of(2, new int[] {asNew, right}))[0];
        assertEquals(expected, found, 1e-5 * Math.max(1, Math.abs(expected)));
      }
    }
  }

  private static Attributes firstEntities(Attributes attributes, int count) {
    return switch (attributes) {
      case Features features -> features.select(Problems.range(0, count));
      case Similarities similarities -> {
        float[] values = new float[count * count];
        for (int i = 0; i < values.length; i++) {
          values[i] = similarities.value(i / count, i % count);
        }
        yield Similarities.square(count, values);
      }
      case Blocks blocks -> blocks.select(Problems.range(0, count));
    };
  }

  @Test
  void newEntitiesOfASharedTableFillEveryModeOfIt() {
    Random random = new Random(10);
    EntityTable images = Problems.table("image", Problems.denseFeatures(random, 12, 4));
    Pairs pairs = Pairs.of(random, images, images, Problems.realTargets(random, 60, 1));
    Predictor predictor = fit(pairs).predictor(List.of(Pairs.asNew(images, 11, 2)), 1);
    int eleven = predictor.indexOf(0, "new0");
    int two = predictor.indexOf(1, "new1");
    double[] predictions =
        predictor.predict(EntityTuples.of(2, new int[] {11, 2, eleven, two, eleven, 2, 11, two}));
    for (int i = 1; i < 4; i++) {
      assertEquals(predictions[0], predictions[i], 1e-5);
    }
  }

  @Test
  void idsAreFoundAmongKnownAndNewEntities() {
    Random random = new Random(11);
    Pairs pairs = pairs(random);
    Model model = fit(pairs);
    Predictor known = model.predictor(1);
    assertEquals(3, known.indexOf(0, "left3"));
    assertEquals(13, known.indexOf(1, "right13"));
    assertEquals(-1, known.indexOf(0, "right3"), "an id of the other mode");
    assertEquals(-1, known.indexOf(0, "new0"));
    EntityTable given = Pairs.asNew(pairs.data().modes().getFirst().table(), 4, 5);
    Predictor both = model.predictor(List.of(given), 1);
    assertEquals(3, both.indexOf(0, "left3"));
    assertEquals(16, both.indexOf(0, "new1"));
    assertEquals(-1, both.indexOf(1, "new1"));
  }

  @Test
  void whatIsGivenForAKnownIdReplacesWhatIsKnown() {
    Random random = new Random(12);
    DenseFeatures features = Problems.denseFeatures(random, 15, 4);
    Pairs pairs = Pairs.of(random, features, Problems.denseFeatures(random, 9, 3));
    Model model = fit(pairs);
    EntityTable left = pairs.data().modes().getFirst().table();
    // left0 now has the features of left1.
    EntityTable given =
        new EntityTable(
            "left", EntityIds.of(List.of("left0")), left.columns(), features.select(new int[] {1}));
    Predictor predictor = model.predictor(List.of(given), 1);
    int replaced = predictor.indexOf(0, "left0");
    assertNotEquals(0, replaced);
    double[] predictions = predictor.predict(EntityTuples.of(2, new int[] {replaced, 2, 1, 2}));
    assertEquals(predictions[1], predictions[0], 1e-5);
  }

  @Test
  void aTableTheModelDoesNotHaveIsNamedWithThoseItHas() {
    Random random = new Random(13);
    Model model = fit(pairs(random));
    EntityTable other = Problems.table("middle", Problems.denseFeatures(random, 2, 40));
    assertRefused(() -> model.predictor(List.of(other), 1), "no table 'middle'", "[left, right]");
  }

  @Test
  void columnsMustBeThoseOfTheTrainingInTheirOrder() {
    Random random = new Random(14);
    Pairs pairs = pairs(random);
    Model model = fit(pairs);
    EntityTable tooFew = Problems.table("left", Problems.denseFeatures(random, 2, 39));
    assertRefused(() -> model.predictor(List.of(tooFew), 1), "'left'", "39 columns", "40");
    EntityTable left = Pairs.asNew(pairs.data().modes().getFirst().table(), 0);
    EntityTable swapped =
        new EntityTable("left", left.ids(), left.columns().reversed(), left.attributes());
    assertRefused(() -> model.predictor(List.of(swapped), 1), "'left'", "order");
    // Similarities are given to the eleven entities that trained, not to all fourteen.
    EntityTable right = pairs.data().modes().getLast().table();
    assertRefused(() -> model.predictor(List.of(right), 1), "'right'", "14 columns", "11");
  }

  @Test
  void similaritiesCannotStandForFeatures() {
    Random random = new Random(15);
    Pairs pairs = pairs(random);
    Model model = fit(pairs);
    EntityTable left = pairs.data().modes().getFirst().table();
    EntityTable wrong =
        new EntityTable(
            "left",
            EntityIds.of(List.of("x")),
            left.columns(),
            Similarities.to(40, 1, new float[40]));
    assertRefused(
        () -> model.predictor(List.of(wrong), 1), "40 similarities", "expected 40 features");
  }

  @Test
  void tuplesMustFitTheModel() {
    Model model = fit(pairs(new Random(16)));
    Predictor predictor = model.predictor(1);
    assertRefused(() -> predictor.predict(EntityTuples.of(3, new int[3])), "2 modes", "of 3");
    assertRefused(
        () -> predictor.predict(EntityTuples.of(2, new int[] {0, 0, 15, 0})), "entity 15");
  }
}
