package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import kronwood.tree.FiredNeurons;
import org.junit.jupiter.api.Test;

class OutputLayerTest {
  private static final double SHIFT = 0.5;

  private final InitialWeights initial = initial(false);

  private static InitialWeights initial(boolean trained) {
    return new InitialWeights(new NetworkOptions(4, SHIFT, false, trained, 3), 2);
  }

  private static FiredNeurons fired() {
    FiredNeurons fired = new FiredNeurons();
    fired.add(1, 2.5);
    fired.add(3, 1);
    return fired;
  }

  @Test
  void outputsByHand() {
    OutputLayer layer = new OutputLayer(initial);
    double[] f = {7, 7};
    layer.evaluate(fired(), f);
    // (1/√4) (A₁ · (2.5 − 0.5) + A₃ · (1 − 0.5))
    for (int c = 0; c < 2; c++) {
      assertEquals(initial.sign(c, 1) + 0.25 * initial.sign(c, 3), f[c], 1e-15);
    }
    assertEquals(4, layer.neurons());
    assertEquals(2, layer.outputs());
    assertEquals(SHIFT, layer.shift());
  }

  @Test
  void withoutFiredNeuronsAllOutputsAreZero() {
    double[] f = {7, 7};
    new OutputLayer(initial).evaluate(new FiredNeurons(), f);
    assertArrayEquals(new double[2], f);
  }

  @Test
  void whatANeuronReceivesIsTheSumOverOutputs() {
    OutputLayer layer = new OutputLayer(initial);
    double[] gradient = {3, 10};
    for (int r = 0; r < 4; r++) {
      assertEquals(
          0.5 * (3 * initial.sign(0, r) + 10 * initial.sign(1, r)),
          layer.backward(r, gradient),
          1e-15);
    }
  }

  @Test
  void aFixedLayerStaysAsItWas() {
    OutputLayer layer = new OutputLayer(initial);
    layer.accumulate(fired(), new double[] {3, 10});
    layer.update(0.1, 0.5, 0);
    for (int r = 0; r < 4; r++) {
      assertEquals(initial.sign(0, r), layer.weight(0, r));
      assertEquals(initial.sign(1, r), layer.weight(1, r));
    }
  }

  @Test
  void aTrainedLayerTakesTheGradientStepByHand() {
    InitialWeights trained = initial(true);
    OutputLayer layer = new OutputLayer(trained);
    layer.accumulate(fired(), new double[] {3, 10});
    layer.accumulate(fired(), new double[] {0, 2});
    assertEquals(trained.sign(0, 1), layer.weight(0, 1), "not before the batch ends");
    layer.update(0.1, 1, 0);
    // A₁ moves by −0.1 · (1/√4) · 2 · (3 + 0, 10 + 2), A₃ by a quarter of it, the others not.
    assertEquals(trained.sign(0, 1) - 0.3, layer.weight(0, 1), 1e-15);
    assertEquals(trained.sign(1, 1) - 1.2, layer.weight(1, 1), 1e-15);
    assertEquals(trained.sign(0, 3) - 0.075, layer.weight(0, 3), 1e-15);
    assertEquals(trained.sign(1, 3) - 0.3, layer.weight(1, 3), 1e-15);
    assertEquals(trained.sign(0, 0), layer.weight(0, 0));
    assertEquals(trained.sign(1, 2), layer.weight(1, 2));
    // The gradient is used up; decay moves what is left towards the start.
    layer.update(0.1, 0.5, 0);
    assertEquals(trained.sign(1, 1) - 0.6, layer.weight(1, 1), 1e-15);
    layer.update(0.1, 0, 0);
    assertEquals(trained.sign(1, 1), layer.weight(1, 1), 1e-15);
  }
}
