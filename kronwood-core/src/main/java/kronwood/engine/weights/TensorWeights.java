package kronwood.engine.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.input.StructuredInputs;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.network.EntryWeights;
import kronwood.network.InitialWeights;
import kronwood.state.CoefficientLog;
import kronwood.state.NeuronStates;
import kronwood.state.StateVisitor;

/**
 * Weights that are the state: {@code W_r(0)} and the change since, as {@link WeightArrays}. Nothing
 * is kept for each sample and unit. Tensors take {@code m · d} numbers for each part of the change
 * and for each record, half as many for {@code W(0)} of paired neurons, however many samples there
 * are; and the block's pre-activations, once for each scale that changes and once more.
 */
public final class TensorWeights implements BlockWeights {
  private final Precision precision;
  private final Parallel parallel;
  private final int units;
  private final int stride;
  private final WeightArrays arrays;
  private final TensorPart[] parts;

  /** {@code ⟨W_r(0), x⟩} of the block, with the parts of constant scale. */
  private RealArray base;

  public TensorWeights(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      UpdateRule rule,
      Precision precision,
      Parallel parallel) {
    this.precision = precision;
    this.parallel = parallel;
    this.units = initialWeights.units();
    this.stride = NeuronStates.stride(units);
    this.arrays =
        inputs.isSparse()
            ? new EntryArrays(inputs, initialWeights, precision, parallel)
            : new TensorArrays(inputs, initialWeights, precision, parallel);
    this.parts = new TensorPart[rule.parts()];
    for (int part = 0; part < parts.length; part++) {
      boolean constant = part == 0 && !rule.decays();
      RealArray none = precision.array(0);
      parts[part] = new TensorPart(part, arrays, constant, none, parallel);
    }
    this.base = precision.array(0);
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
  public void refresh(CoefficientLog log, int[] logged, int[] next) {
    absorb(log, logged);
    List<RealArray[]> constant = new ArrayList<>();
    for (TensorPart part : parts) {
      if (part.isConstant()) {
        constant.add(part.arrays());
      } else {
        part.read(next, stride);
      }
    }
    base = read(constant, next, base);
  }

  private RealArray read(List<RealArray[]> summands, int[] samples, RealArray spare) {
    int wanted = Math.multiplyExact(samples.length, stride);
    RealArray out = spare.length() < wanted ? precision.array(wanted) : spare;
    arrays.read(true, summands, samples, stride, out);
    return out;
  }

  /**
   * Pre-activations of all units, {@link #stride} numbers a sample, if some arrays were the change
   * of weights.
   *
   * @param spare is returned if it is long enough
   */
  RealArray readInitialAnd(RealArray[] change, int[] samples, RealArray spare) {
    return read(List.<RealArray[]>of(change), samples, spare);
  }

  @Override
  public void absorb(CoefficientLog log, int[] logged) {
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
    Arrays.fill(tensor, 0);
    for (TensorPart part : parts) {
      arrays.addTo(tensor, part.scale(), part.arrays(), unit);
    }
    arrays.addInitialTo(tensor, unit);
  }

  /** Writes the change of weights that is in one of the arrays; it has so many numbers. */
  void change(int array, double[] numbers) {
    Arrays.fill(numbers, 0);
    for (TensorPart part : parts) {
      RealArray change = part.arrays()[array];
      change.addTo(numbers, 0, part.scale(), 0, change.length());
    }
  }

  /** Makes arrays of a record long enough for the change there is now. */
  void grow(RealArray[] record) {
    arrays.grow(record);
  }

  /** The weights of single entries; there are no others any more. */
  public EntryWeights entries(Parallel loop) {
    for (TensorPart part : parts) {
      if (part.scale() != 1) {
        part.fold(loop);
      }
    }
    for (int part = 1; part < parts.length; part++) {
      parts[0].add(parts[part], loop);
    }
    return arrays.entries(parts[0].arrays(), loop);
  }

  @Override
  public void weights(int from, int to, float[][] tensors) {
    double[] tensor = new double[tensors[0].length];
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
    return new TensorRecord(this, settle, arrays.zeros(), precision.array(0), parallel);
  }

  @Override
  public void restore(WeightRecord record, CoefficientLog log, int block) {
    restoreToRead(record);
  }

  @Override
  public void restoreToRead(WeightRecord record) {
    for (TensorPart part : parts) {
      part.clear();
    }
    parts[0].set(((TensorRecord) record).arrays());
  }

  @Override
  public void visit(StateVisitor visitor) {
    arrays.visit(visitor);
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
