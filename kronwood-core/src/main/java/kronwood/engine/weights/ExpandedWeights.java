package kronwood.engine.weights;

import java.util.Arrays;
import java.util.Objects;
import kronwood.input.PanelContraction;
import kronwood.input.StructuredInputs;
import kronwood.input.TensorContraction;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;
import kronwood.network.InitialWeights;
import kronwood.state.StateVisitor;
import org.jspecify.annotations.Nullable;

/**
 * All weights as their expansion over the inputs, {@code W_r = W_r(0) + Σ_parts s · Σ_i C_{r,i}
 * x_i}: what engines that never form weights begin with, and what weights are formed from when they
 * are asked for.
 *
 * <p>Coefficients of one input lie side by side, as training adds those of all neurons that fire on
 * an input at once. Memory: for each part 4 or 8 bytes a neuron for each input that was trained on.
 */
public final class ExpandedWeights {
  /** Takes the initial inner products of one neuron with all inputs. */
  public interface InitialProducts {
    void accept(int neuron, double[] z);
  }

  private static final int PANEL = Kernels.PANEL;

  private final InitialWeights initial;
  private final TensorContraction contraction;
  private final int inputs;
  private final Precision precision;
  private final @Nullable PanelContraction panels;
  private final @Nullable RealArray[][] coefficients;

  public ExpandedWeights(
      StructuredInputs inputs, InitialWeights initial, int parts, Precision precision) {
    this.initial = initial;
    this.inputs = inputs.size();
    this.precision = precision;
    int[] all = new int[inputs.size()];
    Arrays.setAll(all, i -> i);
    this.contraction = new TensorContraction(inputs, all);
    this.panels = inputs.modes() == 2 && fits(inputs) ? new PanelContraction(inputs) : null;
    this.coefficients = new RealArray[parts][inputs.size()];
  }

  /** Whether a panel of tensors, and of inner products, fits an array. */
  private static boolean fits(StructuredInputs inputs) {
    double products = (double) inputs.size() * inputs.terms().count();
    return PANEL * Math.max(inputs.estimatedDimension(), products) < 1 << 30;
  }

  /**
   * Computes {@code ⟨W_r(0), x_i⟩} for all inputs and the units that have initial weights of their
   * own, in parallel.
   *
   * @param sink called once for each of these units, on any thread, with an array to read from
   */
  public void initialProducts(Parallel parallel, InitialProducts sink) {
    if (panels != null) {
      initialPanels(parallel, panels, sink);
      return;
    }
    parallel.forRange(
        initial.distinctUnits(),
        1,
        (from, to, worker) -> {
          double[] tensor = new double[contraction.tensorSize()];
          double[] z = new double[inputs];
          for (int i = from; i < to; i++) {
            initialTensor(initial.unit(i), tensor);
            contraction.evaluate(tensor, z);
            sink.accept(i, z);
          }
        });
  }

  private void initialPanels(
      Parallel parallel, PanelContraction contraction, InitialProducts sink) {
    parallel.forRange(
        Math.ceilDiv(initial.distinctUnits(), PANEL),
        1,
        (from, to, worker) -> {
          double[] panel = new double[contraction.panelSize()];
          double[] tensor = new double[panel.length / PANEL];
          double[] products = new double[Math.multiplyExact(inputs, PANEL)];
          double[] z = new double[inputs];
          for (int p = from; p < to; p++) {
            int end = Math.min(initial.distinctUnits(), (p + 1) * PANEL);
            for (int i = p * PANEL; i < end; i++) {
              initialTensor(initial.unit(i), tensor);
              toLane(tensor, panel, i - p * PANEL);
            }
            contraction.evaluate(panel, products);
            for (int i = p * PANEL; i < end; i++) {
              for (int input = 0; input < inputs; input++) {
                z[input] = products[input * PANEL + i - p * PANEL];
              }
              sink.accept(i, z);
            }
          }
        });
  }

  private static void toLane(double[] tensor, double[] panel, int lane) {
    for (int t = 0; t < tensor.length; t++) {
      panel[t * PANEL + lane] = tensor[t];
    }
  }

  /** Forms the weights of units [from, to), at most as many as a panel holds. */
  void form(int from, int to, double[] scales, float[][] out) {
    if (panels == null) {
      double[] tensor = new double[tensorSize()];
      for (int r = from; r < to; r++) {
        form(r, coefficients(r, scales), tensor);
        for (int t = 0; t < tensor.length; t++) {
          out[r - from][t] = (float) tensor[t];
        }
      }
      return;
    }
    double[] panel = new double[panels.panelSize()];
    panels.accumulate(
        (input, target, offset) -> read(input, from, to, scales, target, offset), panel);
    double[] tensor = new double[tensorSize()];
    for (int r = from; r < to; r++) {
      initialTensor(r, tensor);
      for (int t = 0; t < tensor.length; t++) {
        out[r - from][t] = (float) (tensor[t] + panel[t * PANEL + r - from]);
      }
    }
  }

  private void read(int input, int from, int to, double[] scales, double[] out, int offset) {
    Arrays.fill(out, offset, offset + PANEL, 0);
    for (int part = 0; part < scales.length; part++) {
      RealArray row = coefficients[part][input];
      if (row != null) {
        row.addTo(out, offset, scales[part], from, to - from);
      }
    }
  }

  /** Writes the initial weights of a unit. */
  public void initialTensor(int unit, double[] tensor) {
    if (unit < initial.neurons()) {
      initial.weights(unit, tensor);
      return;
    }
    Arrays.fill(tensor, 0);
    double[] start = initial.linearStart(unit);
    if (start.length > 0) {
      contraction.accumulate(start, tensor);
    }
  }

  /** Length of a weight tensor. */
  int tensorSize() {
    return contraction.tensorSize();
  }

  /** An input gets coefficients in one part. */
  public void begin(int part, int input) {
    if (coefficients[part][input] == null) {
      coefficients[part][input] = precision.array(initial.units());
    }
  }

  /**
   * {@code C_{neuron,input} += c} in one part, for an input that was begun. Different neurons may
   * be added to at once.
   */
  public void add(int part, int neuron, int input, double c) {
    RealArray row = coefficients[part][input];
    if (row != null) {
      row.add(neuron, c);
    }
  }

  /** Multiplies all coefficients of a part by {@code factor}. */
  public void scale(int part, double factor) {
    for (RealArray row : coefficients[part]) {
      if (row != null) {
        row.multiply(factor);
      }
    }
  }

  /** {@code Σ_parts s · C_neuron}, one per input, as a new array. */
  public double[] coefficients(int neuron, double[] scales) {
    double[] sum = new double[inputs];
    for (int part = 0; part < scales.length; part++) {
      for (int i = 0; i < inputs; i++) {
        RealArray row = coefficients[part][i];
        if (row != null) {
          sum[i] += scales[part] * row.get(neuron);
        }
      }
    }
    return sum;
  }

  /**
   * Writes {@code Σ_parts s · C_{r,input}} of all units to {@code out} and returns true, or returns
   * false if the input never got a coefficient.
   */
  public boolean read(int input, double[] scales, double[] out) {
    boolean any = false;
    Arrays.fill(out, 0);
    for (int part = 0; part < scales.length; part++) {
      RealArray row = coefficients[part][input];
      if (row != null) {
        any = true;
        row.addTo(out, 0, scales[part], 0, out.length);
      }
    }
    return any;
  }

  /** Forgets all coefficients. */
  void clear() {
    for (@Nullable RealArray[] part : coefficients) {
      Arrays.fill(part, null);
    }
  }

  public void visit(StateVisitor visitor) {
    for (int part = 0; part < coefficients.length; part++) {
      long[] present = new long[inputs];
      for (int i = 0; i < inputs; i++) {
        present[i] = coefficients[part][i] == null ? 0 : 1;
      }
      visitor.visitPresent("coefficients." + part, present);
      for (int i = 0; i < inputs; i++) {
        if (present[i] == 1) {
          begin(part, i);
          visitor.visitUnits(
              "coefficients." + part + "." + i, 1, Objects.requireNonNull(coefficients[part][i]));
        }
      }
    }
  }

  /**
   * Forms {@code W_r(0) + Σ_i coefficient[i] · x_i}.
   *
   * @param coefficient one per input
   */
  public void form(int neuron, double[] coefficient, double[] tensor) {
    initialTensor(neuron, tensor);
    contraction.accumulate(coefficient, tensor);
  }
}
