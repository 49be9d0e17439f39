package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private static final Block FEATURES =
      new Block.OfFeatures(
          "features",
          1,
          FeatureKernel.LINEAR,
          DenseFeatures.of(3, 2, new float[] {1, 2, 3, 4, 5, 6}));

  @Test
  void columnsOfBlocksFollowEachOther() {
    Blocks blocks = new Blocks(List.of(FEATURES, Block.OfIdentity.among(3, 0.5)));
    assertEquals(3, blocks.entities());
    assertEquals(5, blocks.columns());
    EntityTable table = EntityTable.of("t", EntityIds.of(List.of("a", "b", "c")), blocks);
    assertEquals(List.of("f1", "f2", "a", "b", "c"), table.columns());
  }

  @Test
  void selectionKeepsWhoAnEntityIs() {
    Blocks selected =
        new Blocks(List.of(FEATURES, Block.OfIdentity.among(3, 0.5))).select(new int[] {2, 0});
    Block.OfFeatures features = (Block.OfFeatures) selected.blocks().get(0);
    assertEquals(5, ((DenseFeatures) features.features()).value(0, 0));
    assertArrayEquals(new int[] {2, 0}, ((Block.OfIdentity) selected.blocks().get(1)).reference());
    assertEquals(3, selected.blocks().get(1).columns());
  }

  @Test
  void minimaAreThoseOfStoredValues() {
    double[] vector = {0.5, 9, 0, 2};
    DenseFeatures dense = DenseFeatures.of(1, 4, new float[] {1, 0, 3, 2});
    SparseFeatures sparse =
        SparseFeatures.of(4, new int[] {0, 3}, new int[] {0, 2, 3}, new float[] {1, 3, 2});
    assertEquals(2.5, dense.minimum(0, vector));
    assertEquals(2.5, sparse.minimum(0, vector));
  }

  @Test
  void aKernelIsReadAsItIsWritten() {
    for (String key : List.of("linear", "cosine", "tanimoto", "gaussian", "gaussian:0.5")) {
      assertEquals(key, FeatureKernel.of(key).key());
    }
    assertEquals(FeatureKernel.GAUSSIAN, FeatureKernel.of("gaussian:1"));
    assertEquals("gaussian:2", FeatureKernel.gaussian(2).key());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused(() -> new Blocks(List.of()), "at least one");
    assertRefused(
        () -> new Blocks(List.of(FEATURES, Block.OfIdentity.among(2, 1))),
        "'features' describes 3",
        "'identity' 2");
    assertRefused(() -> Block.OfIdentity.among(2, 0), "'identity' is 0.0");
    assertRefused(() -> Block.OfIdentity.among(2, Double.NaN), "NaN");
    assertRefused(() -> new Block.OfIdentity(1, 2, new int[] {2}), "no reference 2 among 2");
    assertRefused(() -> FeatureKernel.of("rbf"), "'rbf'", "linear, cosine, tanimoto, gaussian");
    assertRefused(() -> FeatureKernel.of("gaussian:wide"), "'gaussian:wide'", "gaussian:0.5");
    assertRefused(() -> FeatureKernel.of("gaussian:0"), "0.0", "from 1.0E-6");
    assertRefused(() -> FeatureKernel.of("cosine:2"), "cosine has no width", "2.0");
  }
}
