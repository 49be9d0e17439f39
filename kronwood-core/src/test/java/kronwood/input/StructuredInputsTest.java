package kronwood.input;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StructuredInputsTest {
  /** Entities (1, 2) and (3, 4). */
  private static final FactorTable LEFT = FactorTable.of(2, 2, new double[] {1, 2, 3, 4});

  /** Entities (5, 6, 7) and (1, 0, −1). */
  private static final FactorTable RIGHT = FactorTable.of(2, 3, new double[] {5, 6, 7, 1, 0, -1});

  static double[] materialise(StructuredInputs inputs, int input) {
    double[] x = new double[Math.toIntExact(inputs.dimension())];
    inputs.materialise(input, x);
    return x;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void theKroneckerProductByHand() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(LEFT, RIGHT), new int[] {0, 1}, EntityTuples.of(2, new int[] {1, 0, 0, 1}));
    assertEquals(6, inputs.dimension());
    // (3, 4) ⊗ (5, 6, 7): the last mode varies fastest.
    assertArrayEquals(new double[] {15, 18, 21, 20, 24, 28}, materialise(inputs, 0));
    assertArrayEquals(new double[] {1, 0, -1, 2, 0, -2}, materialise(inputs, 1));
    // ⟨(3, 4), (1, 2)⟩ · ⟨(5, 6, 7), (1, 0, −1)⟩ = 11 · −2
    assertEquals(-22, inputs.inner(0, 1));
    assertEquals(25 * 110, inputs.inner(0, 0));
  }

  @Test
  void anEntityTimesItselfByHand() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(LEFT), new int[] {0, 0}, EntityTuples.of(2, new int[] {0, 0, 0, 1}));
    assertArrayEquals(new double[] {1, 2, 2, 4}, materialise(inputs, 0));
    assertArrayEquals(new double[] {3, 4, 6, 8}, materialise(inputs, 1));
    // 5 · 11
    assertEquals(55, inputs.inner(0, 1));
  }

  @Test
  void threeModesByHand() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(LEFT, RIGHT), new int[] {0, 1, 0}, EntityTuples.of(3, new int[] {0, 1, 1}));
    assertArrayEquals(
        new double[] {3, 4, 0, 0, -3, -4, 6, 8, 0, 0, -6, -8}, materialise(inputs, 0));
    assertEquals(5 * 2 * 25, inputs.inner(0, 0));
  }

  @TestFactory
  Stream<DynamicTest> innerProductsAreThoseOfTheMaterialisedInputs() {
    return Seeds.runs(
        20,
        random -> {
          int[][] layouts = {{0}, {0, 1}, {0, 0}, {0, 1, 2}, {0, 1, 0}, {0, 0, 0}, {1, 1, 0}};
          for (int[] tableOfMode : layouts) {
            int[] entities = {1 + random.nextInt(5), 1 + random.nextInt(5), 1 + random.nextInt(5)};
            int[] ranks = {1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(4)};
            StructuredInputs inputs = Problems.inputs(random, 12, entities, ranks, tableOfMode);
            for (int i = 0; i < 12; i++) {
              double[] x = materialise(inputs, i);
              for (int j = 0; j < 12; j++) {
                double expected = dot(x, materialise(inputs, j));
                assertEquals(expected, inputs.inner(i, j), 1e-12 * Math.max(1, dot(x, x)));
                double fromRows = 1;
                for (int k = 0; k < inputs.modes(); k++) {
                  fromRows *= inputs.gramRow(i, k)[inputs.entity(j, k)];
                }
                assertEquals(expected, fromRows, 1e-12 * Math.max(1, dot(x, x)));
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> innerProductsWithManyInputsAreThoseWithEach() {
    return Seeds.runs(
        5,
        random -> {
          StructuredInputs inputs =
              Problems.inputs(random, 20, new int[] {4, 5}, new int[] {3, 2}, 0, 1, 0);
          int[] listed = random.ints(15, 0, 20).toArray();
          for (int i = 0; i < 20; i++) {
            double[] withAll = inputs.innerProducts(i);
            double[] withSome = new double[15];
            Arrays.fill(withSome, 99);
            inputs.innerProducts(i, listed, 12, withSome);
            for (int j = 0; j < 20; j++) {
              assertEquals(inputs.inner(i, j), withAll[j], 1e-12 * Math.max(1, withAll[i]));
            }
            for (int p = 0; p < 12; p++) {
              assertEquals(withAll[listed[p]], withSome[p]);
            }
            assertEquals(99, withSome[12], "no more than asked for");
          }
        });
  }

  @Test
  void aGramRowHasOneEntryPerEntityOfTheMode() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(LEFT, RIGHT), new int[] {1, 0}, EntityTuples.of(2, new int[] {1, 0}));
    assertArrayEquals(new double[] {-2, 2}, inputs.gramRow(0, 0));
    assertArrayEquals(new double[] {5, 11}, inputs.gramRow(0, 1));
    assertEquals(64, inputs.gramBytes());
    assertSame(RIGHT, inputs.factor(0));
  }

  @Test
  void aGramMatrixTooLargeToStoreIsMadeRowByRow() {
    int entities = 6000;
    double[] coordinates = new double[entities];
    for (int e = 0; e < entities; e++) {
      coordinates[e] = e % 10;
    }
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(FactorTable.of(entities, 1, coordinates)),
            new int[] {0},
            EntityTuples.of(1, new int[] {3, 5999}));
    assertEquals(0, inputs.gramBytes());
    double[] row = inputs.gramRow(1, 0);
    assertEquals(entities, row.length);
    assertEquals(0, row[20]);
    assertEquals(27, row[3]);
    double[] products = new double[1];
    inputs.innerProducts(1, new int[] {0}, 1, products);
    assertEquals(27, products[0]);
    assertEquals(27, inputs.innerProducts(0)[1]);
  }

  @Test
  void theDimensionIsTheProductOfRanksEvenWhereNoArrayIsThatLong() {
    FactorTable wide = FactorTable.of(1, 100_000, new double[100_000]);
    StructuredInputs pair =
        StructuredInputs.of(List.of(wide), new int[] {0, 0}, EntityTuples.of(2, new int[2]));
    assertEquals(10_000_000_000L, pair.dimension());
    StructuredInputs quadruple =
        StructuredInputs.of(List.of(wide), new int[] {0, 0, 0, 0}, EntityTuples.of(4, new int[4]));
    assertThrows(ArithmeticException.class, quadruple::dimension);
    assertThrows(ArithmeticException.class, () -> new TensorContraction(pair, new int[] {0}));
  }

  @Test
  void tuplesThatDoNotFitTheTablesAreRefused() {
    assertRefused(
        () ->
            StructuredInputs.of(List.of(LEFT), new int[] {0}, EntityTuples.of(2, new int[] {0, 0})),
        "1 modes",
        "tuples of 2");
    assertRefused(
        () ->
            StructuredInputs.of(
                List.of(LEFT, RIGHT), new int[] {0, 1}, EntityTuples.of(2, new int[] {0, 0, 1, 2})),
        "input 1",
        "entity 2 of mode 1",
        "has 2");
  }
}
