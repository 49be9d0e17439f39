package kronwood.engine;

import java.util.Arrays;
import kronwood.engine.weights.PartScale;
import kronwood.state.StateVisitor;

/**
 * Bounds where the change has several parts that decay at different rates, as with momentum: the
 * triangle inequality.
 *
 * <p>With a_p the sum of |c| · ‖x‖ over the log's entries in part p, and A_p that over the state's,
 * a neuron has moved by at most {@code s_0 a_0 − s_1 a_1 + Σ_p |s_p − s_p(τ)| · A_p}: the parts of
 * one entry have opposite signs, and the first is the larger one.
 */
final class SumOfNormsBounds implements DriftBounds {
  /** Allowance for rounding, relative to the terms of the difference. */
  private static final double SLACK = 1e-9;

  private final double[][] logSum;
  private final double[][] stateSum;

  SumOfNormsBounds(int neurons, int parts) {
    this.logSum = new double[parts][neurons];
    this.stateSum = new double[parts][neurons];
  }

  @Override
  public void begin() {
    for (double[] sums : logSum) {
      Arrays.fill(sums, 0);
    }
  }

  @Override
  public void absorb() {
    for (int part = 0; part < logSum.length; part++) {
      for (int r = 0; r < logSum[part].length; r++) {
        stateSum[part][r] += logSum[part][r];
      }
    }
    begin();
  }

  @Override
  public void scale(int part, double factor) {
    for (int r = 0; r < stateSum[part].length; r++) {
      stateSum[part][r] *= factor;
      logSum[part][r] *= factor;
    }
  }

  @Override
  public void add(int r, int sample, double[] c, double alongLog, double alongState, double norm) {
    for (int part = 0; part < c.length; part++) {
      logSum[part][r] += Math.abs(c[part]) * norm;
    }
  }

  @Override
  public boolean needsGram() {
    return false;
  }

  @Override
  public void endBatch(int r, double[] gram, int samples) {}

  @Override
  public double bound(int r, PartScale[] parts) {
    double log = 0;
    double terms = 0;
    double state = 0;
    for (int part = 0; part < parts.length; part++) {
      PartScale scales = parts[part];
      double term = scales.scale() * logSum[part][r];
      log += part == 0 ? term : -term;
      terms += term;
      state += Math.abs(scales.scale() - scales.scaleAtRefresh()) * stateSum[part][r];
    }
    return Math.max(0, log) + state + SLACK * (terms + state);
  }

  @Override
  public void visit(StateVisitor visitor) {
    for (int part = 0; part < stateSum.length; part++) {
      visitor.visitUnits("drift." + part, 1, stateSum[part]);
    }
  }
}
