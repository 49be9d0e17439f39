package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import kronwood.data.Attributes;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.data.fold.Folds;
import kronwood.gram.GramOptions;
import kronwood.input.PairComparison;
import kronwood.input.PairStructure;
import kronwood.loss.SquaredLoss;
import kronwood.math.Precision;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.plan.EngineOptions;
import kronwood.testing.Entities;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Nothing of the test side reaches a training: with other test targets, and with all that is known
 * of the entities that training never names replaced by something else, it is the same to the last
 * bit. So it would not be if centring, a median distance, an encoder's vocabulary, a scale or the
 * step size had seen one of them.
 */
class NoLeakTest {
  private static final int LEFT = 13;
  private static final int RIGHT = 11;
  private static final List<Setting> SETTINGS = List.of(Setting.A, Setting.B, Setting.C, Setting.D);

  private static final Map<String, Function<Entities, Attributes>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("features", Entities::few);
    KINDS.put("more features than entities", Entities::many);
    KINDS.put("similarities", Entities::similarities);
    KINDS.put("all blocks, encoders and kernels", Entities::everything);
  }

  /** What the two entities of a pair have to do with each other. */
  private enum Sides {
    OF_TWO_TABLES(""),
    OF_ONE_TABLE(", both sides of one table"),
    COMPARED(", both sides compared");

    final String words;

    Sides(String words) {
      this.words = words;
    }

    boolean oneTable() {
      return this != OF_TWO_TABLES;
    }
  }

  @TestFactory
  Stream<DynamicTest> trainingIsBitIdenticalWhateverIsKnownOfTheTestSide() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Setting setting : SETTINGS) {
      for (Map.Entry<String, Function<Entities, Attributes>> kind : KINDS.entrySet()) {
        for (boolean validated : new boolean[] {false, true}) {
          for (Sides sides : Sides.values()) {
            String name =
                "%s, %s%s%s"
                    .formatted(
                        setting.name(),
                        kind.getKey(),
                        validated ? ", stopped early" : "",
                        sides.words);
            tests.add(
                DynamicTest.dynamicTest(
                    name, () -> check(setting, kind.getValue(), validated, sides)));
          }
        }
      }
    }
    return tests.stream();
  }

  private static void check(
      Setting setting, Function<Entities, Attributes> kind, boolean validated, Sides sides) {
    boolean oneTable = sides.oneTable();
    Random random = new Random(5);
    Entities left = Entities.of(random, LEFT);
    Entities right = Entities.of(random, RIGHT);
    float[] targets = Problems.gaussianFloats(random, LEFT * RIGHT);
    Dataset data = data(kind, left, right, targets, oneTable);
    Folds folds = Folds.of(data, setting, Problems.range(0, LEFT * RIGHT), List.of(), 3, 0, 4);
    Split split = validated ? folds.splitWithValidation(1, 0.3, 9) : folds.split(1);

    boolean[][] seen = new boolean[2][LEFT];
    float[] others = Problems.gaussianFloats(random, LEFT * RIGHT);
    for (int[] part : new int[][] {split.train(), split.validation()}) {
      for (int sample : part) {
        others[sample] = targets[sample];
        for (int mode = 0; mode < 2; mode++) {
          seen[oneTable ? 0 : mode][data.samples().tuples().entity(sample, mode)] = true;
        }
      }
    }
    Dataset disturbed =
        data(
            kind,
            left.mixed(seen[0], Entities.of(random, LEFT)),
            right.mixed(Arrays.copyOf(seen[1], RIGHT), Entities.of(random, RIGHT)),
            others,
            oneTable);

    TrainedModel first =
        ModelTraining.fit(data, split, options(validated, sides), TrainingListener.NONE);
    TrainedModel second =
        ModelTraining.fit(disturbed, split, options(validated, sides), TrainingListener.NONE);
    assertSame(first, second, seen);
    if (!setting.isRandom()) {
      EntityTuples tests = data.samples().tuples().select(split.test());
      assertFalse(
          Arrays.equals(
              first.model().predictor(1).predict(tests),
              second.model().predictor(1).predict(tests)),
          "predictions for new entities do depend on what is known of them");
    }
  }

  /** All pairs; of one table, of the first entities with the others. */
  private static Dataset data(
      Function<Entities, Attributes> kind,
      Entities left,
      Entities right,
      float[] targets,
      boolean oneTable) {
    EntityTable first = Problems.table("left", kind.apply(left));
    EntityTable second = oneTable ? first : Problems.table("right", kind.apply(right));
    int[] entities = new int[2 * targets.length];
    for (int i = 0; i < targets.length; i++) {
      entities[2 * i] = i / RIGHT;
      entities[2 * i + 1] = i % RIGHT;
    }
    return Dataset.of(
        List.of(new Mode("first", first), new Mode("second", second)),
        Samples.of(EntityTuples.of(2, entities), RealTargets.of(List.of("y"), targets)));
  }

  private static ModelOptions options(boolean validated, Sides sides) {
    return new ModelOptions(
        GramOptions.DEFAULT,
        sides == Sides.COMPARED ? PairStructure.COMPARISON : PairStructure.PLAIN,
        new SquaredLoss(),
        new NetworkOptions(16, 0.6, true, true, 5),
        new TrainingOptions(
            8,
            3,
            OptionalDouble.empty(),
            0.01,
            0.5,
            2,
            validated ? 1 : 0,
            new EngineOptions(EngineChoice.AUTO, null, Precision.SINGLE, 1)),
        1e9);
  }

  private static void assertSame(TrainedModel expected, TrainedModel found, boolean[][] seen) {
    assertEquals(expected.result().course().learningRate(), found.result().course().learningRate());
    assertEquals(expected.result().course().epoch(), found.result().course().epoch());
    ModelNetwork network = found.model().network();
    assertEquals(expected.model().network().weights().length, network.weights().length);
    for (int r = 0; r < network.weights().length; r++) {
      assertArrayEquals(expected.model().network().weights()[r], network.weights()[r]);
    }
    assertArrayEquals(expected.model().network().output(), network.output());
    PairComparison comparison = expected.model().form().comparison();
    if (comparison != null) {
      assertArrayEquals(comparison.mean(), found.model().form().comparison().mean());
      assertArrayEquals(comparison.scale(), found.model().form().comparison().scale());
    }
    assertArrayEquals(expected.model().target().offset(), found.model().target().offset());
    assertArrayEquals(expected.model().target().scale(), found.model().target().scale());
    for (int t = 0; t < expected.model().tables().size(); t++) {
      ModelTable before = expected.model().tables().get(t);
      ModelTable after = found.model().tables().get(t);
      assertEquals(before.map().rank(), after.map().rank());
      int some = 0;
      for (int e = 0; e < before.ids().size(); e++) {
        if (seen[t][e]) {
          assertArrayEquals(row(before, e), row(after, e), "entity " + e);
          some++;
        }
      }
      assertTrue(some > 0);
    }
  }

  private static float[] row(ModelTable table, int entity) {
    int rank = table.map().rank();
    return Arrays.copyOfRange(table.coordinates(), entity * rank, (entity + 1) * rank);
  }
}
