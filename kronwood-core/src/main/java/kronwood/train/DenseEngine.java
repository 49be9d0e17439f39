package kronwood.train;

import java.util.concurrent.atomic.LongAdder;
import kronwood.gram.StructuredInputs;
import kronwood.tree.FiredNeurons;

/**
 * The ordinary dense layer: forms every input {@code x = u ⊗ v ⊗ …} and every weight, and
 * multiplies them in plain loops in double precision. The oracle that other engines are tested
 * against, and a fair choice for very small d.
 *
 * <p>Cost: m · d a query, fired · d a sample to update (m · d a batch with weight decay). Memory: 8
 * · m · d bytes, twice that with weight decay.
 */
public final class DenseEngine implements Engine {
  private final StructuredInputs inputs;
  private final double shift;
  private final int dimension;
  private final double[][] weights;
  private final double[][] initial;
  private final LongAdder queries = new LongAdder();
  private final LongAdder fired = new LongAdder();

  /**
   * The network before training.
   *
   * @param inputs all samples that will be queried
   * @param initialWeights the weights to start from
   * @param decays whether updates may have {@code keep ≠ 1}; the initial weights are then kept
   * @throws ArithmeticException if d exceeds the range of an array
   */
  public DenseEngine(StructuredInputs inputs, InitialWeights initialWeights, boolean decays) {
    this.inputs = inputs;
    this.shift = initialWeights.options().shift();
    this.dimension = Math.toIntExact(inputs.dimension());
    int neurons = initialWeights.options().neurons();
    this.weights = new double[neurons][dimension];
    this.initial = new double[decays ? neurons : 0][];
    for (int r = 0; r < neurons; r++) {
      initialWeights.weights(r, weights[r]);
      if (decays) {
        initial[r] = weights[r].clone();
      }
    }
  }

  static double bytes(double dimension, long neurons, boolean decays) {
    return 8 * dimension * neurons * (decays ? 2 : 1);
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
      double[] w = weights[r];
      double z = 0;
      for (int p = 0; p < dimension; p++) {
        z += w[p] * x[p];
      }
      if (z > shift) {
        out.add(r, z);
      }
    }
    queries.increment();
    fired.add(out.count());
  }

  @Override
  public void update(BatchCoefficients batch, double keep) {
    if (keep != 1) {
      decay(keep);
    }
    double[] x = new double[dimension];
    for (int j = 0; j < batch.samples(); j++) {
      inputs.materialise(batch.sample(j), x);
      for (int i = batch.start(j); i < batch.end(j); i++) {
        double[] w = weights[batch.neuron(i)];
        double c = batch.coefficient(i);
        for (int p = 0; p < dimension; p++) {
          w[p] += c * x[p];
        }
      }
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
  public void weights(int neuron, double[] tensor) {
    System.arraycopy(weights[neuron], 0, tensor, 0, dimension);
  }

  @Override
  public WorkCounters work() {
    long samples = queries.sum();
    long products = samples * weights.length;
    return new WorkCounters(samples, fired.sum(), products, 0, products);
  }
}
