package kronwood.engine.weights;

import java.util.Arrays;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;
import kronwood.state.CoefficientLog;
import kronwood.state.NeuronStates;
import kronwood.state.StateVisitor;

/**
 * One part {@code s · (Q_r + L_r)} of the neurons' change of weights: all of it decays at one rate,
 * which is carried by the common scale s. The state Q is here, the {@link CoefficientLog} L is
 * shared by the parts.
 */
final class WeightComponent extends PartScale {
  private final NeuronStates states;
  private RealArray read;

  WeightComponent(int part, NeuronStates states, Precision precision) {
    super(part);
    this.states = states;
    this.read = precision.array(0);
  }

  /** Takes the log in and reads {@code ⟨Q_r, x⟩} of the next block. */
  void refresh(CoefficientLog log, int[] logged, int[] next, int stride) {
    int wanted = Math.multiplyExact(next.length, stride);
    if (read.length() < wanted) {
      read = read.precision().array(wanted);
    }
    states.refresh(log, part(), logged, next, read);
  }

  /** {@code out[i] += s · ⟨Q_r, x⟩} for {@code count} units from {@code i = from} on. */
  void addTo(RealArray out, int from, int count) {
    switch (read) {
      case FloatArray(float[] numbers) -> {
        float[] target = ((FloatArray) out).values();
        float factor = (float) scale();
        for (int i = from; i < from + count; i++) {
          target[i] += factor * numbers[i];
        }
      }
      case DoubleArray(double[] numbers) -> {
        double[] target = ((DoubleArray) out).values();
        double scale = scale();
        for (int i = from; i < from + count; i++) {
          target[i] += scale * numbers[i];
        }
      }
    }
  }

  /** {@code ⟨Q_r, x⟩} at {@code position · stride + r}. */
  double read(int index) {
    return read.get(index);
  }

  /** Multiplies the scale into the states and what was read of them. */
  void fold() {
    states.scale(scale());
    read.multiply(scale());
    reset();
  }

  /** All zero, as at the start. */
  void clear() {
    states.scale(0);
    reset();
  }

  void absorb(CoefficientLog log, int[] logged) {
    states.absorb(log, part(), logged);
  }

  /** Gives the memory of the states back. */
  void release() {
    states.release();
    read = read.precision().array(0);
  }

  void visit(StateVisitor visitor) {
    visitScale(visitor);
    RealArray[] panels = new RealArray[states.panels()];
    Arrays.setAll(panels, states::panel);
    visitor.visitArraysOfUnits("state." + part(), Kernels.PANEL, panels);
  }
}
