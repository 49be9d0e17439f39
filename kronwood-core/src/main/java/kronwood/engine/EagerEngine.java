package kronwood.engine;

import java.util.Arrays;
import kronwood.engine.weights.ExpandedWeights;
import kronwood.engine.weights.ExpansionRecord;
import kronwood.engine.weights.UpdateRule;
import kronwood.engine.weights.WeightRecord;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.network.Activation;
import kronwood.network.InitialWeights;
import kronwood.state.StateVisitor;
import kronwood.tree.AsynchronousTree;
import kronwood.tree.FiredNeurons;
import kronwood.tree.NeuronSearch;
import kronwood.tree.TreeCounters;
import kronwood.tree.UpdatePaths;

/**
 * The algorithm of Song and Ye (arXiv 2305.08001), as published: every inner product of a neuron
 * with a sample is kept current in an {@link AsynchronousTree}; weights are never formed while
 * training.
 *
 * <pre>
 *   init     z_{r,i} = ⟨W_r(0), x_i⟩ for all neurons r and samples i
 *   query    the fired neurons of sample i, from its tree
 *   update   z_{r,i} ← z_{r,i} + Σ_j c_{r,j} · Π_k G^(k)[i_k, j_k] for all samples i
 * </pre>
 *
 * <p>With n samples, m neurons and K modes:
 *
 * <ul>
 *   <li>init: m/2 · n_1 · d for pairs with n_1 left entities, plus m/2 · n · d/rank_1 (see {@link
 *       kronwood.input.TensorContraction}); half of it thanks to paired neurons;
 *   <li>query: O(fired · log m), with weight decay O(m);
 *   <li>update of a batch of S samples: S · n · (K + fired) plus n · touched · log m, free of d;
 *   <li>memory: 16 · n · m bytes for the trees, 8 · n for the coefficients of each neuron that ever
 *       fired, the factor Gram matrices, and 16 · n · m more with weight decay, 32 · n · m with
 *       momentum.
 * </ul>
 *
 * <p>Weight decay and momentum move every inner product at every step. Then {@code z = z⁰ + Σ_parts
 * s · q} with common scales s (see {@link UpdateRule}), and a sample's tree is rebuilt when it is
 * queried. Linear units, which always fire, are no leaves of the tree.
 *
 * <p>Updates run in parallel over samples; each sample's sums have a fixed order, so that results
 * do not depend on the number of threads.
 */
public final class EagerEngine implements Engine {
  private static final int SAMPLES_PER_TASK = 256;

  /** Below this the common scale is multiplied into what it scales. */
  private static final double SMALLEST_SCALE = 1e-6;

  private final StructuredInputs inputs;
  private final Parallel parallel;
  private final double shift;
  private final int neurons;
  private final int units;
  private final UpdateRule rule;
  private final AsynchronousTree tree;
  private final ExpandedWeights weights;
  private final double[] scales;

  /** z of the linear units of each sample; z⁰ if inner products shrink. */
  private final double[][] linear;

  /** Where inner products shrink, else of length 0: z⁰ of the neurons for each sample. */
  private final double[][] initial;

  /** Where inner products shrink: for each part q of all units for each sample. */
  private final double[][][] moved;

  private long innerProducts;

  /**
   * The network before training: all inner products at their initial values.
   *
   * @param inputs all samples that will be queried, trained on or not
   * @param initialWeights the weights to start from
   * @param rule of the updates to come
   * @param parallel where to run; not closed by the engine
   * @throws ArithmeticException if d exceeds the range of an array
   */
  public EagerEngine(
      StructuredInputs inputs, InitialWeights initialWeights, UpdateRule rule, Parallel parallel) {
    this.inputs = inputs;
    this.parallel = parallel;
    this.rule = rule;
    this.shift = initialWeights.options().shift();
    this.neurons = initialWeights.neurons();
    this.units = initialWeights.units();
    int samples = inputs.size();
    this.tree = new AsynchronousTree(samples, neurons, Activation.of(inputs.structure()).isOdd());
    this.weights = new ExpandedWeights(inputs, initialWeights, rule.parts(), Precision.DOUBLE);
    this.scales = new double[rule.parts()];
    Arrays.fill(scales, 1);
    this.linear = new double[samples][units - neurons];
    initialise(initialWeights);
    this.initial = new double[rule.shrinks() ? samples : 0][neurons];
    this.moved = new double[rule.parts()][rule.shrinks() ? samples : 0][units];
    for (int i = 0; i < initial.length; i++) {
      for (int r = 0; r < neurons; r++) {
        initial[i][r] = tree.leaf(i, r);
      }
    }
  }

  private void initialise(InitialWeights initialWeights) {
    int distinct = initialWeights.distinctNeurons();
    weights.initialProducts(
        parallel,
        (index, z) -> {
          int unit = initialWeights.unit(index);
          if (unit >= neurons) {
            for (int i = 0; i < z.length; i++) {
              linear[i][unit - neurons] = z[i];
            }
            return;
          }
          for (int partner = unit; partner < neurons; partner += distinct) {
            for (int i = 0; i < z.length; i++) {
              tree.setLeaf(i, partner, z[i]);
            }
          }
        });
    repairAll();
  }

  private void repairAll() {
    parallel.forRange(
        inputs.size(),
        SAMPLES_PER_TASK,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            tree.repair(i);
          }
        });
  }

  public static double bytes(
      long samples, long units, long gramBytes, double dimension, UpdateRule rule) {
    double shrinking = rule.shrinks() ? 8 + 8 * rule.parts() : 0;
    double perPair = 16 + 8 * rule.parts() + shrinking;
    return perPair * samples * units + gramBytes + 16 * dimension;
  }

  @Override
  public String name() {
    return "eager";
  }

  @Override
  public void prepare(int[] order, int from, int to) {}

  @Override
  public void query(int sample, FiredNeurons fired) {
    if (rule.shrinks()) {
      for (int r = 0; r < neurons; r++) {
        tree.setLeaf(sample, r, initial[sample][r] + change(sample, r));
      }
      tree.repair(sample);
    }
    tree.query(sample, shift, fired);
    for (int r = neurons; r < units; r++) {
      fired.add(r, linear(sample, r));
    }
  }

  @Override
  public NeuronSearch search(int sample) {
    return tree.search(sample, shift);
  }

  private double linear(int sample, int unit) {
    double z = linear[sample][unit - neurons];
    return rule.shrinks() ? z + change(sample, unit) : z;
  }

  private double change(int sample, int unit) {
    double sum = 0;
    for (int part = 0; part < scales.length; part++) {
      sum += scales[part] * moved[part][sample][unit];
    }
    return sum;
  }

  @Override
  public void preActivations(int sample, double[] z) {
    for (int r = 0; r < neurons; r++) {
      z[r] = rule.shrinks() ? initial[sample][r] + change(sample, r) : tree.leaf(sample, r);
    }
    for (int r = neurons; r < units; r++) {
      z[r] = linear(sample, r);
    }
  }

  @Override
  public void update(BatchCoefficients batch, double keep) {
    rule.check(keep);
    if (keep != 1 && !rule.decays()) {
      throw new IllegalStateException("this engine was made without weight decay");
    }
    double[] factors = new double[scales.length];
    for (int part = 0; part < scales.length; part++) {
      rescale(part, rule.rate(part, keep));
      factors[part] = rule.share(part, keep) / scales[part];
    }
    apply(batch, factors);
  }

  /** Adds a batch to weights and inner products, times a factor for each part. */
  private void apply(BatchCoefficients batch, double[] factors) {
    BatchPull pull = new BatchPull(inputs, batch, units);
    int[] touched = pull.touched();
    for (int part = 0; part < factors.length; part++) {
      for (int j = 0; j < batch.samples(); j++) {
        weights.begin(part, batch.sample(j));
        for (int i = batch.start(j); i < batch.end(j); i++) {
          weights.add(part, batch.neuron(i), batch.sample(j), batch.coefficient(i) * factors[part]);
        }
      }
    }
    UpdatePaths paths = UpdatePaths.of(neurons, belowLinear(touched));
    innerProducts += (long) touched.length * inputs.size();
    parallel.forRange(
        inputs.size(),
        SAMPLES_PER_TASK,
        (from, to, worker) -> {
          double[] delta = new double[touched.length * BatchPull.SAMPLES];
          double[] inner = new double[batch.samples() * BatchPull.SAMPLES];
          for (int start = from; start < to; start += BatchPull.SAMPLES) {
            int end = Math.min(to, start + BatchPull.SAMPLES);
            pull.change(start, end, inner, delta);
            for (int i = start; i < end; i++) {
              apply(i, touched, paths, delta, i - start, factors);
            }
          }
        });
  }

  private int[] belowLinear(int[] touched) {
    int count = touched.length;
    while (count > 0 && touched[count - 1] >= neurons) {
      count--;
    }
    return Arrays.copyOf(touched, count);
  }

  private void rescale(int part, double rate) {
    scales[part] *= rate;
    if (scales[part] >= SMALLEST_SCALE) {
      return;
    }
    for (double[] change : moved[part]) {
      for (int r = 0; r < change.length; r++) {
        change[r] *= scales[part];
      }
    }
    weights.scale(part, scales[part]);
    scales[part] = 1;
  }

  private void apply(
      int i, int[] touched, UpdatePaths paths, double[] delta, int position, double[] factors) {
    if (!rule.shrinks()) {
      tree.update(i, paths, delta, position, BatchPull.SAMPLES);
      for (int t = touched.length - 1; t >= 0 && touched[t] >= neurons; t--) {
        linear[i][touched[t] - neurons] += delta[t * BatchPull.SAMPLES + position];
      }
      return;
    }
    for (int part = 0; part < factors.length; part++) {
      for (int t = 0; t < touched.length; t++) {
        moved[part][i][touched[t]] += delta[t * BatchPull.SAMPLES + position] * factors[part];
      }
    }
  }

  @Override
  public void weights(int unit, double[] tensor) {
    weights.form(unit, weights.coefficients(unit, scales), tensor);
  }

  @Override
  public WeightRecord newRecord() {
    return new ExpansionRecord(
        weights, () -> scales, inputs.size(), units, Precision.DOUBLE, parallel);
  }

  @Override
  public void restore(WeightRecord record) {
    ExpansionRecord expansion = (ExpansionRecord) record;
    BatchCoefficients difference = new BatchCoefficients();
    double[] present = new double[units];
    for (int from = 0; from < inputs.size(); from += BatchPull.SAMPLES) {
      difference.clear();
      for (int i = from; i < Math.min(inputs.size(), from + BatchPull.SAMPLES); i++) {
        weights.read(i, scales, present);
        RealArray wanted = expansion.coefficients(i);
        difference.beginSample(i);
        for (int r = 0; r < units; r++) {
          double c = (wanted == null ? 0 : wanted.get(r)) - present[r];
          if (c != 0) {
            difference.add(r, c, 0);
          }
        }
      }
      applyToFirstPart(difference);
    }
  }

  /** Changes the weights once, as if there were neither decay nor momentum. */
  private void applyToFirstPart(BatchCoefficients batch) {
    double[] factors = new double[scales.length];
    factors[0] = 1 / scales[0];
    apply(batch, factors);
  }

  @Override
  public void visit(StateVisitor visitor) {
    visitor.visit("scales", scales);
    for (int i = 0; i < inputs.size(); i++) {
      if (rule.shrinks()) {
        for (int part = 0; part < scales.length; part++) {
          visitor.visitUnits("moved." + part + "." + i, 1, moved[part][i]);
        }
        continue;
      }
      double[] z = new double[units];
      for (int r = 0; r < neurons; r++) {
        z[r] = tree.leaf(i, r);
      }
      System.arraycopy(linear[i], 0, z, neurons, units - neurons);
      visitor.visitUnits("z." + i, 1, z);
      tree.init(i, Arrays.copyOf(z, neurons));
      System.arraycopy(z, neurons, linear[i], 0, units - neurons);
    }
    weights.visit(visitor);
  }

  @Override
  public void release() {}

  /** What the tree has counted. */
  public TreeCounters treeCounters() {
    return tree.counters();
  }

  @Override
  public WorkCounters work() {
    TreeCounters counters = tree.counters();
    return new WorkCounters(
        counters.queries(),
        counters.neuronsFired(),
        counters.leavesVisited(),
        counters.nodesVisited(),
        innerProducts);
  }
}
