package kronwood.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.testing.PairInputs;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RepresentationTest {
  /** Entities (1, 2), (0, 3), (−1, 1) and their pairs with a table of one number each, 2 and −1. */
  private static final StructuredInputs INPUTS =
      StructuredInputs.of(
          List.of(
              FactorTable.of(3, 2, new double[] {1, 2, 0, 3, -1, 1}),
              FactorTable.of(2, 1, new double[] {2, -1})),
          new int[] {0, 1},
          EntityTuples.of(2, new int[] {0, 0, 1, 0, 2, 1, 0, 1}));

  private static final StateAxis FIRST = new StateAxis(INPUTS, 0);
  private static final StateAxis WHOLE = new StateAxis(INPUTS, StateAxis.WHOLE);

  @Test
  void sizesAndCostsAreThoseOfTheTable() {
    assertCosts(2, 2, 2, Representation.WEIGHT, FIRST);
    assertCosts(3, 1, 3, Representation.VALUE, FIRST);
    assertCosts(3, 3, 1, Representation.COEFFICIENT, FIRST);
    assertCosts(2, 2, 2, Representation.WEIGHT, WHOLE);
    assertCosts(4, 1, 4, Representation.VALUE, WHOLE);
    assertCosts(4, 4, 1, Representation.COEFFICIENT, WHOLE);
  }

  private static void assertCosts(
      double size, double read, double update, Representation representation, StateAxis axis) {
    assertEquals(size, representation.size(axis), representation::name);
    assertEquals(read, representation.readCost(axis), representation::name);
    assertEquals(update, representation.updateCost(axis), representation::name);
  }

  @Test
  void vectorsAreThoseByHand() {
    // Input 2 has the third entity, (−1, 1): its products with all are 1, 3 and 2.
    double[] gramRow = {1, 3, 2};
    double[] unit = {0, 0, 1};
    assertArrayEquals(new double[] {-1, 1}, Representation.WEIGHT.read(FIRST, 2));
    assertArrayEquals(new double[] {-1, 1}, Representation.WEIGHT.written(FIRST, 2));
    assertArrayEquals(unit, Representation.VALUE.read(FIRST, 2));
    assertArrayEquals(gramRow, Representation.VALUE.written(FIRST, 2));
    assertArrayEquals(gramRow, Representation.COEFFICIENT.read(FIRST, 2));
    assertArrayEquals(unit, Representation.COEFFICIENT.written(FIRST, 2));
    // As a whole: 1 · −2, 3 · −2, 2 · 1 and 1 · 1.
    assertArrayEquals(new double[] {-2, -6, 2, 1}, Representation.VALUE.written(WHOLE, 2));
    assertArrayEquals(new double[] {0, 0, 1, 0}, Representation.VALUE.read(WHOLE, 2));
    assertArrayEquals(new double[] {1, -1}, Representation.WEIGHT.read(WHOLE, 2));
  }

  @Test
  void wholeInputsNeedFewerCoordinatesOnlyIfTheyAreSymmetric() {
    FactorTable table = FactorTable.of(2, 3, new double[] {1, 2, 3, -1, 0, 1});
    StructuredInputs squares =
        StructuredInputs.of(
            List.of(table), new int[] {0, 0}, EntityTuples.of(2, new int[] {0, 0, 1, 1}));
    StateAxis whole = new StateAxis(squares, StateAxis.WHOLE);
    assertEquals(6, Representation.WEIGHT.size(whole));
    for (Representation representation : Representation.values()) {
      assertEquals(true, representation.isOfUseForWhole(whole), representation::name);
      assertEquals(
          representation.isMadeOfGramRows(),
          representation.isOfUseForWhole(WHOLE),
          representation::name);
    }
  }

  /** What makes every representation exact. */
  @TestFactory
  Stream<DynamicTest> aReadVectorTimesAWriteVectorIsTheGramMatrix() {
    return Seeds.runs(
        3,
        random -> {
          for (StateAxis axis : axes(random)) {
            for (Representation representation : Representation.values()) {
              check(representation, axis);
            }
          }
        });
  }

  private static List<StateAxis> axes(Random random) {
    List<StructuredInputs> drawn = new ArrayList<>();
    drawn.add(Problems.inputs(random, 12, new int[] {5, 4}, new int[] {3, 6}, 0, 1));
    drawn.add(Problems.inputs(random, 12, new int[] {6}, new int[] {2}, 0, 0));
    for (PairStructure structure : PairInputs.ALL) {
      drawn.add(PairInputs.draw(random, 12, structure, 0, 1, 0));
    }
    List<StateAxis> axes = new ArrayList<>();
    for (StructuredInputs inputs : drawn) {
      axes.add(new StateAxis(inputs, StateAxis.WHOLE));
      StructuredInputs products = inputs.terms().products();
      for (int k = 0; k < products.modes(); k++) {
        axes.add(new StateAxis(products, k));
      }
    }
    return axes;
  }

  private static void check(Representation representation, StateAxis axis) {
    StructuredInputs inputs = axis.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      double[] read = representation.read(axis, i);
      assertEquals(representation.size(axis), read.length, representation::name);
      for (int j = 0; j < inputs.size(); j++) {
        double[] written = representation.written(axis, j);
        assertEquals(representation.size(axis), written.length, representation::name);
        double product = 0;
        for (int c = 0; c < read.length; c++) {
          product += read[c] * written[c];
        }
        double expected =
            axis.mode() == StateAxis.WHOLE
                ? inner(inputs, i, j)
                : inputs
                    .factor(axis.mode())
                    .inner(inputs.entity(i, axis.mode()), inputs.entity(j, axis.mode()));
        assertEquals(expected, product, 1e-10 * (1 + Math.abs(expected)), representation::name);
      }
    }
  }

  /** By the inputs themselves. */
  private static double inner(StructuredInputs inputs, int i, int j) {
    double[] x = new double[(int) inputs.dimension()];
    double[] y = new double[x.length];
    inputs.materialise(i, x);
    inputs.materialise(j, y);
    double inner = 0;
    for (int c = 0; c < x.length; c++) {
      inner += x[c] * y[c];
    }
    return inner;
  }
}
