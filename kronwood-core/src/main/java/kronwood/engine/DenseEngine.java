package kronwood.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import kronwood.engine.weights.ExpandedWeights;
import kronwood.engine.weights.UpdateRule;
import kronwood.engine.weights.WeightRecord;
import kronwood.input.StructuredInputs;
import kronwood.math.DoubleArray;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.network.Activation;
import kronwood.network.InitialWeights;
import kronwood.state.StateVisitor;
import kronwood.tree.FiredNeurons;
import kronwood.tree.NeuronSearch;

/**
 * The ordinary dense layer: forms every input {@code x = u ⊗ v ⊗ …} and every weight, and
 * multiplies them in plain loops in double precision. Other engines are tested against it, and it
 * can be the fastest for very small d.
 *
 * <p>Cost: m · d a query, fired · d a sample to update (m · d a batch with weight decay or
 * momentum). Memory: 8 · m · d bytes, as much again with weight decay and again with momentum.
 */
public final class DenseEngine implements Engine {
  private final StructuredInputs inputs;
  private final UpdateRule rule;
  private final double shift;
  private final Activation activation;
  private final int dimension;
  private final int neurons;
  private final double[][] weights;
  private final double[][] initial;
  private final double[][] velocity;
  private final LongAdder queries = new LongAdder();
  private final LongAdder fired = new LongAdder();

  /**
   * The network before training.
   *
   * @param inputs all samples that will be queried
   * @param initialWeights the weights to start from
   * @param rule of the updates to come
   * @throws ArithmeticException if d exceeds the range of an array
   */
  public DenseEngine(StructuredInputs inputs, InitialWeights initialWeights, UpdateRule rule) {
    this.inputs = inputs;
    this.rule = rule;
    this.shift = initialWeights.options().shift();
    this.activation = Activation.of(inputs.structure());
    this.dimension = Math.toIntExact(inputs.dimension());
    this.neurons = initialWeights.neurons();
    int units = initialWeights.units();
    this.weights = new double[units][dimension];
    this.initial = new double[rule.decays() ? units : 0][];
    this.velocity = new double[rule.hasMomentum() ? units : 0][dimension];
    ExpandedWeights expansion = new ExpandedWeights(inputs, initialWeights, 0, Precision.DOUBLE);
    for (int r = 0; r < units; r++) {
      expansion.initialTensor(r, weights[r]);
      if (rule.decays()) {
        initial[r] = weights[r].clone();
      }
    }
  }

  public static double bytes(double dimension, long units, UpdateRule rule) {
    return 8 * dimension * units * (1 + (rule.decays() ? 1 : 0) + (rule.hasMomentum() ? 1 : 0));
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public void prepare(int[] order, int from, int to) {}

  @Override
  public void query(int sample, FiredNeurons out) {
    double[] x = new double[dimension];
    inputs.materialise(sample, x);
    out.clear();
    for (int r = 0; r < weights.length; r++) {
      double z = dot(weights[r], x);
      if (r >= neurons || activation.fires(z, shift)) {
        out.add(r, z);
      }
    }
    queries.increment();
    fired.add(out.count() - (weights.length - neurons));
  }

  @Override
  public NeuronSearch search(int sample) {
    double[] z = new double[weights.length];
    preActivations(sample, z);
    return NeuronSearch.ofAll(shift, activation.isOdd(), Arrays.copyOf(z, neurons));
  }

  private static double dot(double[] w, double[] x) {
    double z = 0;
    for (int p = 0; p < x.length; p++) {
      z += w[p] * x[p];
    }
    return z;
  }

  @Override
  public void preActivations(int sample, double[] z) {
    double[] x = new double[dimension];
    inputs.materialise(sample, x);
    for (int r = 0; r < weights.length; r++) {
      z[r] = dot(weights[r], x);
    }
  }

  @Override
  public void update(BatchCoefficients batch, double keep) {
    rule.check(keep);
    if (keep != 1) {
      decay(keep);
    }
    double[][] target = weights;
    if (rule.hasMomentum()) {
      target = velocity;
      for (double[] v : velocity) {
        for (int p = 0; p < dimension; p++) {
          v[p] *= rule.momentum();
        }
      }
    }
    double[] x = new double[dimension];
    for (int j = 0; j < batch.samples(); j++) {
      inputs.materialise(batch.sample(j), x);
      for (int i = batch.start(j); i < batch.end(j); i++) {
        add(batch.coefficient(i), x, target[batch.neuron(i)]);
      }
    }
    for (int r = 0; r < velocity.length; r++) {
      add(1, velocity[r], weights[r]);
    }
  }

  private static void add(double c, double[] x, double[] w) {
    for (int p = 0; p < x.length; p++) {
      w[p] += c * x[p];
    }
  }

  private void decay(double keep) {
    for (int r = 0; r < weights.length; r++) {
      double[] w = weights[r];
      double[] start = initial[r];
      for (int p = 0; p < dimension; p++) {
        w[p] = start[p] + keep * (w[p] - start[p]);
      }
    }
  }

  @Override
  public void weights(int unit, double[] tensor) {
    System.arraycopy(weights[unit], 0, tensor, 0, dimension);
  }

  /** Weights as they are. */
  private final class Tensors implements WeightRecord {
    private final double[][] mixture = new double[weights.length][dimension];

    @Override
    public void blend(double share) {
      for (int r = 0; r < mixture.length; r++) {
        for (int p = 0; p < dimension; p++) {
          mixture[r][p] += share * (weights[r][p] - mixture[r][p]);
        }
      }
    }

    @Override
    public void assign(WeightRecord other) {
      copy(((Tensors) other).mixture, mixture);
    }

    @Override
    public void visit(String name, StateVisitor visitor) {
      visitor.visitArraysOfUnits(name, 1, shown(mixture));
    }
  }

  private static void copy(double[][] from, double[][] to) {
    for (int r = 0; r < to.length; r++) {
      System.arraycopy(from[r], 0, to[r], 0, to[r].length);
    }
  }

  @Override
  public WeightRecord newRecord() {
    return new Tensors();
  }

  @Override
  public void restore(WeightRecord record) {
    copy(((Tensors) record).mixture, weights);
  }

  @Override
  public void visit(StateVisitor visitor) {
    visitor.visitArraysOfUnits("weights", 1, shown(weights));
    visitor.visitArraysOfUnits("velocity", 1, shown(velocity));
  }

  private static RealArray[] shown(double[][] tensors) {
    return Arrays.stream(tensors).map(DoubleArray::new).toArray(RealArray[]::new);
  }

  @Override
  public void release() {}

  @Override
  public WorkCounters work() {
    long samples = queries.sum();
    long products = samples * weights.length;
    return new WorkCounters(samples, fired.sum(), products, 0, products);
  }
}
