package kronwood.engine.weights;

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
import kronwood.network.EntryWeights;
import kronwood.network.InitialWeights;
import kronwood.state.CoefficientLog;
import kronwood.state.StateVisitor;
import kronwood.state.WeightTensors;

/** An array for each unit: its weights as a tensor. */
final class TensorArrays implements WeightArrays {
  private final InitialWeights initialWeights;
  private final Precision precision;
  private final Parallel parallel;
  private final int units;
  private final WeightTensors algebra;

  /** Of each unit; partners share theirs. */
  private final RealArray[] initial;

  TensorArrays(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      Precision precision,
      Parallel parallel) {
    this.initialWeights = initialWeights;
    this.precision = precision;
    this.parallel = parallel;
    this.units = initialWeights.units();
    this.algebra = new WeightTensors(inputs, precision, parallel);
    this.initial = initialTensors(inputs);
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

  @Override
  public RealArray[] zeros() {
    return algebra.zeros(units);
  }

  @Override
  public void read(
      boolean withInitial, List<RealArray[]> summands, int[] block, int stride, RealArray out) {
    List<RealArray[]> all = summands;
    if (withInitial) {
      all = new ArrayList<>();
      all.add(initial);
      all.addAll(summands);
    }
    algebra.read(all, block, stride, out);
  }

  @Override
  public void absorb(RealArray[] weights, CoefficientLog log, int part, int[] logged) {
    algebra.absorb(weights, log, part, logged);
  }

  @Override
  public void addTo(double[] tensor, double scale, RealArray[] weights, int unit) {
    switch (weights[unit]) {
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

  @Override
  public void addInitialTo(double[] tensor, int unit) {
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] += initial[unit].get(i);
    }
  }

  /** Tensors stand where their units do. */
  @Override
  public void visit(StateVisitor visitor) {}

  /** Tensors have all their numbers from the beginning. */
  @Override
  public void grow(RealArray[] weights) {}

  @Override
  public EntryWeights entries(RealArray[] change, Parallel loop) {
    throw new UnsupportedOperationException("weights are whole tensors");
  }
}
