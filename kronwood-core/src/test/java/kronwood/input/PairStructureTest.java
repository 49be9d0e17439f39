package kronwood.input;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.testing.PairInputs;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PairStructureTest {
  /** Entities (1, 2) and (3, 4). */
  private static final FactorTable TABLE = FactorTable.of(2, 2, new double[] {1, 2, 3, 4});

  /** Entities (1, 0) and (2, −1). */
  private static final FactorTable CELLS = FactorTable.of(2, 2, new double[] {1, 0, 2, -1});

  private static final List<PairStructure> EXCHANGING =
      List.of(
          PairStructure.SYMMETRIC,
          PairStructure.ANTISYMMETRIC,
          PairStructure.RANKING,
          PairStructure.COMPARISON);

  private static InputForm unscaled(PairStructure structure) {
    return new InputForm(structure, 1, List.of());
  }

  private static double[] x(StructuredInputs inputs, int input) {
    return StructuredInputsTest.materialise(inputs, input);
  }

  /** The inputs of (0, 1), (1, 0) and (1, 1). */
  private static StructuredInputs pairs(InputForm form) {
    return StructuredInputs.of(
        List.of(TABLE), new int[] {0, 0}, EntityTuples.of(2, new int[] {0, 1, 1, 0, 1, 1}), form);
  }

  @Test
  void symmetricByHand() {
    StructuredInputs inputs = pairs(unscaled(PairStructure.SYMMETRIC));
    assertEquals(3, inputs.size());
    assertEquals(4, inputs.dimension());
    // (1, 2) ⊗ (3, 4) + (3, 4) ⊗ (1, 2) = (3, 4, 6, 8) + (3, 6, 4, 8)
    assertArrayEquals(new double[] {6, 10, 10, 16}, x(inputs, 0));
    assertArrayEquals(new double[] {6, 10, 10, 16}, x(inputs, 1));
    assertArrayEquals(new double[] {18, 24, 24, 32}, x(inputs, 2));
    assertEquals(36 + 100 + 100 + 256, inputs.inner(0, 1));
    assertEquals(6 * 18 + 2 * 240 + 16 * 32, inputs.inner(0, 2));
  }

  @Test
  void antisymmetricByHand() {
    StructuredInputs inputs = pairs(unscaled(PairStructure.ANTISYMMETRIC));
    // (3, 4, 6, 8) − (3, 6, 4, 8)
    assertArrayEquals(new double[] {0, -2, 2, 0}, x(inputs, 0));
    assertArrayEquals(new double[] {0, 2, -2, 0}, x(inputs, 1));
    assertArrayEquals(new double[] {0, 0, 0, 0}, x(inputs, 2));
    // 2 · (5 · 25 − 11 · 11)
    assertEquals(8, inputs.inner(0, 0));
    assertEquals(-8, inputs.inner(0, 1));
    assertEquals(0, inputs.inner(2, 2));
  }

  @Test
  void rankingByHand() {
    StructuredInputs inputs = pairs(unscaled(PairStructure.RANKING));
    assertEquals(1, inputs.modes());
    assertEquals(2, inputs.dimension());
    assertArrayEquals(new double[] {-2, -2}, x(inputs, 0));
    assertArrayEquals(new double[] {2, 2}, x(inputs, 1));
    assertArrayEquals(new double[] {0, 0}, x(inputs, 2));
    assertEquals(-8, inputs.inner(0, 1));
  }

  @Test
  void cartesianByHand() {
    // The second right entity has no training sample, so it has no identity.
    InputForm form =
        new InputForm(PairStructure.CARTESIAN, 0.5, List.of(new int[] {0, 1}, new int[] {0}));
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(TABLE, CELLS),
            new int[] {0, 1},
            EntityTuples.of(2, new int[] {0, 0, 0, 1, 1, 0, 1, 1}),
            form);
    // Left: two coordinates and two identities; right: two and one.
    assertEquals(4 * 3, inputs.dimension());
    // ½ ((1, 2; 0, 0) ⊗ (0, 0; 1) + (0, 0; 1, 0) ⊗ (1, 0; 0))
    assertArrayEquals(new double[] {0, 0, 0.5, 0, 0, 1, 0.5, 0, 0, 0, 0, 0}, x(inputs, 0));
    // Another right entity: nothing is shared but the identity of the left one.
    assertEquals(0.25 * 2, inputs.inner(0, 1));
    // The same right entity: ⟨(1, 2), (3, 4)⟩.
    assertEquals(0.25 * 11, inputs.inner(0, 2));
    assertEquals(0, inputs.inner(0, 3));
    assertEquals(0.25 * (5 + 1), inputs.inner(0, 0));
    // Its own identity is unknown: only the left identity counts.
    assertEquals(0.25 * 5, inputs.inner(1, 1));
  }

  @Test
  void otherModesRideAlongByHand() {
    EntityTuples tuples = EntityTuples.of(3, new int[] {0, 1, 1, 1, 1, 0});
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(TABLE, CELLS),
            new int[] {0, 1, 0},
            tuples,
            unscaled(PairStructure.ANTISYMMETRIC));
    // Axes stay where their modes are: u_a ⊗ c ⊗ u_b − u_b ⊗ c ⊗ u_a with c = (2, −1).
    assertArrayEquals(new double[] {0, -4, 0, 2, 4, 0, -2, 0}, x(inputs, 0));
    assertArrayEquals(new double[] {0, 4, 0, -2, -4, 0, 2, 0}, x(inputs, 1));
    StructuredInputs ranked =
        StructuredInputs.of(
            List.of(TABLE, CELLS), new int[] {0, 1, 0}, tuples, unscaled(PairStructure.RANKING));
    assertArrayEquals(new double[] {-4, 2, -4, 2}, x(ranked, 0));
  }

  @Test
  void inputsAreScaledToNormOneOnAverageOverTheTrainingSamples() {
    for (PairStructure structure : EXCHANGING) {
      EntityTuples training = EntityTuples.of(2, new int[] {0, 1, 1, 0, 1, 1});
      InputForm form =
          InputForm.fit(
              structure,
              List.of(TABLE),
              new int[] {0, 0},
              training,
              List.of(),
              GramOptions.DEFAULT);
      StructuredInputs inputs = pairs(form);
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        sum += inputs.inner(i, i);
      }
      assertEquals(3, sum, 1e-12, structure.key());
    }
  }

  @TestFactory
  Stream<DynamicTest> innerProductsAreThoseOfTheMaterialisedInputs() {
    return Seeds.runs(
        5,
        random -> {
          for (PairStructure structure : PairStructure.values()) {
            for (int[] tableOfMode : new int[][] {{0, 0}, {0, 1, 0}, {1, 0, 0}}) {
              check(PairInputs.draw(random, 15, structure, tableOfMode));
            }
          }
        });
  }

  private static void check(StructuredInputs inputs) {
    int n = inputs.size();
    List<double[]> x = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      x.add(x(inputs, i));
    }
    int[] listed = Problems.range(2, n);
    double[] some = new double[n];
    for (int i = 0; i < n; i++) {
      double[] all = inputs.innerProducts(i);
      inputs.innerProducts(i, listed, listed.length, some);
      for (int j = 0; j < n; j++) {
        double expected = StructuredInputsTest.dot(x.get(i), x.get(j));
        assertEquals(expected, inputs.inner(i, j), 1e-10);
        assertEquals(expected, all[j], 1e-10);
        assertEquals(expected, j < 2 ? expected : some[j - 2], 1e-10);
      }
      double norm = Math.sqrt(StructuredInputsTest.dot(x.get(i), x.get(i)));
      assertTrue(inputs.norm(i) >= norm * (1 - 1e-12));
      assertTrue(inputs.norm(i) <= Math.sqrt(norm * norm + 1e-4));
    }
  }

  @TestFactory
  Stream<DynamicTest> contractionsAreThoseWithMaterialisedInputs() {
    return Seeds.runs(
        5,
        random -> {
          for (PairStructure structure : PairStructure.values()) {
            for (int[] tableOfMode : new int[][] {{0, 0}, {0, 1, 0}}) {
              checkContractions(random, PairInputs.draw(random, 15, structure, tableOfMode));
            }
          }
        });
  }

  private static void checkContractions(Random random, StructuredInputs inputs) {
    int n = inputs.size();
    TensorContraction contraction = new TensorContraction(inputs, Problems.range(0, n));
    double[] tensor = Problems.gaussian(random, contraction.tensorSize());
    double[] coefficients = Problems.gaussian(random, n);
    double[] products = new double[n];
    contraction.evaluate(tensor, products);
    double[] sum = tensor.clone();
    contraction.accumulate(coefficients, sum);
    double[] expected = tensor.clone();
    for (int i = 0; i < n; i++) {
      double[] x = x(inputs, i);
      assertEquals(StructuredInputsTest.dot(tensor, x), products[i], 1e-10);
      for (int p = 0; p < x.length; p++) {
        expected[p] += coefficients[i] * x[p];
      }
    }
    assertArrayEquals(expected, sum, 1e-10);
    if (inputs.modes() == 2) {
      checkPanels(new PanelContraction(inputs), tensor, coefficients, products, expected);
    }
  }

  private static void checkPanels(
      PanelContraction panels,
      double[] tensor,
      double[] coefficients,
      double[] products,
      double[] expected) {
    double[] panel = new double[panels.panelSize()];
    int lane = 5;
    for (int p = 0; p < tensor.length; p++) {
      panel[p * 16 + lane] = tensor[p];
    }
    double[] out = new double[16 * products.length];
    Arrays.fill(out, Double.NaN);
    panels.evaluate(panel, out);
    for (int i = 0; i < products.length; i++) {
      assertEquals(products[i], out[i * 16 + lane], 1e-10);
      assertEquals(0, out[i * 16]);
    }
    panels.accumulate(
        (input, target, offset) -> {
          Arrays.fill(target, offset, offset + 16, 0);
          target[offset + lane] = coefficients[input];
        },
        panel);
    for (int p = 0; p < tensor.length; p++) {
      assertEquals(expected[p], panel[p * 16 + lane], 1e-10);
    }
  }

  @TestFactory
  Stream<DynamicTest> whatIsLeftWithGivenEntitiesEvaluatesAllOthers() {
    return Seeds.runs(
        3,
        random -> {
          for (PairStructure structure : PairStructure.values()) {
            for (int[] tableOfMode : new int[][] {{0, 0}, {0, 1, 0}}) {
              for (int free = 0; free < tableOfMode.length; free++) {
                checkPartial(random, structure, tableOfMode, free);
              }
            }
          }
        });
  }

  private static void checkPartial(
      Random random, PairStructure structure, int[] tableOfMode, int free) {
    List<FactorTable> tables =
        List.of(Problems.factorTable(random, 6, 3), Problems.factorTable(random, 4, 2));
    List<int[]> known =
        structure == PairStructure.CARTESIAN
            ? List.of(new int[] {0, 2, 5}, new int[] {1, 3})
            : List.of();
    double scale = structure == PairStructure.PLAIN ? 1 : 0.7;
    InputForm form =
        structure == PairStructure.COMPARISON
            ? InputForm.of(comparison(random, tables.get(tableOfMode[0]).rank()))
            : new InputForm(structure, scale, known);
    int[] given = random.ints(tableOfMode.length, 0, 4).toArray();
    PartialContraction partial = new PartialContraction(tables, tableOfMode, form, given, free);
    int candidates = tables.get(tableOfMode[free]).entities();
    int[] tuples = new int[candidates * given.length];
    for (int e = 0; e < candidates; e++) {
      for (int k = 0; k < given.length; k++) {
        tuples[e * given.length + k] = k == free ? e : given[k];
      }
    }
    StructuredInputs inputs =
        StructuredInputs.of(tables, tableOfMode, EntityTuples.of(given.length, tuples), form);
    double[] tensor = Problems.gaussian(random, (int) inputs.dimension());
    double[] contracted = partial.contract(tensor);
    assertEquals(partial.rank(), contracted.length);
    double[] panel = new double[16 * contracted.length];
    for (int c = 0; c < contracted.length; c++) {
      panel[c * 16 + 3] = contracted[c];
    }
    int[] all = Problems.range(0, candidates);
    int[] places = Arrays.stream(all).map(i -> 16 * i).toArray();
    double[] out = new double[16 * candidates];
    partial.evaluate(panel, partial.candidates(all, 0, candidates), places, out);
    for (int e = 0; e < candidates; e++) {
      double expected = StructuredInputsTest.dot(tensor, x(inputs, e));
      assertEquals(expected, out[16 * e + 3], 1e-10, structure + ", free mode " + free);
    }
  }

  private static PairComparison comparison(Random random, int rank) {
    double[] scale = random.doubles(2 * rank + 1, 0.5, 2).toArray();
    return new PairComparison(Problems.gaussian(random, scale.length), scale, 0.5);
  }

  @Test
  void modesThatDoNotFitAreNamed() {
    List<String> modes = List.of("drug", "target");
    for (PairStructure structure : EXCHANGING) {
      assertRefused(
          () -> structure.check(modes, List.of("drug", "target")),
          "structure " + structure.key(),
          "exactly two modes must share a table",
          "'drug' of table 'drug', 'target' of table 'target'");
      structure.check(modes, List.of("protein", "protein"));
      assertRefused(
          () -> structure.check(List.of("a", "b", "c"), List.of("t", "t", "t")),
          "'c' of table 't'");
      assertRefused(
          () -> structure.check(List.of("a", "b", "c", "d"), List.of("t", "t", "s", "s")),
          "'d' of table 's'");
    }
    assertRefused(
        () -> PairStructure.CARTESIAN.check(List.of("a"), List.of("t")), "two modes or more");
    PairStructure.CARTESIAN.check(modes, modes);
    PairStructure.PLAIN.check(List.of("a"), List.of("t"));
  }

  @Test
  void inputsThatAreAllZeroAreRefused() {
    EntityTuples same = EntityTuples.of(2, new int[] {0, 0, 1, 1});
    assertRefused(
        () ->
            InputForm.fit(
                PairStructure.ANTISYMMETRIC,
                List.of(TABLE),
                new int[] {0, 0},
                same,
                List.of(),
                GramOptions.DEFAULT),
        "antisymmetric makes all training inputs zero");
  }

  @Test
  void anUnknownStructureIsToldTheKnownOnes() {
    assertEquals(PairStructure.RANKING, PairStructure.of("ranking"));
    assertRefused(
        () -> PairStructure.of("mirrored"),
        "'mirrored'",
        "plain, symmetric, antisymmetric, cartesian, ranking, comparison");
  }

  @Test
  void sumsHaveNoEntitiesOfTheirOwn() {
    StructuredInputs inputs = pairs(unscaled(PairStructure.SYMMETRIC));
    assertThrows(IllegalStateException.class, () -> inputs.entity(0, 0));
  }
}
