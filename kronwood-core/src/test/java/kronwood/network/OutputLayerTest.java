package kronwood.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import kronwood.train.SavedState;
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

  private static InitialWeights twoMembers(boolean trained) {
    // Neurons 0 and 2 (its partner) are member 0, neurons 1 and 3 member 1.
    return new InitialWeights(
        new NetworkOptions(4, SHIFT, true, trained, 0.3, Ensemble.of(2), 3), 2);
  }

  @Test
  void membersOfAnEnsembleHaveOutputsOfTheirOwn() {
    InitialWeights initial = twoMembers(false);
    OutputLayer layer = new OutputLayer(initial);
    FiredNeurons fired = new FiredNeurons();
    fired.add(0, 1.5);
    fired.add(1, 2.5);
    fired.add(3, 1);
    for (int unit = 4; unit < 8; unit++) {
      fired.add(unit, 10 * unit);
    }
    double[] f = {7, 7, 7, 7};
    layer.evaluate(fired, f);
    // Two neurons each: (1/√2) A₀ · (1.5 − 0.5), and (1/√2) (A₁ · 2 + A₃ · 0.5); A₃ = −A₁.
    double root = Math.sqrt(2);
    for (int c = 0; c < 2; c++) {
      assertEquals(initial.sign(c, 0) / root + 0.3 * (40 + 10 * c), f[c], 1e-14);
      assertEquals(1.5 * initial.sign(c, 1) / root + 0.3 * (60 + 10 * c), f[2 + c], 1e-14);
      assertEquals(-initial.sign(c, 1), initial.sign(c, 3));
    }
    assertEquals(2, layer.outputs());
    assertEquals(2, layer.members());
    assertEquals(4, layer.width());
    assertEquals(8, layer.units());
    assertEquals(8, initial.units());
    assertEquals(1, layer.member(3));
  }

  @Test
  void aNeuronReceivesFromItsOwnMemberOnly() {
    InitialWeights initial = twoMembers(true);
    OutputLayer layer = new OutputLayer(initial);
    double[] gradient = {3, 10, 100, 1000};
    double root = Math.sqrt(2);
    for (int r = 0; r < 4; r++) {
      double first = r % 2 == 0 ? 3 : 100;
      double second = r % 2 == 0 ? 10 : 1000;
      assertEquals(
          (first * initial.sign(0, r) + second * initial.sign(1, r)) / root,
          layer.backward(r, gradient),
          1e-12);
    }
    for (int unit = 4; unit < 8; unit++) {
      assertEquals(0.3 * gradient[unit - 4], layer.backward(unit, gradient), 1e-12);
    }
    FiredNeurons fired = new FiredNeurons();
    fired.add(3, 1.5);
    layer.accumulate(fired, gradient);
    layer.update(0.1, 1, 0);
    assertEquals(initial.sign(0, 3) - 0.1 * 100 / root, layer.weight(0, 3), 1e-12);
    assertEquals(initial.sign(1, 3) - 0.1 * 1000 / root, layer.weight(1, 3), 1e-12);
    assertEquals(initial.sign(0, 2), layer.weight(0, 2));
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

  private static InitialWeights withSkip(boolean trained) {
    return new InitialWeights(new NetworkOptions(4, SHIFT, false, trained, 0.3, 3), 2);
  }

  @Test
  void linearUnitsHaveNoShiftAndAWeightOfTheirOwn() {
    InitialWeights skipping = withSkip(true);
    OutputLayer layer = new OutputLayer(skipping);
    assertEquals(4, layer.neurons());
    assertEquals(6, layer.units());
    assertEquals(0.3, layer.skip());
    FiredNeurons fired = fired();
    fired.add(4, -7);
    fired.add(5, 10);
    double[] f = new double[2];
    layer.evaluate(fired, f);
    assertEquals(skipping.sign(0, 1) + 0.25 * skipping.sign(0, 3) - 2.1, f[0], 1e-15);
    assertEquals(skipping.sign(1, 1) + 0.25 * skipping.sign(1, 3) + 3, f[1], 1e-15);
    double[] gradient = {3, 10};
    assertEquals(0.9, layer.backward(4, gradient), 1e-15);
    assertEquals(3, layer.backward(5, gradient), 1e-15);
    // They are not part of the layer that is trained.
    layer.accumulate(fired, gradient);
    layer.update(0.1, 1, 0);
    assertEquals(skipping.sign(0, 1) - 0.3, layer.weight(0, 1), 1e-15);
    layer.evaluate(new FiredNeurons(), f);
    assertArrayEquals(new double[2], f);
  }

  @Test
  void momentumGoesOnWithTheLastStepByHand() {
    InitialWeights trained = initial(true);
    OutputLayer layer = new OutputLayer(trained);
    double start = trained.sign(0, 1);
    layer.accumulate(fired(), new double[] {3, 0});
    layer.update(0.1, 1, 0.5);
    // V = −0.1 · (1/√4) · 2 · 3
    assertEquals(start - 0.3, layer.weight(0, 1), 1e-15);
    layer.update(0.1, 0.9, 0.5);
    // V = −0.15, and 0.9 of −0.3 is kept.
    assertEquals(start - 0.27 - 0.15, layer.weight(0, 1), 1e-15);
    layer.accumulate(fired(), new double[] {1, 0});
    layer.update(0.1, 0.9, 0.5);
    assertEquals(start - 0.9 * 0.42 - 0.075 - 0.1, layer.weight(0, 1), 1e-15);
  }

  @Test
  void aCopyIsChangedApartAndBlendedIn() {
    OutputLayer layer = new OutputLayer(initial(true));
    double start = layer.weight(0, 1);
    OutputLayer copy = layer.copy();
    layer.accumulate(fired(), new double[] {10, 0});
    layer.update(0.1, 1, 0);
    assertEquals(start, copy.weight(0, 1));
    copy.blend(layer, 0.25);
    assertEquals(start - 0.25, copy.weight(0, 1), 1e-15);
    assertEquals(start - 1, layer.weight(0, 1), 1e-15);
    OutputLayer filled = new OutputLayer(initial(true));
    SavedState.of(visitor -> layer.visit("o", visitor)).fill(visitor -> filled.visit("o", visitor));
    layer.update(0.1, 1, 0.5);
    filled.update(0.1, 1, 0.5);
    assertEquals(start - 1.5, filled.weight(0, 1), 1e-15);
    assertEquals(layer.weight(0, 1), filled.weight(0, 1), "the velocity is saved too");
  }
}
