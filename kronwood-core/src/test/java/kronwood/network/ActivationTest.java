package kronwood.network;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kronwood.input.PairStructure;
import kronwood.tree.FiredNeurons;
import org.junit.jupiter.api.Test;

class ActivationTest {
  @Test
  void byHand() {
    assertEquals(0.5, Activation.RELU.of(1.5, 1));
    assertEquals(0, Activation.RELU.of(1, 1));
    assertEquals(0, Activation.RELU.of(-7, 1));
    assertEquals(0.5, Activation.SOFT_THRESHOLD.of(1.5, 1));
    assertEquals(-0.5, Activation.SOFT_THRESHOLD.of(-1.5, 1));
    assertEquals(0, Activation.SOFT_THRESHOLD.of(1, 1));
    assertEquals(0, Activation.SOFT_THRESHOLD.of(-0.9, 1));
    assertEquals(-3, Activation.SOFT_THRESHOLD.of(-3, 0));
  }

  @Test
  void neuronsFireWhereTheyAreNotZero() {
    for (Activation activation : Activation.values()) {
      for (double z = -3; z <= 3; z += 0.125) {
        assertEquals(activation.of(z, 1) != 0, activation.fires(z, 1), activation + " at " + z);
      }
    }
    assertFalse(Activation.SOFT_THRESHOLD.fires(Double.NaN, 1));
  }

  @Test
  void anOddFunctionGoesWithInputsThatTurnTheirSign() {
    for (PairStructure structure : PairStructure.values()) {
      boolean odd = structure == PairStructure.ANTISYMMETRIC || structure == PairStructure.RANKING;
      assertEquals(odd, Activation.of(structure).isOdd());
    }
    for (double z = 0; z < 3; z += 0.1) {
      assertEquals(
          -Activation.SOFT_THRESHOLD.of(z, 0.7), Activation.SOFT_THRESHOLD.of(-z, 0.7), 0.0);
    }
  }

  @Test
  void theOutputLayerAddsActivationsOfEitherSign() {
    NetworkOptions network = new NetworkOptions(4, 1, true, false, 3);
    InitialWeights initial = new InitialWeights(network, 1);
    OutputLayer layer = new OutputLayer(initial, Activation.SOFT_THRESHOLD);
    FiredNeurons fired = new FiredNeurons();
    fired.add(0, 1.5);
    fired.add(3, -4);
    double[] f = new double[1];
    layer.evaluate(fired, f);
    // (±0.5 ∓ 3) / √4: neuron 3 is the partner of neuron 1.
    double expected = (0.5 * initial.sign(0, 0) - 3 * initial.sign(0, 3)) / 2;
    assertArrayEquals(new double[] {expected}, f, 1e-15);
    assertTrue(expected != 0);
  }

  @Test
  void aNegativeShiftHasNoOddNetwork() {
    InitialWeights initial = new InitialWeights(new NetworkOptions(2, -0.1, true, false, 1), 1);
    new OutputLayer(initial, Activation.RELU);
    assertRefused(
        () -> new OutputLayer(initial, Activation.SOFT_THRESHOLD), "shift is -0.1", "at least 0");
  }
}
