package kronwood.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.input.StructuredInputs;
import kronwood.input.TensorContraction;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.network.InitialWeights;
import kronwood.state.CoefficientLog;
import kronwood.state.NeuronStates;
import kronwood.state.StateVisitor;
import kronwood.state.WeightTensors;

/**
 * Weights that are the state: {@code W_r(0)} and the change since, each as a tensor. Nothing is
 * kept for each sample and unit, so memory does not grow with the number of samples: {@code m · d}
 * numbers for each part of the change and for each record, half as many for {@code W(0)} of paired
 * neurons; and the block's pre-activations, once for each scale that changes and once more.
 */
final class TensorWeights implements BlockWeights {
  private final InitialWeights initialWeights;
  private final Precision precision;
  private final Parallel parallel;
  private final int units;
  private final int stride;
  private final WeightTensors algebra;
  private final TensorPart[] parts;

  /** Of each unit; partners share theirs. */
  private final RealArray[] initial;

  /** {@code ⟨W_r(0), x⟩} of the block, with the parts of constant scale. */
  private RealArray base;

  TensorWeights(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      UpdateRule rule,
      Precision precision,
      Parallel parallel) {
    this.initialWeights = initialWeights;
    this.precision = precision;
    this.parallel = parallel;
    this.units = initialWeights.units();
    this.stride = NeuronStates.stride(units);
    this.algebra = new WeightTensors(inputs, precision, parallel);
    this.parts = new TensorPart[rule.parts()];
    for (int part = 0; part < parts.length; part++) {
      boolean constant = part == 0 && !rule.decays();
      RealArray none = precision.array(0);
      parts[part] = new TensorPart(part, algebra, units, constant, none, parallel);
    }
    this.initial = initialTensors(inputs);
    this.base = precision.array(0);
  }

  private RealArray[] initialTensors(StructuredInputs inputs) {
    RealArray[] tensors = new RealArray[units];
    int neurons = initialWeights.neurons();
    int distinct = initialWeights.distinctNeurons();
    parallel.forRange(
        distinct,
        1,
        (first, last, worker) -> {
          double[] tensor = new double[algebra.size()];
          for (int r = first; r < last; r++) {
            initialWeights.weights(r, tensor);
            tensors[r] = precision.array(tensor.length);
            tensors[r].write(0, tensor, tensor.length);
          }
        });
    for (int r = distinct; r < neurons; r++) {
      tensors[r] = tensors[r - distinct];
    }
    for (int r = neurons; r < units; r++) {
      tensors[r] = linearStart(inputs, r);
    }
    return tensors;
  }

  private RealArray linearStart(StructuredInputs inputs, int unit) {
    double[] tensor = new double[algebra.size()];
    double[] start = initialWeights.linearStart(unit);
    if (start.length > 0) {
      int[] all = new int[inputs.size()];
      Arrays.setAll(all, i -> i);
      new TensorContraction(inputs, all).accumulate(start, tensor);
    }
    RealArray rounded = precision.array(tensor.length);
    rounded.write(0, tensor, tensor.length);
    return rounded;
  }

  /** Numbers of a tensor. */
  int tensorSize() {
    return algebra.size();
  }

  /** Numbers between what one sample reads and what the next one does. */
  int stride() {
    return stride;
  }

  @Override
  public PartScale[] parts() {
    return parts;
  }

  @Override
  public void refresh(CoefficientLog log, double density, int[] logged, int[] next) {
    absorb(log, density, logged);
    List<RealArray[]> constant = new ArrayList<>();
    constant.add(initial);
    for (TensorPart part : parts) {
      if (part.isConstant()) {
        constant.add(part.tensors());
      } else {
        part.read(next, stride);
      }
    }
    base = read(constant, next, base);
  }

  private RealArray read(List<RealArray[]> summands, int[] samples, RealArray spare) {
    int wanted = Math.multiplyExact(samples.length, stride);
    RealArray out = spare.length() < wanted ? precision.array(wanted) : spare;
    algebra.read(summands, samples, stride, out);
    return out;
  }

  /**
   * Pre-activations of all units, {@link #stride} numbers a sample, if some tensors were the change
   * of weights.
   *
   * @param spare is returned if it is long enough
   */
  RealArray readInitialAnd(RealArray[] change, int[] samples, RealArray spare) {
    return read(List.of(initial, change), samples, spare);
  }

  @Override
  public void absorb(CoefficientLog log, double density, int[] logged) {
    for (TensorPart part : parts) {
      part.absorb(log, logged);
    }
  }

  @Override
  public void begin(int[] samples) {
    for (TensorPart part : parts) {
      part.begin();
    }
  }

  @Override
  public void copy(int position, RealArray out, int from) {
    int source = position * stride;
    switch (base) {
      case FloatArray(float[] numbers) -> {
        float[] target = ((FloatArray) out).values();
        System.arraycopy(numbers, source, target, from, units);
      }
      case DoubleArray(double[] numbers) -> {
        double[] target = ((DoubleArray) out).values();
        System.arraycopy(numbers, source, target, from, units);
      }
    }
    for (TensorPart part : parts) {
      if (!part.isConstant()) {
        part.addTo(out, from, source, units);
      }
    }
  }

  @Override
  public double get(int position, int unit) {
    int index = position * stride + unit;
    double z = base.get(index);
    for (TensorPart part : parts) {
      if (!part.isConstant()) {
        z += part.scale() * part.read(index);
      }
    }
    return z;
  }

  /** 0 where it does not matter, as the scale does not change. */
  @Override
  public double alongState(int position, int unit) {
    return parts[0].isConstant() ? 0 : parts[0].read(position * stride + unit);
  }

  @Override
  public double alongLog(int position, int unit, double z, double scale) {
    return (z - base.get(position * stride + unit)) / scale - alongState(position, unit);
  }

  /** Coefficients are in the log, and then in the tensors. */
  @Override
  public void begin(int part, int sample) {}

  @Override
  public void add(int part, int unit, int sample, double c) {}

  @Override
  public void fold(int part) {
    parts[part].fold();
  }

  @Override
  public void weights(int unit, double[] tensor) {
    change(unit, tensor);
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] += initial[unit].get(i);
    }
  }

  /** Writes the change of a unit's weights. */
  void change(int unit, double[] tensor) {
    Arrays.fill(tensor, 0);
    for (TensorPart part : parts) {
      double scale = part.scale();
      switch (part.tensors()[unit]) {
        case FloatArray(float[] numbers) -> {
          for (int i = 0; i < numbers.length; i++) {
            tensor[i] += scale * numbers[i];
          }
        }
        case DoubleArray(double[] numbers) -> {
          for (int i = 0; i < numbers.length; i++) {
            tensor[i] += scale * numbers[i];
          }
        }
      }
    }
  }

  @Override
  public void weights(int from, int to, float[][] tensors) {
    double[] tensor = new double[algebra.size()];
    for (int r = from; r < to; r++) {
      weights(r, tensor);
      for (int i = 0; i < tensor.length; i++) {
        tensors[r - from][i] = (float) tensor[i];
      }
    }
  }

  @Override
  public boolean areWithoutLog() {
    return true;
  }

  @Override
  public WeightRecord newRecord(Runnable settle) {
    RealArray[] zeros = algebra.zeros(units);
    return new TensorRecord(this, settle, zeros, precision.array(0), parallel);
  }

  @Override
  public void restore(WeightRecord record, CoefficientLog log, int block, Density density) {
    restoreToRead(record);
  }

  @Override
  public void restoreToRead(WeightRecord record) {
    for (TensorPart part : parts) {
      part.clear();
    }
    parts[0].set(((TensorRecord) record).tensors());
  }

  @Override
  public void visit(StateVisitor visitor) {
    for (TensorPart part : parts) {
      part.visit(visitor);
    }
  }

  @Override
  public void release() {
    for (TensorPart part : parts) {
      part.release();
    }
    base = precision.array(0);
  }
}
