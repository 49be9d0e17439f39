package kronwood.network;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeuronRangeTest {
  private static NetworkOptions network(int neurons, boolean paired) {
    return new NetworkOptions(neurons, 0.5, paired, false, 0.3, Ensemble.of(2), 3);
  }

  @Test
  void halvesOfAPowerOfTwoAreEqual() {
    NeuronRange all = NeuronRange.of(network(256, true));
    assertEquals(new NeuronRange(0, 128, 128), all);
    assertTrue(all.isWhole());
    assertEquals(new NeuronRange(0, 64, 128), all.half(0));
    assertEquals(new NeuronRange(96, 128, 128), all.half(1).half(1));
    assertFalse(all.half(0).isWhole());
  }

  @Test
  void theLeftHalfOfSixPanelsHasFour() {
    NeuronRange all = NeuronRange.of(network(96, false));
    assertEquals(new NeuronRange(0, 64, 96), all.half(0));
    assertEquals(new NeuronRange(64, 96, 96), all.half(1));
    assertEquals(new NeuronRange(80, 96, 96), all.half(1).half(1));
  }

  @Test
  void aRangeIsDividedByHalves() {
    NeuronRange all = NeuronRange.of(network(96, false));
    assertEquals(List.of(all), all.divided(1));
    assertEquals(
        List.of(
            new NeuronRange(0, 32, 96),
            new NeuronRange(32, 64, 96),
            new NeuronRange(64, 80, 96),
            new NeuronRange(80, 96, 96)),
        all.divided(4));
    assertRefused(() -> all.divided(3), "power of two");
    assertRefused(() -> all.divided(0), "power of two");
    assertRefused(() -> all.divided(8), "a panel of 16");
  }

  @Test
  void rangesThatAreNoNodeAreRefused() {
    assertRefused(() -> new NeuronRange(-16, 16, 128), "-16 to 16");
    assertRefused(() -> new NeuronRange(16, 16, 128), "16 to 16");
    assertRefused(() -> new NeuronRange(0, 144, 128), "0 to 144");
    assertRefused(() -> new NeuronRange(0, 8, 128), "halving 0 to 128");
    assertRefused(() -> new NeuronRange(16, 48, 128), "halving 0 to 128");
    assertRefused(() -> new NeuronRange(0, 48, 128), "halving 0 to 128");
    assertRefused(() -> new NeuronRange(0, 16, 40), "40 distinct neurons", "multiple of 16");
    assertRefused(() -> NeuronRange.of(network(32, true)).half(0), "a panel of 16");
    assertRefused(() -> NeuronRange.of(network(72, true)).half(0), "36 distinct neurons");
  }

  @Test
  void unitsOfARangeAreNeuronsPartnersAndLinearOnes() {
    NetworkOptions network = network(128, true);
    NeuronRange left = NeuronRange.of(network).half(0);
    assertEquals(31, left.unit(network, 31));
    assertEquals(64, left.unit(network, 32));
    assertEquals(128, left.unit(network, 64));
    NeuronRange right = NeuronRange.of(network).half(1);
    assertEquals(32, right.unit(network, 0));
    assertEquals(96, right.unit(network, 32));
  }

  @Test
  void weightsOfARangeAreThoseOfTheWhole() {
    for (boolean paired : new boolean[] {true, false}) {
      NetworkOptions network = network(128, paired);
      InitialWeights all = new InitialWeights(network, 3);
      for (int side = 0; side < 2; side++) {
        NeuronRange range = NeuronRange.of(network).half(side);
        InitialWeights part = new InitialWeights(network, 3, new double[6][0], range);
        assertEquals(64, part.neurons());
        assertEquals(side == 0 ? 70 : 64, part.units());
        assertEquals(134, part.allUnits());
        for (int r = 0; r < part.neurons(); r++) {
          int number = range.unit(network, r);
          double[] expected = new double[5];
          double[] found = new double[5];
          all.weights(number, expected);
          part.weights(r, found);
          assertArrayEquals(expected, found);
          assertEquals(all.member(number), part.member(r));
          assertEquals(all.leaf(number), part.leaf(r));
          for (int c = 0; c < 3; c++) {
            assertEquals(all.sign(c, number), part.sign(c, r));
          }
        }
      }
    }
  }
}
