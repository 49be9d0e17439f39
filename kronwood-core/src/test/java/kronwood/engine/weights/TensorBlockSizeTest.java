package kronwood.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import kronwood.input.StructuredInputs;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class TensorBlockSizeTest {
  private static StructuredInputs inputs(int left, int right, int rank) {
    int[] entities = {left, right};
    return Problems.inputs(new Random(1), 1000, entities, new int[] {rank, rank}, 0, 1);
  }

  private static int settled(TensorBlockSize size, double pulledOfASample) {
    for (int i = 0; i < 30; i++) {
      long pulled = (long) (pulledOfASample * size.get() * size.get());
      size.adapt(pulled, size.get());
    }
    return size.get();
  }

  @Test
  void expectsAsManyDifferentEntitiesAsRandomPairsHave() {
    TensorBlockSize size = new TensorBlockSize(inputs(100, 7, 3), 64);
    assertEquals(7, size.contracted(1000), 1e-9);
    // 1, and 1 + 6/7.
    assertEquals(1, size.contracted(1), 1e-9);
    assertEquals(13.0 / 7, size.contracted(2), 1e-9);
    // Two thirds of two modes' products, and 3 coordinates of 7 and of about 100 · (1 − e^−5).
    assertEquals(2 * 500 + 3 * (7 + 99.343), size.logProducts(1000), 0.1);
  }

  @Test
  void blocksAreLongWhereManySamplesShareAnEntityAndShortWhereLogsCost() {
    StructuredInputs shared = inputs(1000, 50, 20);
    StructuredInputs apart = inputs(1000, 1000, 20);
    int few = settled(new TensorBlockSize(shared, 512), 0.1);
    int many = settled(new TensorBlockSize(shared, 512), 100);
    assertTrue(few > many, few + " and " + many);
    assertTrue(settled(new TensorBlockSize(apart, 16), 0.1) < few);
  }

  @Test
  void aSizeThatIsReachedIsKept() {
    TensorBlockSize size = new TensorBlockSize(inputs(1000, 50, 20), 512);
    int reached = settled(size, 1);
    assertEquals(reached, settled(size, 1));
  }

  @Test
  void whatABlockHoldsFitsAnArray() {
    StructuredInputs inputs = inputs(1000, 50, 20);
    assertEquals(1 << 13, TensorBlockSize.largest(inputs, 512));
    assertEquals(256, TensorBlockSize.largest(inputs, 65_536));
    assertEquals(256, TensorBlockSize.largest(inputs, 1_000_000));
  }
}
