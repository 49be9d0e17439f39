package kronwood.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Inputs that are symmetric matrices, in half as many coordinates. */
class SymmetricHalfTest {
  private static final int ENTITIES = 9;

  private static StructuredInputs inputs(Random random, int rank, PairStructure structure) {
    FactorTable table = FactorTable.of(ENTITIES, rank, Problems.gaussian(random, ENTITIES * rank));
    int[] entities = new int[2 * ENTITIES];
    for (int i = 0; i < ENTITIES; i++) {
      entities[2 * i] = i;
      entities[2 * i + 1] = structure == PairStructure.PLAIN ? i : random.nextInt(ENTITIES);
    }
    return StructuredInputs.of(
        List.of(table),
        new int[] {0, 0},
        EntityTuples.of(2, entities),
        structure == PairStructure.PLAIN
            ? InputForm.PLAIN
            : new InputForm(structure, 0.3, List.of()));
  }

  private static double[] whole(StructuredInputs inputs, int input) {
    double[] whole = new double[(int) inputs.estimatedWholeRank()];
    inputs.wholeCoordinates(input, whole);
    return whole;
  }

  @TestFactory
  Stream<DynamicTest> innerProductsAreThoseOfTheMatrices() {
    return Seeds.runs(
        6,
        random -> {
          for (PairStructure structure : List.of(PairStructure.PLAIN, PairStructure.SYMMETRIC)) {
            int rank = 1 + random.nextInt(5);
            StructuredInputs inputs = inputs(random, rank, structure);
            assertTrue(inputs.isSymmetric());
            assertEquals(rank * (rank + 1) / 2.0, inputs.estimatedWholeRank());
            double[] a = new double[rank * rank];
            double[] b = new double[rank * rank];
            for (int i = 0; i < ENTITIES; i++) {
              for (int j = 0; j < ENTITIES; j++) {
                inputs.materialise(i, a);
                inputs.materialise(j, b);
                double expected = dot(a, b);
                assertEquals(
                    expected,
                    dot(whole(inputs, i), whole(inputs, j)),
                    1e-12 * (1 + Math.abs(expected)));
              }
            }
          }
        });
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void byHand() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(FactorTable.of(1, 3, new double[] {2, -1, 3})),
            new int[] {0, 0},
            EntityTuples.of(2, new int[] {0, 0}));
    double root = Math.sqrt(2);
    assertArrayEquals(
        new double[] {4, -2 * root, 1, 6 * root, -3 * root, 9}, whole(inputs, 0), 1e-14);
  }

  @Test
  void othersHaveAllTheirCoordinates() {
    Random random = new Random(4);
    FactorTable table = FactorTable.of(3, 2, Problems.gaussian(random, 6));
    FactorTable equal = FactorTable.of(3, 2, Problems.gaussian(random, 6));
    int[] same = {0, 0, 1, 1};
    StructuredInputs ofTwoTables =
        StructuredInputs.of(List.of(table, equal), new int[] {0, 1}, EntityTuples.of(2, same));
    StructuredInputs ofTwoEntities =
        StructuredInputs.of(
            List.of(table), new int[] {0, 0}, EntityTuples.of(2, new int[] {0, 0, 1, 2}));
    StructuredInputs ofThreeModes =
        StructuredInputs.of(
            List.of(table), new int[] {0, 0, 0}, EntityTuples.of(3, new int[] {0, 0, 0, 1, 1, 1}));
    StructuredInputs antisymmetric = inputs(random, 2, PairStructure.ANTISYMMETRIC);
    for (StructuredInputs inputs :
        List.of(ofTwoTables, ofTwoEntities, ofThreeModes, antisymmetric)) {
      assertFalse(inputs.isSymmetric());
      double[] expected = new double[(int) inputs.dimension()];
      inputs.materialise(1, expected);
      assertArrayEquals(expected, whole(inputs, 1));
    }
  }
}
