package kronwood.engine.weights;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UpdateRuleTest {
  private static final double[] MOMENTA = {0.1, 0.5, 0.9, 0.99};

  @Test
  void sharesByHand() {
    UpdateRule rule = new UpdateRule(true, 0.5);
    // k / (k − μ) and −μ / (k − μ) for k = 0.75.
    assertEquals(3, rule.share(0, 0.75), 1e-15);
    assertEquals(-2, rule.share(1, 0.75), 1e-15);
    assertEquals(0.75, rule.rate(0, 0.75));
    assertEquals(0.5, rule.rate(1, 0.75));
    assertEquals(2, rule.parts());
  }

  @Test
  void withoutMomentumThereIsOnePartOfShareOne() {
    assertEquals(1, UpdateRule.PLAIN.parts());
    assertEquals(1, UpdateRule.PLAIN.share(0, 1));
    assertFalse(UpdateRule.PLAIN.shrinks());
    UpdateRule decay = new UpdateRule(true, 0);
    assertEquals(1, decay.parts());
    assertEquals(1, decay.share(0, 0.3));
    assertEquals(0.3, decay.rate(0, 0.3));
    assertTrue(decay.shrinks());
    assertTrue(new UpdateRule(false, 0.5).shrinks());
  }

  @Test
  void theSharesOfAllPartsAddUpToOne() {
    for (double momentum : MOMENTA) {
      UpdateRule rule = new UpdateRule(true, momentum);
      for (double keep : new double[] {1, 0.9999, 0.995}) {
        assertEquals(1, rule.share(0, keep) + rule.share(1, keep), 1e-12);
      }
    }
  }

  @Test
  void theWeightOfACoefficientIsThatOfTheRecurrence() {
    for (double momentum : MOMENTA) {
      UpdateRule rule = new UpdateRule(true, momentum);
      for (double keep : new double[] {1, 0.9999, 0.995}) {
        double velocity = 1;
        double moved = 1;
        for (int a = 0; a < 200; a++) {
          double parts = 0;
          for (int part = 0; part < 2; part++) {
            parts += rule.share(part, keep) * Math.pow(rule.rate(part, keep), a);
          }
          assertEquals(moved, parts, 1e-11 * moved, a + " steps later");
          double closed = (Math.pow(keep, a + 1) - Math.pow(momentum, a + 1)) / (keep - momentum);
          assertEquals(moved, closed, 1e-11 * moved, a + " steps later");
          velocity *= momentum;
          moved = keep * moved + velocity;
        }
      }
    }
  }

  @Test
  void aMomentumOutOfRangeIsNamed() {
    assertRefused(() -> new UpdateRule(false, 1), "momentum is 1.0");
    assertRefused(() -> new UpdateRule(false, -0.1), "momentum is -0.1");
    assertRefused(() -> new UpdateRule(false, Double.NaN), "momentum is NaN");
  }

  @Test
  void aDecayAsFastAsTheMomentumIsRefused() {
    UpdateRule rule = new UpdateRule(true, 0.9);
    rule.check(0.91);
    assertRefused(() -> rule.check(0.9), "momentum 0.9", "smaller weight decay");
    assertRefused(() -> rule.check(0.5), "momentum 0.9");
    UpdateRule.PLAIN.check(0.1);
  }
}
