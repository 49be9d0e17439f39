package kronwood.engine.weights;

import kronwood.state.StateVisitor;

/**
 * The common scale s of one part {@code s · (Q_r + L_r)} of the units' change of weights: all of it
 * decays at one rate, which the scale carries.
 */
public class PartScale {
  private final int part;
  private double scale = 1;
  private double scaleAtRefresh = 1;

  PartScale(int part) {
    this.part = part;
  }

  int part() {
    return part;
  }

  /** s. */
  public final double scale() {
    return scale;
  }

  /** s when the samples of the block were read. */
  public final double scaleAtRefresh() {
    return scaleAtRefresh;
  }

  /** The present scale is that of the refresh. */
  final void begin() {
    scaleAtRefresh = scale;
  }

  final void decay(double rate) {
    scale *= rate;
  }

  /** The scale was multiplied in, or there is nothing to be scaled. */
  final void reset() {
    scale = 1;
  }

  final void visitScale(StateVisitor visitor) {
    double[] scales = {scale};
    visitor.visit("scale." + part, scales);
    scale = scales[0];
  }
}
