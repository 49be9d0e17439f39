package kronwood.linear;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.testing.PairInputs;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KroneckerOperatorTest {
  private static final Parallel PARALLEL = Parallel.of(2);

  /** Tables of each mode: one to four modes, with and without shared tables. */
  private static final int[][] LAYOUTS = {
    {0}, {0, 1}, {0, 0}, {0, 1, 2}, {0, 1, 0}, {0, 0, 0}, {0, 1, 2, 1}
  };

  @AfterAll
  static void end() {
    PARALLEL.close();
  }

  /** Entities (1, 2) and (3, 4) with entities (5) and (−1): all four pairs. */
  private static StructuredInputs byHand() {
    return StructuredInputs.of(
        List.of(
            FactorTable.of(2, 2, new double[] {1, 2, 3, 4}),
            FactorTable.of(2, 1, new double[] {5, -1})),
        new int[] {0, 1},
        EntityTuples.of(2, new int[] {0, 0, 0, 1, 1, 0, 1, 1}));
  }

  @Test
  void aProductByHandInEveryWay() {
    // Inner products of the left entities: 5, 11, 25; of the right ones: 25, −5, 1.
    // Row (0, 0): 5·25·1 + 5·(−5)·2 + 11·25·3 + 11·(−5)·4; row (1, 1): 11·(−5)·1 + 11·1·2 +
    // 25·(−5)·3 + 25·1·4.
    double[] expected = {125 - 50 + 825 - 220, -55 + 22 - 375 + 100};
    for (KroneckerOperator operator : all(byHand(), new int[] {0, 3}, new int[] {0, 1, 2, 3})) {
      double[] y = new double[2];
      operator.times(new double[] {1, 2, 3, 4}, y);
      assertArrayEquals(expected, y, 1e-12, operator::plan);
    }
  }

  @Test
  void anEmptySelectionGivesNothingOrZeros() {
    for (KroneckerOperator operator : all(byHand(), new int[] {0, 3}, new int[0])) {
      double[] y = {7, 7};
      operator.times(new double[0], y);
      assertArrayEquals(new double[2], y);
    }
    for (KroneckerOperator operator : all(byHand(), new int[0], new int[] {1})) {
      operator.times(new double[] {1}, new double[0]);
      assertEquals(0, operator.rows());
      assertEquals(1, operator.columns());
    }
  }

  private static List<KroneckerOperator> all(StructuredInputs inputs, int[] to, int[] from) {
    return all(inputs, to, from, PARALLEL);
  }

  private static List<KroneckerOperator> all(
      StructuredInputs inputs, int[] to, int[] from, Parallel parallel) {
    List<KroneckerOperator> operators = new ArrayList<>();
    for (KroneckerOperator.Plan plan : KroneckerOperator.plans(inputs, to, from, 1, parallel)) {
      operators.add(plan.operator(to.length, from.length));
    }
    return operators;
  }

  private static StructuredInputs random(Random random, int size, int[] layout) {
    int[] entities = {1 + random.nextInt(9), 1 + random.nextInt(30), 1 + random.nextInt(4)};
    int[] ranks = {1 + random.nextInt(5), 1 + random.nextInt(4), 1 + random.nextInt(3)};
    return Problems.inputs(random, size, entities, ranks, layout);
  }

  private static void assertAgrees(StructuredInputs inputs, int[] to, int[] from, Random random) {
    double[] x = Problems.gaussian(random, from.length);
    double[] expected = DenseRidge.times(DenseRidge.kernel(inputs, to, from), x);
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0) + from.length;
    for (KroneckerOperator operator : all(inputs, to, from)) {
      for (int repeat = 0; repeat < 2; repeat++) {
        double[] y = new double[to.length];
        Arrays.fill(y, Double.NaN);
        operator.times(x, y);
        assertArrayEquals(expected, y, 1e-12 * scale, operator::plan);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyWayGivesTheSumsOfTheDefinition() {
    return Seeds.runs(
        10,
        random -> {
          for (int[] layout : LAYOUTS) {
            StructuredInputs inputs = random(random, 80, layout);
            int[] to = random.ints(1 + random.nextInt(60), 0, 80).toArray();
            int[] from = random.ints(1 + random.nextInt(60), 0, 80).toArray();
            assertAgrees(inputs, to, from, random);
            assertAgrees(inputs, from, from, random);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> inputsThatAreSumsWork() {
    return Seeds.runs(
        5,
        random -> {
          for (PairStructure structure : PairInputs.SUMS) {
            for (int[] layout : new int[][] {{0, 0}, {0, 1, 0}}) {
              StructuredInputs inputs = PairInputs.draw(random, 80, structure, layout);
              int[] to = random.ints(1 + random.nextInt(60), 0, 80).toArray();
              int[] from = random.ints(1 + random.nextInt(60), 0, 80).toArray();
              assertAgrees(inputs, to, from, random);
              assertAgrees(inputs, from, from, random);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> inputsThatShareNoEntitiesWork() {
    return Seeds.runs(
        3,
        random -> {
          int[] entities = IntStream.range(0, 40).flatMap(i -> IntStream.of(i, i)).toArray();
          StructuredInputs inputs =
              StructuredInputs.of(
                  List.of(Problems.factorTable(random, 40, 7)),
                  new int[] {0, 0},
                  EntityTuples.of(2, entities));
          assertAgrees(inputs, Problems.range(0, 40), Problems.range(0, 40), random);
          assertAgrees(inputs, Problems.range(30, 40), Problems.range(0, 30), random);
        });
  }

  @Test
  void manyModesWork() {
    Random random = new Random(1);
    StructuredInputs inputs =
        Problems.inputs(random, 30, new int[] {3, 2, 4}, new int[] {2, 2, 1}, 0, 1, 2, 0, 1, 2, 0);
    assertAgrees(inputs, Problems.range(0, 30), Problems.range(5, 25), random);
  }

  /** Large enough for the blocks of every loop, and for several pieces of each. */
  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    Random random = new Random(1);
    int[][] layouts = {{0}, {0, 1}, {0, 1, 2}};
    for (int[] layout : layouts) {
      StructuredInputs inputs =
          Problems.inputs(random, 900, new int[] {150, 170, 3}, new int[] {40, 50, 2}, layout);
      int[] to = random.ints(800, 0, 900).toArray();
      int[] from = random.ints(700, 0, 900).toArray();
      double[] x = Problems.gaussian(random, 700);
      List<double[]> first = new ArrayList<>();
      for (int threads : new int[] {1, 2, 4}) {
        try (Parallel parallel = Parallel.of(threads)) {
          List<KroneckerOperator> operators = all(inputs, to, from, parallel);
          for (int i = 0; i < operators.size(); i++) {
            double[] y = new double[800];
            operators.get(i).times(x, y);
            if (threads == 1) {
              first.add(y);
            }
            assertArrayEquals(first.get(i), y, operators.get(i)::plan);
          }
        }
      }
      double[] expected = DenseRidge.times(DenseRidge.kernel(inputs, to, from), x);
      for (double[] y : first) {
        assertArrayEquals(expected, y, 1e-9);
      }
    }
  }

  @Test
  void theBlocksOfALongSumAreAllAdded() {
    Random random = new Random(1);
    // Inner rank 600 makes blocks of 436 outer entities.
    StructuredInputs inputs =
        Problems.inputs(random, 1000, new int[] {1000, 5}, new int[] {2, 600}, 0, 1);
    int[] from = Problems.range(0, 1000);
    int[] to = {0, 17, 999};
    double[] x = Problems.gaussian(random, 1000);
    double[] expected = DenseRidge.times(DenseRidge.kernel(inputs, to, from), x);
    for (KroneckerOperator operator : all(inputs, to, from)) {
      double[] y = new double[3];
      operator.times(x, y);
      assertArrayEquals(expected, y, 1e-9, operator::plan);
    }
  }

  @Test
  void withoutMemoryItGoesRowByRow() {
    KroneckerOperator operator =
        KroneckerOperator.of(byHand(), new int[] {0}, new int[] {0, 1}, 10, 1, PARALLEL);
    assertEquals("row by row", operator.plan());
    double[] y = new double[1];
    operator.times(new double[] {1, 2}, y);
    assertArrayEquals(new double[] {75}, y);
  }

  @Test
  void gridsAndNewEntitiesAreToldApart() {
    Random random = new Random(1);
    int[] all = Problems.range(0, 2000);
    StructuredInputs grid =
        Problems.inputs(random, 2000, new int[] {40, 60}, new int[] {40, 60}, 0, 1);
    KroneckerOperator shared = KroneckerOperator.of(grid, all, all, 100, 1e9, PARALLEL);
    // A row by row product would take 2000² · 2 and more.
    assertTrue(shared.cost() < 600_000, shared::plan);
    assertTrue(shared.plan().contains("Gram of modes"), shared::plan);
    int[] entities = IntStream.range(0, 2000).flatMap(i -> IntStream.of(i, i)).toArray();
    StructuredInputs alone =
        StructuredInputs.of(
            List.of(Problems.factorTable(random, 2000, 300)),
            new int[] {0, 0},
            EntityTuples.of(2, entities));
    KroneckerOperator whole = KroneckerOperator.of(alone, all, all, 100, 1e9, PARALLEL);
    assertTrue(whole.plan().contains("{0,1}"), whole::plan);
  }

  @Test
  void badInputIsRefused() {
    StructuredInputs inputs = byHand();
    assertRefused(
        () -> KroneckerOperator.of(inputs, new int[] {0, 4}, new int[] {0}, 1, 1e9, PARALLEL),
        "row 1 is input 4",
        "there are 4");
    assertRefused(
        () -> KroneckerOperator.of(inputs, new int[] {0}, new int[] {-1}, 1, 1e9, PARALLEL),
        "column 0 is input -1");
    KroneckerOperator operator =
        KroneckerOperator.of(inputs, new int[] {0, 1}, new int[] {0}, 1, 1e9, PARALLEL);
    assertRefused(
        () -> operator.times(new double[2], new double[2]), "2 × 1 cannot take 2 numbers to 2");
  }
}
