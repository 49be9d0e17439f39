package kronwood.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.fault.InputException;
import kronwood.gram.FactorTable;
import kronwood.input.PartialContraction;
import kronwood.math.Parallel;
import kronwood.math.kernel.Kernels;
import kronwood.network.Activation;
import org.jspecify.annotations.Nullable;

/**
 * Predicts for any entities of one mode, given those of all other modes: what {@link Predictor}
 * does, for many candidates that share the rest of their tuple.
 *
 * <p>Every neuron's weights are contracted with the given entities once; what is left is a matrix
 * product of candidates × rank by rank × m, in panels of 16 neurons and blocks of candidates. Cost:
 * m · Π_k rank_k at first, then m · rank a candidate. Memory: 8 · m · rank bytes. Results do not
 * depend on the number of threads, nor on the other candidates. Immutable and thread-safe.
 */
public final class GivenPredictor {
  private static final int PANEL = Kernels.PANEL;
  private static final int BLOCK = 256;

  private final Model model;
  private final int threads;
  private final PartialContraction contraction;
  private final List<FactorTable> tables;
  private final int[] given;

  /** Contracted neurons in panels, then the contracted linear skip of each output. */
  private final double[][] panels;

  /** Panels of each member's neurons; each is filled up with zeros. */
  private final int memberPanels;

  private final int neuronPanels;

  /** Output layer by output, padded with zeros to whole panels. */
  private final double[] output;

  private final int[] places;
  private final KnownEntitySets known;
  private final int free;

  /** The weights of the parts for known and for new candidates; empty: the network alone counts. */
  private final List<SettingWeights> settings;

  /** Of each of these the contracted linear model, a vector for each output. */
  private final double[][][] linearOf;

  /** Whether one of the given entities is new. */
  private final boolean isGivenNew;

  /** Predicts where an entity is new, null if this one does. */
  private final @Nullable GivenPredictor others;

  GivenPredictor(
      Model model,
      List<FactorTable> tables,
      KnownEntitySets known,
      int[] given,
      int free,
      int threads,
      @Nullable GivenPredictor others) {
    this.others = others;
    this.model = model;
    this.known = known;
    this.free = free;
    this.threads = threads;
    this.tables = List.copyOf(tables);
    this.given = given.clone();
    this.contraction =
        new PartialContraction(tables, model.tableOfMode(), model.form(), given, free);
    this.isGivenNew = newModes(known, given, free) != 0;
    ModelNetwork network = model.network();
    int memberNeurons = network.memberNeurons();
    this.memberPanels = (memberNeurons + PANEL - 1) / PANEL;
    this.neuronPanels = network.members() * memberPanels;
    int linearPanels = (network.linear().length + PANEL - 1) / PANEL;
    // Weights of single entries are read for each candidate.
    int panelCount = network.entries() == null ? neuronPanels + linearPanels : 0;
    this.panels = new double[panelCount][];
    try (Parallel parallel = Parallel.of(threads)) {
      parallel.forRange(
          panels.length,
          1,
          (from, to, worker) -> {
            for (int p = from; p < to; p++) {
              panels[p] =
                  p < neuronPanels
                      ? panel(
                          network.weights(),
                          p / memberPanels * memberNeurons + p % memberPanels * PANEL,
                          (p / memberPanels + 1) * memberNeurons)
                      : panel(
                          network.linear(), (p - neuronPanels) * PANEL, network.linear().length);
            }
          });
    }
    int padded = neuronPanels * PANEL;
    this.output = new double[network.outputs() * padded];
    for (int c = 0; c < network.outputs(); c++) {
      for (int r = 0; r < network.neurons(); r++) {
        int member = r / memberNeurons;
        int place = member * memberPanels * PANEL + r % memberNeurons;
        output[c * padded + place] = network.output()[c * network.neurons() + r];
      }
    }
    this.places = new int[BLOCK];
    Arrays.setAll(places, i -> i * PANEL);
    this.settings = model.settings().isEmpty() ? List.of() : settings(given);
    this.linearOf = new double[settings.size()][][];
    for (int s = 0; s < linearOf.length; s++) {
      float[][] linear = settings.get(s).linear();
      linearOf[s] = new double[linear.length][];
      for (int c = 0; c < linear.length; c++) {
        linearOf[s][c] = panel(linear, c, c + 1);
      }
    }
  }

  /** Those of known candidates, then those of new ones. */
  private List<SettingWeights> settings(int[] given) {
    int fresh = newModes(known, given, free);
    return List.of(model.settings().get(fresh), model.settings().get(fresh | 1 << free));
  }

  /** The modes but the free one whose entities are new. */
  private static int newModes(KnownEntitySets known, int[] given, int free) {
    int fresh = 0;
    for (int mode = 0; mode < given.length; mode++) {
      fresh |= mode == free ? 0 : known.bit(mode, given[mode]);
    }
    return fresh;
  }

  /** All modes whose entities are new with a candidate. */
  private int newModes(int candidate) {
    return newModes(known, given, free) | known.bit(free, candidate);
  }

  private double[] panel(float[][] tensors, int first, int end) {
    double[] panel = new double[contraction.rank() * PANEL];
    double[] tensor = new double[tensors[0].length];
    for (int lane = 0; lane < PANEL && first + lane < end; lane++) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = tensors[first + lane][i];
      }
      double[] contracted = contraction.contract(tensor);
      for (int i = 0; i < contracted.length; i++) {
        panel[i * PANEL + lane] = contracted[i];
      }
    }
    return panel;
  }

  /** Numbers per prediction, C. */
  public int outputs() {
    return model.network().outputs();
  }

  /**
   * Predictions as {@link Predictor#predict} makes them, one row of C numbers per candidate.
   *
   * @param candidates entities of the free mode, as {@link Predictor#indexOf} numbers them
   * @throws InputException if an entity does not exist
   */
  public double[] predict(int[] candidates) {
    return predictWithDeviations(candidates).values();
  }

  /**
   * Predictions, of an ensemble with their standard deviations.
   *
   * @param candidates as {@link #predict} takes them
   * @throws InputException if an entity does not exist
   */
  public Predictions predictWithDeviations(int[] candidates) {
    int outputs = outputs();
    double[] values = new double[Math.multiplyExact(candidates.length, outputs)];
    double[] deviations = new double[model.network().members() > 1 ? values.length : 0];
    try (Parallel parallel = Parallel.of(threads)) {
      parallel.forRange(
          candidates.length,
          BLOCK,
          (from, to, worker) -> {
            Predictions block = block(candidates, from, to);
            int count = block.values().length;
            System.arraycopy(block.values(), 0, values, from * outputs, count);
            if (block.hasDeviations()) {
              System.arraycopy(block.deviations(), 0, deviations, from * outputs, count);
            }
          });
    }
    return new Predictions(values, deviations);
  }

  /**
   * The candidates with the largest predictions; of equal ones those that are listed first. Of an
   * ensemble with their standard deviations, for which the found ones are predicted once more.
   *
   * <p>Memory besides: 12 bytes · count · threads.
   *
   * @param candidates entities of the free mode, as {@link Predictor#indexOf} numbers them
   * @param ranked the output to rank by, {@code 0 <= ranked < C}
   * @param count how many to find; if there are fewer candidates, all are ranked
   * @throws InputException if an entity or the output does not exist, or count is negative
   */
  public Ranked top(int[] candidates, int ranked, int count) {
    int outputs = outputs();
    if (ranked < 0 || ranked >= outputs || count < 0) {
      throw new InputException(
          "top " + count + " by output " + ranked + " of " + outputs + " outputs");
    }
    int found = Math.min(count, candidates.length);
    TopCandidates[] best = new TopCandidates[threads];
    Arrays.setAll(best, worker -> new TopCandidates(found));
    try (Parallel parallel = Parallel.of(threads)) {
      parallel.forRange(
          candidates.length,
          BLOCK,
          (from, to, worker) -> {
            double[] block = block(candidates, from, to).values();
            for (int i = from; i < to; i++) {
              best[worker].offer(i, block[(i - from) * outputs + ranked]);
            }
          });
    }
    for (int worker = 1; worker < threads; worker++) {
      best[0].offerAll(best[worker]);
    }
    int[] positions = new int[found];
    double[] predictions = new double[found];
    best[0].drain(positions, predictions);
    for (int i = 0; i < found; i++) {
      positions[i] = candidates[positions[i]];
    }
    return new Ranked(positions, predictions, deviations(positions, ranked));
  }

  private double[] deviations(int[] candidates, int output) {
    if (model.network().members() == 1) {
      return new double[0];
    }
    double[] all = predictWithDeviations(candidates).deviations();
    double[] deviations = new double[candidates.length];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = all[i * outputs() + output];
    }
    return deviations;
  }

  private Predictions block(int[] candidates, int from, int to) {
    if (model.network().entries() != null) {
      double[] f = SparseForward.outputs(model, tables, given, free, candidates, from, to);
      return Predictions.of(f, model, i -> newModes(candidates[from + i]));
    }
    PartialContraction.Candidates block = contraction.candidates(candidates, from, to);
    int count = to - from;
    int width = model.network().width();
    double[] z = new double[count * PANEL];
    double[] f = new double[count * width];
    for (int p = 0; p < neuronPanels; p++) {
      contraction.evaluate(panels[p], block, places, z);
      addActivations(z, p, f);
    }
    double norm = 1 / Math.sqrt(model.network().memberNeurons());
    for (int i = 0; i < f.length; i++) {
      f[i] *= norm;
    }
    for (int p = neuronPanels; p < panels.length; p++) {
      contraction.evaluate(panels[p], block, places, z);
      int first = (p - neuronPanels) * PANEL;
      for (int i = 0; i < count; i++) {
        for (int lane = 0; lane < PANEL && first + lane < width; lane++) {
          f[i * width + first + lane] += z[i * PANEL + lane];
        }
      }
    }
    for (int s = 0; s < settings.size(); s++) {
      blend(s, block, candidates, from, z, f);
    }
    Predictions made = Predictions.of(f, model, i -> newModes(candidates[from + i]));
    return others == null ? made : mixed(made, others, candidates, from, to);
  }

  /** Those of {@code others} where an entity is new. */
  private Predictions mixed(
      Predictions made, GivenPredictor others, int[] candidates, int from, int to) {
    int[] fresh =
        IntStream.range(from, to)
            .filter(i -> isGivenNew || known.isNew(free, candidates[i]))
            .toArray();
    if (fresh.length == 0) {
      return made;
    }
    Predictions of = others.block(candidates, from, to);
    int outputs = outputs();
    for (int i : fresh) {
      int at = (i - from) * outputs;
      System.arraycopy(of.values(), at, made.values(), at, outputs);
      if (made.hasDeviations()) {
        System.arraycopy(of.deviations(), at, made.deviations(), at, outputs);
      }
    }
    return made;
  }

  /** Weighs the network's outputs and adds the linear model for known or for new candidates. */
  private void blend(
      int s,
      PartialContraction.Candidates block,
      int[] candidates,
      int from,
      double[] z,
      double[] f) {
    int width = model.network().width();
    int outputs = outputs();
    SettingWeights weights = settings.get(s);
    for (int c = 0; c < outputs; c++) {
      boolean hasLinear = linearOf[s].length > 0;
      if (hasLinear) {
        contraction.evaluate(linearOf[s][c], block, places, z);
      }
      for (int i = 0; i * width < f.length; i++) {
        if (known.isNew(free, candidates[from + i]) == (s == 1)) {
          double added = hasLinear ? z[i * PANEL] : 0;
          weights.weigh(f, i * width + c, (i + 1) * width, outputs, c, added);
        }
      }
    }
  }

  private void addActivations(double[] z, int panel, double[] f) {
    int outputs = outputs();
    int width = model.network().width();
    int first = panel / memberPanels * outputs;
    double shift = model.network().shift();
    Activation activation = model.activation();
    for (int i = 0; i < z.length; i++) {
      z[i] = activation.of(z[i], shift);
    }
    for (int c = 0; c < outputs; c++) {
      int at = (c * neuronPanels + panel) * PANEL;
      for (int i = 0; i * PANEL < z.length; i++) {
        double even = 0;
        double odd = 0;
        for (int lane = 0; lane < PANEL; lane += 2) {
          even += output[at + lane] * z[i * PANEL + lane];
          odd += output[at + lane + 1] * z[i * PANEL + lane + 1];
        }
        f[i * width + first + c] += even + odd;
      }
    }
  }
}
