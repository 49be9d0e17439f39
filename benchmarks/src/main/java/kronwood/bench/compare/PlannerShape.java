package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.loss.SquaredLoss;
import kronwood.train.TrainingProblem;

/**
 * A made-up problem that the planner has to find a plan for: Gaussian coordinates, samples drawn
 * from the grid of entities without repetition, and a target that the product of the first
 * coordinates explains but for some noise.
 *
 * @param name of the table's row
 * @param tables entities and rank of each table
 * @param tableOfMode table of each mode
 * @param tied whether a sample names the same entity in every mode
 * @param samples how many
 * @param neurons width of the network
 * @param batch samples per step
 */
record PlannerShape(
    String name,
    List<Entities> tables,
    List<Integer> tableOfMode,
    boolean tied,
    int samples,
    int neurons,
    int batch) {
  private static final double NOISE = 0.1;
  private static final int EXPLAINING = 3;

  /**
   * Entities of one or more modes.
   *
   * @param count how many
   * @param rank coordinates of each
   */
  record Entities(int count, int rank) {}

  /** Samples that name entities of one table for each mode. */
  static PlannerShape grid(String name, int samples, int neurons, int batch, Entities... tables) {
    List<Integer> modes = new ArrayList<>();
    for (int k = 0; k < tables.length; k++) {
      modes.add(k);
    }
    return new PlannerShape(name, List.of(tables), modes, false, samples, neurons, batch);
  }

  /** Sizes in words. */
  String sizes() {
    List<String> modes = new ArrayList<>();
    for (int table : tableOfMode) {
      modes.add(tables.get(table).count() + " (rank " + tables.get(table).rank() + ")");
    }
    return String.join(" × ", modes);
  }

  /** The same problem each time. */
  TrainingProblem problem(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> coordinates = new ArrayList<>();
    List<FactorTable> factors = new ArrayList<>();
    for (Entities table : tables) {
      double[] values = new double[table.count() * table.rank()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian() / Math.sqrt(table.rank());
      }
      coordinates.add(values);
      factors.add(FactorTable.of(table.count(), table.rank(), values));
    }
    int[] tuples = tuples(random);
    int modes = tableOfMode.size();
    float[] targets = new float[samples];
    for (int i = 0; i < samples; i++) {
      double y = NOISE * random.nextGaussian();
      for (int c = 0; c < EXPLAINING; c++) {
        double product = 1;
        for (int k = 0; k < modes; k++) {
          int rank = tables.get(tableOfMode.get(k)).rank();
          double[] values = coordinates.get(tableOfMode.get(k));
          product *= Math.sqrt(rank) * values[tuples[i * modes + k] * rank + c % rank];
        }
        y += product;
      }
      targets[i] = (float) y;
    }
    EntityTuples drawn = EntityTuples.of(modes, tuples);
    int[] ofMode = tableOfMode.stream().mapToInt(Integer::intValue).toArray();
    return new TrainingProblem(
        StructuredInputs.of(factors, ofMode, drawn),
        Samples.of(drawn, RealTargets.of(List.of("y"), targets)),
        Split.trainOnAll(samples),
        new SquaredLoss());
  }

  private int[] tuples(SplittableRandom random) {
    int modes = tableOfMode.size();
    int[] sizes = new int[modes];
    Arrays.setAll(sizes, k -> tables.get(tableOfMode.get(k)).count());
    int cells = tied ? sizes[0] : Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    int[] shuffled = new int[cells];
    Arrays.setAll(shuffled, i -> i);
    int[] tuples = new int[samples * modes];
    for (int i = 0; i < samples; i++) {
      int other = random.nextInt(i, cells);
      int cell = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = cell;
      for (int k = modes - 1; k >= 0; k--) {
        tuples[i * modes + k] = tied ? cell : cell % sizes[k];
        cell = tied ? cell : cell / sizes[k];
      }
    }
    return tuples;
  }
}
