package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityTable;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class IdentityMapTest {
  private static final int ENTITIES = 7;
  private static final int[] TRAINING = {0, 2, 3, 6};

  private static EntityTable table() {
    return Problems.table("t", new Blocks(List.of(Block.OfIdentity.among(ENTITIES, 0.5))));
  }

  private static FactorFit fit(GramOptions options, IdentityCoordinates identities) {
    return FactorFit.of(table(), TRAINING, options.withIdentities(identities));
  }

  private static void assertSameGram(GramOptions options) {
    FactorTable dense = fit(options, IdentityCoordinates.DENSE).table();
    FactorTable sparse = fit(options, IdentityCoordinates.SPARSE).table();
    assertFalse(dense.isOfIdentities());
    assertTrue(sparse.isOfIdentities());
    for (int training : TRAINING) {
      for (int e = 0; e < ENTITIES; e++) {
        assertEquals(
            dense.inner(training, e), sparse.inner(training, e), 1e-12, training + " " + e);
      }
    }
  }

  /** Four entities, centred, with constant 1: own² = 4 / 6, shared² = ½ − 1 / 6. */
  @Test
  void hasTheCoordinatesOfItsFormula() {
    FactorFit fit = fit(GramOptions.DEFAULT, IdentityCoordinates.SPARSE);
    double own = Math.sqrt(2.0 / 3);
    double shared = Math.sqrt(1.0 / 3);
    double[] out = new double[5];
    fit.map().embed(new Blocks(List.of(new Block.OfIdentity(1, 4, new int[] {2, -1}))), 0, out, 0);
    assertArrayEquals(new double[] {shared, 0, 0, own, 0}, out, 1e-15);
    assertEquals(own, fit.table().coordinate(3, 3), 1e-15);
    assertEquals(0.5 / shared, fit.table().coordinate(1, 0), 1e-15);
    assertEquals(-1, fit.table().reference(1));
  }

  @Test
  void innerProductsWithTrainingEntitiesAreThoseOfDenseCoordinates() {
    assertSameGram(GramOptions.DEFAULT);
    assertSameGram(GramOptions.DEFAULT.withConstant(0.4));
    assertSameGram(GramOptions.DEFAULT.withConstant(3).withCentre(false));
  }

  @Test
  void innerProductsAreThoseOfTheCoordinatesWrittenOut() {
    FactorTable sparse = fit(GramOptions.DEFAULT, IdentityCoordinates.SPARSE).table();
    FactorTable written = FactorTable.of(ENTITIES, sparse.rank(), sparse.values().clone());
    for (int a = 0; a < ENTITIES; a++) {
      for (int b = 0; b < ENTITIES; b++) {
        assertEquals(written.inner(a, b), sparse.inner(a, b), 1e-15);
      }
    }
  }

  @Test
  void tablesOfOneMapFollowOneAnother() {
    FactorFit fit = fit(GramOptions.DEFAULT, IdentityCoordinates.SPARSE);
    FactorTable both = fit.table().append(((IdentityMap) fit.map()).table(new int[] {1, -1}));
    assertTrue(both.isOfIdentities());
    assertEquals(fit.table().inner(2, 2), both.inner(2, ENTITIES), 1e-15);
    assertEquals(-1, both.reference(ENTITIES + 1));
  }

  @Test
  void isNotForConstantsThatLeaveNothingToShare() {
    GramOptions none = GramOptions.DEFAULT.withConstant(0.3);
    assertFalse(FactorFit.canBeSparse(table(), TRAINING.length, none));
    assertTrue(FactorFit.canBeSparse(table(), TRAINING.length, none.withConstant(0.34)));
    assertFalse(FactorFit.canBeSparse(table(), 1, GramOptions.DEFAULT));
    assertFalse(fit(none, IdentityCoordinates.SPARSE).table().isOfIdentities());
  }

  @Test
  void refusesNumbersThatNoFitMakes() {
    assertRefused(() -> new IdentityMap(0, 1, 1, 1, 1), "columns 0");
    assertRefused(() -> new IdentityMap(2, 1, Double.NaN, 1, 1), "own NaN");
    assertRefused(() -> new IdentityMap(2, 1, 1, -1, 1), "shared -1");
    assertRefused(() -> IdentityCoordinates.of("some"), "auto, sparse or dense");
  }
}
