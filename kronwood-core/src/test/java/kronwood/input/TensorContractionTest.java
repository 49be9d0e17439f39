package kronwood.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TensorContractionTest {
  private static final int[][] LAYOUTS = {{0}, {0, 1}, {0, 0}, {0, 1, 2}, {0, 1, 0}, {0, 0, 0}};

  /** Entities (1, 2) and (3, 4); entities (5, 6, 7) and (1, 0, −1). */
  private final StructuredInputs inputs =
      StructuredInputs.of(
          List.of(
              FactorTable.of(2, 2, new double[] {1, 2, 3, 4}),
              FactorTable.of(2, 3, new double[] {5, 6, 7, 1, 0, -1})),
          new int[] {0, 1},
          EntityTuples.of(2, new int[] {1, 0, 0, 1, 0, 0}));

  @Test
  void innerProductsByHand() {
    TensorContraction contraction = new TensorContraction(inputs, new int[] {1, 0});
    assertEquals(6, contraction.tensorSize());
    double[] z = new double[2];
    contraction.evaluate(new double[] {1, 0, 0, 0, 0, 10}, z);
    // (1, 2) ⊗ (1, 0, −1) = (1, 0, −1, 2, 0, −2); (3, 4) ⊗ (5, 6, 7) = (15, …, 28).
    assertArrayEquals(new double[] {1 - 20, 15 + 280}, z);
  }

  @Test
  void sumsOfInputsByHand() {
    TensorContraction contraction = new TensorContraction(inputs, new int[] {1, 0});
    double[] tensor = {100, 0, 0, 0, 0, 0};
    contraction.accumulate(new double[] {2, -1}, tensor);
    assertArrayEquals(new double[] {87, -18, -23, -16, -24, -32}, tensor);
  }

  @TestFactory
  Stream<DynamicTest> bothAgreeWithPlainLoopsOverTheInputs() {
    return Seeds.runs(
        25,
        random -> {
          for (int[] tableOfMode : LAYOUTS) {
            int[] entities = {1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(6)};
            // Rank 1 is a case of its own.
            int[] ranks = {1 + random.nextInt(4), 1 + random.nextInt(9), 1 + random.nextInt(4)};
            StructuredInputs drawn = Problems.inputs(random, 30, entities, ranks, tableOfMode);
            int[] selected = random.ints(random.nextInt(50), 0, 30).toArray();
            assertAgreesWithLoops(drawn, selected, random);
          }
        });
  }

  /**
   * The second mode is contracted first, as its entities are fewer: 43 are 32, 8 and three single
   * ones.
   */
  @TestFactory
  Stream<DynamicTest> manyEntitiesThatAreContractedTogether() {
    return Seeds.runs(
        2,
        random -> {
          int[] entities = {60, 43};
          StructuredInputs drawn =
              Problems.inputs(random, 900, entities, new int[] {11, 7}, new int[] {0, 1});
          assertAgreesWithLoops(drawn, random.ints(700, 0, 900).toArray(), random);
        });
  }

  private static void assertAgreesWithLoops(
      StructuredInputs inputs, int[] selected, Random random) {
    TensorContraction contraction = new TensorContraction(inputs, selected);
    double[] tensor = Problems.gaussian(random, contraction.tensorSize());
    double[] before = tensor.clone();
    double[] z = Problems.gaussian(random, selected.length);
    contraction.evaluate(tensor, z);
    assertArrayEquals(before, tensor, "evaluating changes nothing");
    double[] coefficient = Problems.gaussian(random, selected.length);
    for (int p = 0; p < selected.length; p++) {
      if (random.nextInt(3) == 0) {
        coefficient[p] = 0;
      }
    }
    double[] expected = before.clone();
    for (int p = 0; p < selected.length; p++) {
      double[] x = StructuredInputsTest.materialise(inputs, selected[p]);
      assertEquals(StructuredInputsTest.dot(before, x), z[p], 1e-11, "position " + p);
      for (int i = 0; i < x.length; i++) {
        expected[i] += coefficient[p] * x[i];
      }
    }
    double[] coefficientBefore = coefficient.clone();
    contraction.accumulate(coefficient, tensor);
    assertArrayEquals(expected, tensor, 1e-11);
    assertArrayEquals(coefficientBefore, coefficient, "accumulating changes no coefficient");
    // A second call starts from nothing left behind by the first.
    contraction.accumulate(coefficient, tensor);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(2 * expected[i] - before[i], tensor[i], 1e-10);
    }
  }

  @Test
  void theOrderOfTheSelectionIsTheOrderOfTheResults() {
    double[] forward = new double[3];
    double[] backward = new double[3];
    double[] tensor = Problems.gaussian(new Random(1), 6);
    new TensorContraction(inputs, new int[] {0, 1, 2}).evaluate(tensor, forward);
    new TensorContraction(inputs, new int[] {2, 1, 0}).evaluate(tensor, backward);
    for (int i = 0; i < 3; i++) {
      assertEquals(forward[i], backward[2 - i]);
    }
  }

  @Test
  void anEmptySelectionDoesNothing() {
    TensorContraction contraction = new TensorContraction(inputs, new int[0]);
    double[] tensor = {1, 2, 3, 4, 5, 6};
    contraction.evaluate(tensor, new double[0]);
    contraction.accumulate(new double[0], tensor);
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, tensor);
  }

  @Test
  void coefficientsOfZeroLeaveEvenNegativeZerosAlone() {
    double[] tensor = {-0.0, 0, 0, 0, 0, 0};
    new TensorContraction(inputs, new int[] {0, 1, 2}).accumulate(new double[3], tensor);
    assertEquals(-0.0, tensor[0]);
  }

  @Test
  void oneContractionMayBeUsedFromSeveralThreadsAtOnce() {
    Random random = new Random(2);
    StructuredInputs many = Problems.inputs(random, 200, new int[] {9, 8}, new int[] {5, 7}, 0, 1);
    TensorContraction contraction = new TensorContraction(many, Problems.range(0, 200));
    double[][] tensors = new double[32][];
    double[][] expected = new double[32][200];
    for (int t = 0; t < tensors.length; t++) {
      tensors[t] = Problems.gaussian(random, contraction.tensorSize());
      contraction.evaluate(tensors[t], expected[t]);
    }
    double[][] found =
        List.of(tensors).parallelStream()
            .map(
                tensor -> {
                  double[] z = new double[200];
                  contraction.evaluate(tensor, z);
                  return z;
                })
            .toArray(double[][]::new);
    for (int t = 0; t < tensors.length; t++) {
      assertArrayEquals(expected[t], found[t]);
    }
  }
}
