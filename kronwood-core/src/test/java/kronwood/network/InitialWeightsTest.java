package kronwood.network;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private static NetworkOptions network(int neurons, boolean paired, long seed) {
    return new NetworkOptions(neurons, 1, paired, false, seed);
  }

  private static double[] weights(InitialWeights initial, int neuron, int length) {
    double[] tensor = new double[length];
    initial.weights(neuron, tensor);
    return tensor;
  }

  @Test
  void partnersStartWithEqualWeightsAndOppositeSigns() {
    InitialWeights initial = new InitialWeights(network(10, true, 1), 3);
    assertEquals(5, initial.distinctNeurons());
    for (int r = 0; r < 5; r++) {
      assertArrayEquals(weights(initial, r, 20), weights(initial, r + 5, 20));
      for (int c = 0; c < 3; c++) {
        assertEquals(-initial.sign(c, r), initial.sign(c, r + 5));
      }
    }
  }

  @Test
  void otherNeuronsAreAllDifferent() {
    InitialWeights paired = new InitialWeights(network(10, true, 1), 1);
    InitialWeights unpaired = new InitialWeights(network(7, false, 1), 1);
    assertEquals(7, unpaired.distinctNeurons());
    for (int r = 0; r < 5; r++) {
      for (int q = 0; q < r; q++) {
        assertFalse(Arrays.equals(weights(paired, r, 6), weights(paired, q, 6)));
        assertFalse(Arrays.equals(weights(unpaired, r, 6), weights(unpaired, q, 6)));
      }
    }
  }

  @Test
  void weightsDependOnTheSeedAndTheNeuronOnlyNotOnWhatWasAskedBefore() {
    InitialWeights first = new InitialWeights(network(8, false, 42), 2);
    InitialWeights second = new InitialWeights(network(8, false, 42), 2);
    double[][] forward = new double[8][];
    for (int r = 0; r < 8; r++) {
      forward[r] = weights(first, r, 30);
    }
    for (int r = 7; r >= 0; r--) {
      assertArrayEquals(forward[r], weights(second, r, 30));
      assertArrayEquals(forward[r], weights(second, r, 30), "asked again");
      assertEquals(first.sign(1, r), second.sign(1, r));
    }
    assertFalse(
        Arrays.equals(forward[0], weights(new InitialWeights(network(8, false, 43), 2), 0, 30)));
  }

  @Test
  void weightsAreStandardNormal() {
    InitialWeights initial = new InitialWeights(network(100, false, 5), 1);
    int count = 100 * 1000;
    double[] moments = new double[5];
    for (int r = 0; r < 100; r++) {
      for (double w : weights(initial, r, 1000)) {
        for (int power = 1; power <= 4; power++) {
          moments[power] += Math.pow(w, power) / count;
        }
      }
    }
    // Five standard errors: √(1, 2, 15, 96) / √count.
    assertEquals(0, moments[1], 5 / Math.sqrt(count));
    assertEquals(1, moments[2], 5 * Math.sqrt(2.0 / count));
    assertEquals(0, moments[3], 5 * Math.sqrt(15.0 / count));
    assertEquals(3, moments[4], 5 * Math.sqrt(96.0 / count));
  }

  @Test
  void neuronsAreUncorrelated() {
    InitialWeights initial = new InitialWeights(network(60, false, 6), 1);
    double largest = 0;
    for (int r = 0; r < 60; r++) {
      double[] w = weights(initial, r, 2000);
      for (int q = 0; q < r; q++) {
        double[] v = weights(initial, q, 2000);
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
          sum += w[i] * v[i];
        }
        largest = Math.max(largest, Math.abs(sum / 2000));
      }
    }
    // 1770 correlations of standard error 1/√2000.
    assertTrue(largest < 5 / Math.sqrt(2000), "correlation " + largest);
  }

  @Test
  void signsAreBalancedCoins() {
    InitialWeights initial = new InitialWeights(network(2000, false, 7), 3);
    int same = 0;
    for (int c = 0; c < 3; c++) {
      int sum = 0;
      for (int r = 0; r < 2000; r++) {
        int sign = initial.sign(c, r);
        assertEquals(1, Math.abs(sign));
        sum += sign;
        same += sign == initial.sign((c + 1) % 3, r) ? 1 : 0;
      }
      assertTrue(Math.abs(sum) < 5 * Math.sqrt(2000), "sum of signs " + sum);
    }
    assertEquals(3000, same, 5 * Math.sqrt(1500), "outputs have independent signs");
  }

  @Test
  void aNetworkNeedsAnOutput() {
    assertRefused(() -> new InitialWeights(network(2, true, 1), 0), "found 0");
    assertNotEquals(0, new InitialWeights(network(2, true, 1), 1).sign(0, 0));
  }
}
