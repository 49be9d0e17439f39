package kronwood.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class TableFormTest {
  private static final DenseFeatures FEATURES = DenseFeatures.of(2, 1, new float[] {1, 2});
  private static final EntityTable PLAIN = Problems.table("left", FEATURES);
  private static final EntityTable SEVERAL =
      Problems.table(
          "left",
          new Blocks(
              List.of(
                  new Block.OfFeatures("size", 2, FeatureKernel.GAUSSIAN, FEATURES),
                  new Block.OfSimilarities(
                      "given", 1, Similarities.square(2, new float[] {1, 0, 0, 1})),
                  Block.OfIdentity.among(2, 0.5))));

  @Test
  void aTableInItsOwnFormStaysWhatItIs() {
    assertSame(PLAIN, TableForm.of(PLAIN).apply(PLAIN));
    assertSame(SEVERAL, TableForm.of(SEVERAL).apply(SEVERAL));
    assertEquals("", TableForm.of(SEVERAL).describe(SEVERAL));
  }

  @Test
  void linearFeaturesMayBecomeGaussianAndThenWiderOrNarrower() {
    TableForm form = TableForm.of(PLAIN);
    assertTrue(TableForm.isLinear(PLAIN, 0));
    assertEquals(Optional.empty(), form.withWidth(0, 1));
    assertEquals(Optional.empty(), form.withGaussian(0, -1));

    TableForm narrow = form.withGaussian(0, 1).orElseThrow().withWidth(0, -1).orElseThrow();
    assertEquals(List.of(FeatureKernel.gaussian(0.5)), narrow.kernels());
    assertEquals("left features gaussian:0.5", narrow.describe(PLAIN));
    Blocks blocks = assertInstanceOf(Blocks.class, narrow.apply(PLAIN).attributes());
    assertEquals(
        new Block.OfFeatures("features", 1, FeatureKernel.gaussian(0.5), FEATURES),
        blocks.blocks().getFirst());
    assertEquals(form, narrow.withGaussian(0, -1).orElseThrow());
  }

  @Test
  void widthsEndAtSixteenTimesTheMedian() {
    TableForm form = TableForm.of(PLAIN).withGaussian(0, 1).orElseThrow();
    for (int step = 0; step < 4; step++) {
      form = form.withWidth(0, 1).orElseThrow();
    }
    assertEquals(16, form.kernels().getFirst().width());
    assertEquals(Optional.empty(), form.withWidth(0, 1));
  }

  @Test
  void aGaussianThatWasGivenMayChangeItsWidthButSimilaritiesMayNot() {
    TableForm form = TableForm.of(SEVERAL);
    assertFalse(TableForm.isLinear(SEVERAL, 0));
    assertFalse(TableForm.isLinear(SEVERAL, 1));
    assertEquals(Optional.empty(), form.withWidth(1, 1));
    TableForm wide = form.withWidth(0, 1).orElseThrow();
    assertEquals("left size gaussian:2", wide.describe(SEVERAL));
    assertEquals(0.5, ((Blocks) wide.apply(SEVERAL).attributes()).blocks().getLast().weight());
  }
}
