package kronwood.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.RealTargets;
import org.junit.jupiter.api.Test;

class RandomPairsTest {
  private static final RandomPairs PAIRS = new RandomPairs(5, 4, 20, 6, 3);

  @Test
  void spreadingMultipliesInnerProductsByTheNumberOfCopies() {
    Dataset plain = PAIRS.plain();
    Dataset spread = PAIRS.spread(24);
    for (int mode = 0; mode < 2; mode++) {
      DenseFeatures narrow = features(plain, mode);
      DenseFeatures wide = features(spread, mode);
      assertEquals(6, narrow.columns());
      assertEquals(24, wide.columns());
      for (int a = 0; a < narrow.entities(); a++) {
        for (int b = 0; b < narrow.entities(); b++) {
          assertEquals(4 * inner(narrow, a, b), inner(wide, a, b), 1e-12);
        }
      }
    }
  }

  @Test
  void allVariantsHaveTheSamePairsAndTargets() {
    Dataset plain = PAIRS.plain();
    Set<Integer> cells = new HashSet<>();
    for (Dataset other : new Dataset[] {PAIRS.spread(12), PAIRS.independent(12)}) {
      for (int i = 0; i < 20; i++) {
        int left = plain.samples().tuples().entity(i, 0);
        int right = plain.samples().tuples().entity(i, 1);
        cells.add(left * 4 + right);
        assertEquals(left, other.samples().tuples().entity(i, 0));
        assertEquals(right, other.samples().tuples().entity(i, 1));
        assertEquals(target(plain, i), target(other, i));
      }
    }
    assertEquals(20, cells.size(), "each cell of the grid once");
  }

  @Test
  void moreAreNotDrawnThanThereAreCells() {
    assertThrows(IllegalArgumentException.class, () -> new RandomPairs(5, 4, 21, 6, 3));
    assertThrows(IllegalArgumentException.class, () -> PAIRS.spread(13));
  }

  private static DenseFeatures features(Dataset data, int mode) {
    return (DenseFeatures) data.modes().get(mode).table().attributes();
  }

  private static float target(Dataset data, int sample) {
    return ((RealTargets) data.samples().targets()).value(sample, 0);
  }

  private static double inner(DenseFeatures features, int a, int b) {
    double sum = 0;
    for (int c = 0; c < features.columns(); c++) {
      sum += (double) features.value(a, c) * features.value(b, c);
    }
    return sum;
  }
}
