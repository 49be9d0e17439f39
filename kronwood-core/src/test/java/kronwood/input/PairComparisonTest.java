package kronwood.input;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class PairComparisonTest {
  /** Entities (3, 4), (4, 3), (0, 2) and, of no direction, (0, 0). */
  private static final FactorTable TABLE =
      FactorTable.of(4, 2, new double[] {3, 4, 4, 3, 0, 2, 0, 0});

  private static final int[] SAME = {0, 0};
  private static final GramOptions NO_CONSTANT = new GramOptions(true, 0, 1e-10);

  private static StructuredInputs inputs(InputForm form, int... entities) {
    return StructuredInputs.of(List.of(TABLE), SAME, EntityTuples.of(2, entities), form);
  }

  private static double[] x(StructuredInputs inputs, int input) {
    return StructuredInputsTest.materialise(inputs, input);
  }

  /** What is compared, before it is standardised. */
  @Test
  void numbersOfAPairByHand() {
    double[] one = {1, 1, 1, 1, 1};
    InputForm form = InputForm.of(new PairComparison(new double[5], one, 0));
    StructuredInputs pairs = inputs(form, 0, 1, 2, 0, 1, 1, 0, 3);
    assertEquals(1, pairs.modes());
    assertEquals(5, pairs.dimension());
    assertArrayEquals(new double[] {12, 12, 1, 1, 0.96}, x(pairs, 0), 1e-15);
    assertArrayEquals(new double[] {0, 8, 3, 2, 0.8}, x(pairs, 1), 1e-15);
    assertArrayEquals(new double[] {16, 9, 0, 0, 1}, x(pairs, 2), 1e-15);
    // Nothing is like that which has no direction.
    assertArrayEquals(new double[] {0, 0, 3, 4, 0}, x(pairs, 3), 1e-15);
  }

  @Test
  void standardisedByHand() {
    // Products (12, 12) and (0, 8), differences (1, 1) and (3, 2), cosines 0.96 and 0.8: means (6,
    // 10, 2, 1.5, 0.88), and every number one standard deviation from its mean.
    EntityTuples training = EntityTuples.of(2, new int[] {0, 1, 2, 0});
    InputForm form =
        InputForm.fit(
            PairStructure.COMPARISON,
            List.of(TABLE),
            SAME,
            training,
            List.of(),
            new GramOptions(true, 0.25, 1e-10));
    PairComparison comparison = form.comparison();
    assertArrayEquals(new double[] {6, 10, 2, 1.5, 0.88}, comparison.mean(), 1e-14);
    // The cosine has three times the deviation of the four others, 13 squares of theirs in all;
    // together they have mean square 1 / 1.25, and the constant has 0.25 / 1.25.
    double unit = Math.sqrt(1 / (13 * 1.25));
    double constant = Math.sqrt(0.2);
    StructuredInputs pairs = inputs(form, 0, 1, 2, 0, 1, 0, 0, 3);
    assertArrayEquals(
        new double[] {unit, unit, -unit, -unit, 3 * unit, constant}, x(pairs, 0), 1e-12);
    assertArrayEquals(
        new double[] {-unit, -unit, unit, unit, -3 * unit, constant}, x(pairs, 1), 1e-12);
    assertArrayEquals(x(pairs, 0), x(pairs, 2));
    // (0, 0, 3, 4, 0) by the means and deviations of the others: 6, 2, 1, 0.5 and 0.08.
    assertArrayEquals(
        new double[] {-unit, -5 * unit, unit, 5 * unit, -33 * unit, constant}, x(pairs, 3), 1e-12);
    assertEquals(1, pairs.inner(0, 0), 1e-12);
  }

  @Test
  void whatIsTheSameOfAllTrainingPairsIsLeftOut() {
    EntityTuples training = EntityTuples.of(2, new int[] {0, 2, 1, 2});
    PairComparison comparison =
        InputForm.fit(
                PairStructure.COMPARISON, List.of(TABLE), SAME, training, List.of(), NO_CONSTANT)
            .comparison();
    // The first products are both 0.
    assertEquals(0, comparison.scale()[0]);
    assertTrue(comparison.scale()[1] > 0);
    StructuredInputs pairs = inputs(InputForm.of(comparison), 0, 2, 0, 1);
    assertEquals(0, x(pairs, 0)[0]);
    assertEquals(0, x(pairs, 1)[0]);
    assertEquals(2, pairs.inner(0, 0) + inputs(InputForm.of(comparison), 1, 2).inner(0, 0), 1e-12);
  }

  @Test
  void aPairAndItsReverseAreOneEntityOfTheAxis() {
    Random random = new Random(1);
    FactorTable entities = Problems.factorTable(random, 7, 5);
    EntityTuples there = Problems.tuples(random, 30, 7, 7);
    int[] back = new int[60];
    for (int i = 0; i < 30; i++) {
      back[2 * i] = there.entity(i, 1);
      back[2 * i + 1] = there.entity(i, 0);
    }
    List<FactorTable> tables = List.of(entities);
    InputForm form =
        InputForm.fit(
            PairStructure.COMPARISON, tables, SAME, there, List.of(), GramOptions.DEFAULT);
    StructuredInputs forth = StructuredInputs.of(tables, SAME, there, form);
    StructuredInputs reverse = StructuredInputs.of(tables, SAME, EntityTuples.of(2, back), form);
    assertTrue(forth.isPlain());
    assertTrue(forth.factor(0).entities() < 30);
    for (int i = 0; i < 30; i++) {
      assertEquals(forth.entity(i, 0), reverse.entity(i, 0));
      assertArrayEquals(x(forth, i), x(reverse, i), 0);
    }
    double[] one = new double[form.ranks(List.of(5), SAME)[0]];
    double[] other = one.clone();
    for (int i = 0; i < 30; i++) {
      form.comparison().write(entities, there.entity(i, 0), there.entity(i, 1), one, 0);
      form.comparison().write(entities, there.entity(i, 1), there.entity(i, 0), other, 0);
      assertArrayEquals(one, other, 0);
    }
  }

  @Test
  void furtherModesRideAlong() {
    FactorTable cells = FactorTable.of(2, 2, new double[] {1, 0, 2, -1});
    double[] one = {1, 1, 1, 1, 1};
    InputForm form = InputForm.of(new PairComparison(new double[5], one, 0));
    int[] tableOfMode = {0, 1, 0};
    StructuredInputs triples =
        StructuredInputs.of(
            List.of(TABLE, cells), tableOfMode, EntityTuples.of(3, new int[] {2, 1, 0}), form);
    // (0, 8, 3, 2, 0.8) ⊗ (2, −1)
    assertArrayEquals(new double[] {0, 0, 16, -8, 6, -3, 4, -2, 1.6, -0.8}, x(triples, 0), 1e-15);
    assertArrayEquals(new int[] {5, 2}, form.ranks(List.of(2, 2), tableOfMode));
    assertArrayEquals(new int[] {0, 1, 0}, triples.tableOfEntity());
  }

  @Test
  void onlyTheLeadingCoordinatesAreComparedByThemselvesButAllByTheCosine() {
    Random random = new Random(2);
    FactorTable wide = Problems.factorTable(random, 6, 130);
    EntityTuples training = Problems.tuples(random, 9, 6, 6);
    InputForm form =
        InputForm.fit(
            PairStructure.COMPARISON, List.of(wide), SAME, training, List.of(), NO_CONSTANT);
    PairComparison comparison = form.comparison();
    assertEquals(201, comparison.mean().length);
    assertEquals(201, form.ranks(List.of(130), SAME)[0]);
    double mean = 0;
    for (int i = 0; i < 9; i++) {
      int a = training.entity(i, 0);
      int b = training.entity(i, 1);
      mean += wide.inner(a, b) / Math.sqrt(wide.inner(a, a) * wide.inner(b, b)) / 9;
    }
    assertEquals(mean, comparison.mean()[200], 1e-14);
  }

  @Test
  void onlyTheComparedTableIsReducedAndHasNoConstant() {
    GramOptions given = new GramOptions(true, 2, 1e-9, Map.of("cell", 3));
    int[] tableOfMode = {0, 1, 0};
    Random random = new Random(3);
    EntityTable drugs = Problems.table("drug", Problems.similarities(random, 9, 4));
    EntityTable cells = Problems.table("cell", Problems.denseFeatures(random, 5, 7));
    PairStructure comparison = PairStructure.COMPARISON;
    assertEquals(
        new GramOptions(true, 0, 1e-9, Map.of("cell", 3, "drug", 400)),
        comparison.gram(given, tableOfMode, 0, drugs));
    assertEquals(given, comparison.gram(given, tableOfMode, 1, cells));
    assertEquals(given, PairStructure.SYMMETRIC.gram(given, tableOfMode, 0, drugs));
    GramOptions asked = new GramOptions(true, 2, 1e-9, Map.of("drug", 7));
    assertEquals(
        new GramOptions(true, 0, 1e-9, Map.of("drug", 7)),
        comparison.gram(asked, tableOfMode, 0, drugs));
    // Plain features, if there are few, are compared as they are.
    assertEquals(
        new GramOptions(true, 0, 1e-9, Map.of()),
        comparison.gram(new GramOptions(true, 1, 1e-9), tableOfMode, 0, cells));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    EntityTuples same = EntityTuples.of(2, new int[] {0, 1, 1, 0});
    assertRefused(
        () ->
            InputForm.fit(
                PairStructure.COMPARISON, List.of(TABLE), SAME, same, List.of(), NO_CONSTANT),
        "all training pairs compare alike");
    double[] three = {1, 1, 1};
    assertRefused(() -> new PairComparison(three, new double[5], 0), "3 means and 5 scales");
    assertRefused(() -> new PairComparison(new double[2], new double[2], 0), "2 means");
    assertRefused(() -> new PairComparison(three, new double[] {1, -1, 1}, 0), "scale -1");
    assertRefused(() -> new PairComparison(three, three, 1), "constant");
    InputForm form = InputForm.of(new PairComparison(three, three, 0));
    InputForm wide = InputForm.of(new PairComparison(new double[7], new double[7], 0));
    assertRefused(() -> wide.ranks(List.of(2), SAME), "7 numbers", "2 coordinates");
    assertRefused(
        () -> new InputForm(PairStructure.COMPARISON, 1, List.of()), "comparison without means");
    assertRefused(
        () -> new InputForm(PairStructure.SYMMETRIC, 1, List.of(), form.comparison()),
        "symmetric with means");
  }
}
