package kronwood.candidate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.Random;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Cells;
import kronwood.data.Dataset;
import kronwood.data.Encoding;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.gram.FactorFit;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.testing.Problems;
import kronwood.tune.TuningProblems;
import org.junit.jupiter.api.Test;

class TableFitsTest {
  private static final int ENTITIES = 6;
  private static final ModelOptions OPTIONS = TuningProblems.options(new SquaredLoss());

  private static final EntityTable TABLE =
      Problems.table(
          "left",
          new Blocks(
              List.of(
                  Block.OfIdentity.among(ENTITIES, 0.5),
                  new Block.OfFeatures(
                      "size",
                      1,
                      FeatureKernel.LINEAR,
                      Problems.denseFeatures(new Random(1), ENTITIES, 3)),
                  new Block.OfCells(
                      "kind",
                      2,
                      FeatureKernel.LINEAR,
                      new Encoding("categorical", Map.of()),
                      Cells.of(1, List.of("a", "b", "b", "c", "a", "c"))))));

  /** Sample i is entity i % 6. */
  private final Dataset data =
      Dataset.of(
          List.of(new Mode("left", TABLE)),
          Samples.of(
              EntityTuples.of(1, new int[] {0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5}),
              RealTargets.of(List.of("y"), new float[12])));

  private final InputConfiguration given = InputConfiguration.of(data, GramOptions.DEFAULT);

  private static Split train(int... samples) {
    return new Split(samples, new int[0], new int[0]);
  }

  @Test
  void trainingSamplesOfTheSameEntitiesShareTheirCoordinates() {
    TableFits fits = new TableFits(data);
    List<Integer> first = fits.trainingSets(train(0, 1, 2, 3, 4));
    List<Integer> again = fits.trainingSets(train(6, 7, 2, 3, 10, 4));
    List<Integer> other = fits.trainingSets(train(0, 1, 2, 3));
    assertEquals(first, again);

    FactorFit fit = fits.of(given, first, OPTIONS).getFirst();
    assertSame(fit, fits.of(given, again, OPTIONS).getFirst());
    assertNotSame(fit, fits.of(given, other, OPTIONS).getFirst());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, fit.trainingEntities());
  }

  @Test
  void theLastOnesTakeNewEntitiesAsTheyAreGiven() {
    TableFits fits = new TableFits(data);
    List<Integer> trained = fits.trainingSets(train(0, 1, 2, 3, 4));
    TableForm form = TableForm.of(TABLE).withIdentity(-1).orElseThrow();
    for (TableForm one : List.of(TableForm.of(TABLE), form)) {
      InputConfiguration inputs = new InputConfiguration(1, List.of(one));
      FactorFit trainedOn = fits.of(inputs, trained, OPTIONS).getFirst();
      FactorFit last = fits.last(inputs, trained, OPTIONS).getFirst();
      FactorFit plain =
          FactorFit.of(one.apply(TABLE), new int[] {0, 1, 2, 3, 4}, GramOptions.DEFAULT);

      assertSame(trainedOn.table(), last.table());
      assertEquals(plain.table().inner(0, 3), last.table().inner(0, 3), 1e-12);
      double[] expected = new double[plain.map().rank()];
      double[] found = new double[expected.length];
      EntityTable cells = one.apply(TABLE);
      for (int e = 0; e < ENTITIES; e++) {
        plain.map().embed(among(cells, plain), e, expected, 0);
        last.map().embed(among(cells, last), e, found, 0);
        assertArrayEquals(expected, found, 1e-12);
      }
    }
  }

  /** The blocks of a table as new entities bring them: told apart from training entities only. */
  private static Blocks among(EntityTable table, FactorFit fit) {
    return new Blocks(
        ((Blocks) table.attributes())
            .blocks().stream()
                .map(
                    block ->
                        block instanceof Block.OfIdentity given
                            ? new Block.OfIdentity(
                                given.weight(),
                                fit.trainingEntities().length,
                                new int[] {0, 1, 2, 3, 4, -1})
                            : block)
                .toList());
  }
}
