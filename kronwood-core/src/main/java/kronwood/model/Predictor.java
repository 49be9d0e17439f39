package kronwood.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.fault.InputException;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.input.TensorContraction;
import kronwood.math.Parallel;
import kronwood.network.Activation;
import org.jspecify.annotations.Nullable;

/**
 * Predicts for tuples of entities that a model knows, or that were given to it.
 *
 * <p>Cost for n pairs: m · (distinct left entities · d + n · rank_right), in chunks of 65,536
 * tuples, of comparisons 8,192; T times that where inputs are sums of T products. Memory: the
 * coordinates, and 16 outputs (and one for each member of an ensemble) a tuple of one chunk.
 * Thread-safe.
 */
public final class Predictor {
  private static final int CHUNK = 1 << 16;

  /** Where two entities are compared, as every pair has coordinates of its own. */
  private static final int CHUNK_OF_COMPARISONS = 1 << 13;

  /** Sums over neurons are cut here, whatever the number of threads. */
  private static final int NEURON_BLOCKS = 16;

  private final Model model;
  private final int threads;
  private final List<FactorTable> factors = new ArrayList<>();
  private final List<@Nullable EntityIds> newIds = new ArrayList<>();
  private final KnownEntitySets known;

  /** Predicts where an entity is new, null if this one does; it numbers entities alike. */
  private final @Nullable Predictor others;

  Predictor(Model model, List<EntityTable> newEntities, int threads) {
    this.model = model;
    this.threads = threads;
    this.known = KnownEntitySets.of(model);
    NewEntities.check(model, newEntities);
    for (ModelTable table : model.tables()) {
      FactorTable known = table.factors();
      EntityTable given = NewEntities.find(newEntities, table.name());
      if (given == null) {
        factors.add(known);
        newIds.add(null);
      } else {
        NewEntities.checkColumns(table, given);
        FactorTable embedded = table.map().embedAll(given.attributes());
        checkMagnitude(given, embedded);
        factors.add(known.append(embedded));
        newIds.add(given.ids());
      }
    }
    Model other = model.others();
    this.others =
        other == null
            ? null
            : new Predictor(
                other,
                newEntities.stream().map(each -> NewEntities.forOthers(other, each)).toList(),
                threads);
  }

  /** Coordinates of known entities were small enough when the model was read. */
  private void checkMagnitude(EntityTable given, FactorTable embedded) {
    if (embedded.isOfIdentities()) {
      return;
    }
    double largest = 0;
    for (int e = 0; e < embedded.entities(); e++) {
      for (int c = 0; c < embedded.rank(); c++) {
        largest = Math.max(largest, Math.abs(embedded.coordinate(e, c)));
      }
    }
    if (!ModelMagnitude.isFinite(model, largest)) {
      throw new InputException(
          "the coordinates of the new entities of table '"
              + given.name()
              + "' are so large that predictions might not be finite: their attributes are, or the"
              + " model is damaged");
    }
  }

  /** Entity of a mode by its id, to be put into tuples; −1 if it is neither known nor given. */
  public int indexOf(int mode, String id) {
    int table = model.tableOfMode()[mode];
    EntityIds known = model.tables().get(table).ids();
    EntityIds given = newIds.get(table);
    if (given != null) {
      int position = given.indexOf(id);
      if (position >= 0) {
        return known.size() + position;
      }
    }
    return known.indexOf(id);
  }

  /** Numbers per prediction, C. */
  public int outputs() {
    return model.network().outputs();
  }

  /**
   * Predictions for tuples, one row of C numbers each: real targets in their own units, the
   * probability of the positive class, or the probability of each class.
   *
   * @param tuples entities as {@link #indexOf} numbers them
   * @throws InputException if a tuple does not have one entity per mode, or names an entity that
   *     does not exist
   */
  public double[] predict(EntityTuples tuples) {
    return predictWithDeviations(tuples).values();
  }

  /**
   * Predictions for tuples, of an ensemble with their standard deviations.
   *
   * @param tuples as {@link #predict} takes them
   * @throws InputException as {@link #predict} does
   */
  public Predictions predictWithDeviations(EntityTuples tuples) {
    int outputs = outputs();
    double[] values = new double[Math.multiplyExact(tuples.size(), outputs)];
    double[] deviations = new double[model.network().members() > 1 ? values.length : 0];
    forEachChunk(
        tuples,
        (first, f) -> {
          Predictions made = Predictions.of(f, model, i -> known.newModes(tuples, first + i));
          int to = first * outputs;
          System.arraycopy(made.values(), 0, values, to, made.values().length);
          if (made.hasDeviations()) {
            System.arraycopy(made.deviations(), 0, deviations, to, made.deviations().length);
          }
        });
    if (others != null) {
      int[] left = withNewEntities(tuples);
      Predictions made = others.predictWithDeviations(tuples.select(left));
      scatter(made.values(), left, outputs, values);
      if (made.hasDeviations()) {
        scatter(made.deviations(), left, outputs, deviations);
      }
    }
    return new Predictions(values, deviations);
  }

  /** The tuples of which an entity is new. */
  private int[] withNewEntities(EntityTuples tuples) {
    return IntStream.range(0, tuples.size()).filter(i -> known.newModes(tuples, i) != 0).toArray();
  }

  /** Puts rows of {@code width} numbers into the places of the listed tuples. */
  private static void scatter(double[] rows, int[] listed, int width, double[] to) {
    for (int i = 0; i < listed.length; i++) {
      System.arraycopy(rows, i * width, to, listed[i] * width, width);
    }
  }

  /**
   * What each member of an ensemble predicts for tuples, E · C numbers each: output c of member e
   * at {@code e · C + c}.
   *
   * @param tuples as {@link #predict} takes them
   * @throws InputException as {@link #predict} does
   */
  public double[] predictOfMembers(EntityTuples tuples) {
    int width = model.network().width();
    double[] values = new double[Math.multiplyExact(tuples.size(), width)];
    forEachChunk(
        tuples,
        (first, f) -> {
          Predictions.ofMembers(f, model.target());
          System.arraycopy(f, 0, values, first * width, f.length);
        });
    if (others != null) {
      int[] left = withNewEntities(tuples);
      scatter(others.predictOfMembers(tuples.select(left)), left, width, values);
    }
    return values;
  }

  /** Takes the outputs of all members for some tuples. */
  @FunctionalInterface
  private interface Chunk {
    /** Takes those of tuple {@code first} and the following ones. */
    void accept(int first, double[] f);
  }

  private void forEachChunk(EntityTuples tuples, Chunk to) {
    try (Parallel parallel = Parallel.of(threads)) {
      int most = model.form().comparison() == null ? CHUNK : CHUNK_OF_COMPARISONS;
      for (int from = 0; from < tuples.size(); from += most) {
        int[] chunk = new int[Math.min(most, tuples.size() - from)];
        for (int i = 0; i < chunk.length; i++) {
          chunk[i] = from + i;
        }
        StructuredInputs inputs = inputs(tuples.select(chunk));
        to.accept(from, forward(inputs, tuples, chunk, parallel));
      }
    }
  }

  /**
   * The inputs of tuples, as the network takes them: products of coordinates, or sums of such.
   *
   * @param tuples as {@link #predict} takes them
   * @throws InputException as {@link #predict} does
   */
  public StructuredInputs inputs(EntityTuples tuples) {
    return StructuredInputs.of(factors, model.tableOfMode(), tuples, model.form());
  }

  /**
   * Predictions for any entities of one mode, given those of all others; much faster than {@link
   * #predict} where there are many.
   *
   * @param free the mode whose entities are predicted for
   * @param given an entity for each mode, as {@link #indexOf} numbers them; that of mode {@code
   *     free} is not read
   * @throws InputException if there is not one entity per mode, an entity or the free mode does not
   *     exist
   */
  public GivenPredictor given(int free, int... given) {
    GivenPredictor ofNew = others == null ? null : others.given(free, given);
    return new GivenPredictor(model, factors, known, given, free, threads, ofNew);
  }

  /** Outputs of all members, E · C a tuple. */
  private double[] forward(
      StructuredInputs inputs, EntityTuples tuples, int[] chunk, Parallel parallel) {
    if (inputs.isSparse()) {
      return SparseForward.outputs(model, inputs, parallel);
    }
    int n = inputs.size();
    int outputs = outputs();
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    TensorContraction contraction = new TensorContraction(inputs, all);
    int members = model.network().members();
    int neurons = model.network().memberNeurons();
    int blocks = Math.min(Math.max(1, NEURON_BLOCKS / members), neurons);
    double[][] sums = new double[members * blocks][n * outputs];
    parallel.forRange(
        members * blocks,
        1,
        (fromBlock, toBlock, worker) -> {
          double[] tensor = new double[contraction.tensorSize()];
          double[] z = new double[n];
          for (int b = fromBlock; b < toBlock; b++) {
            int first = b / blocks * neurons;
            long block = b % blocks;
            int end = first + (int) ((block + 1) * neurons / blocks);
            for (int r = first + (int) (block * neurons / blocks); r < end; r++) {
              addNeuron(r, contraction, tensor, z, sums[b]);
            }
          }
        });
    double[] f = new double[n * members * outputs];
    double norm = 1 / Math.sqrt(neurons);
    for (int i = 0; i < f.length; i++) {
      int member = i / outputs % members;
      int from = i / (members * outputs) * outputs + i % outputs;
      double sum = 0;
      for (int block = member * blocks; block < (member + 1) * blocks; block++) {
        sum += sums[block][from];
      }
      f[i] = norm * sum;
    }
    addLinear(contraction, f);
    if (!model.settings().isEmpty()) {
      blend(contraction, settings(tuples, chunk), f);
    }
    return f;
  }

  /** For each tuple the modes whose entities are new. */
  private int[] settings(EntityTuples tuples, int[] chunk) {
    int[] settings = new int[chunk.length];
    for (int i = 0; i < chunk.length; i++) {
      settings[i] = known.newModes(tuples, chunk[i]);
    }
    return settings;
  }

  /** Weighs the network's outputs and adds the linear model of each tuple's setting. */
  private void blend(TensorContraction contraction, int[] settings, double[] f) {
    int width = model.network().width();
    int outputs = outputs();
    double[] tensor = new double[contraction.tensorSize()];
    double[] z = new double[settings.length];
    for (SettingWeights weights : model.settings()) {
      if (Arrays.stream(settings).noneMatch(s -> s == weights.newModes())) {
        continue;
      }
      for (int c = 0; c < outputs; c++) {
        boolean hasLinear = weights.linear().length > 0;
        if (hasLinear) {
          for (int i = 0; i < tensor.length; i++) {
            tensor[i] = weights.linear()[c][i];
          }
          contraction.evaluate(tensor, z);
        }
        for (int i = 0; i < settings.length; i++) {
          if (settings[i] == weights.newModes()) {
            double added = hasLinear ? z[i] : 0;
            weights.weigh(f, i * width + c, (i + 1) * width, outputs, c, added);
          }
        }
      }
    }
  }

  private void addLinear(TensorContraction contraction, double[] f) {
    double[] tensor = new double[contraction.tensorSize()];
    int width = model.network().width();
    double[] z = new double[f.length / width];
    float[][] linear = model.network().linear();
    for (int c = 0; c < linear.length; c++) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = linear[c][i];
      }
      contraction.evaluate(tensor, z);
      for (int i = 0; i < z.length; i++) {
        f[i * width + c] += z[i];
      }
    }
  }

  private void addNeuron(
      int neuron, TensorContraction contraction, double[] tensor, double[] z, double[] sums) {
    ModelNetwork network = model.network();
    float[] weights = network.weights()[neuron];
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = weights[i];
    }
    contraction.evaluate(tensor, z);
    Activation activation = model.activation();
    int outputs = network.outputs();
    for (int i = 0; i < z.length; i++) {
      double active = activation.of(z[i], network.shift());
      if (active != 0) {
        for (int c = 0; c < outputs; c++) {
          sums[i * outputs + c] += network.output()[c * network.neurons() + neuron] * active;
        }
      }
    }
  }
}
