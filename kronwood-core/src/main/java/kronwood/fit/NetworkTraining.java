package kronwood.fit;

import kronwood.engine.BlockEngine;
import kronwood.fault.InputException;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.kernel.Kernels;
import kronwood.model.ModelNetwork;
import kronwood.network.EntryWeights;
import kronwood.network.NetworkOptions;
import kronwood.network.OutputLayer;
import kronwood.plan.EnginePlan;
import kronwood.train.NeuronShare;
import kronwood.train.StopSignal;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * Trains the network of a problem, alone or together with the processes that hold its other
 * neurons, and puts its weights together.
 *
 * <p>Processes that train together all do this with the same problem and options, and all end with
 * the whole network: the bits that one process ends with.
 */
public final class NetworkTraining {
  /** Numbers that are exchanged at a time when weights are put together. */
  private static final int EXCHANGED = 1 << 16;

  private NetworkTraining() {}

  /**
   * Trains this process's share. The plan is that of the whole network, for which {@code
   * options.memory()} bytes must do in all processes together.
   *
   * @param saved where it is saved after epochs, and goes on from; null for nowhere
   * @param share the neurons held here
   * @return the training, with the plan of the whole network
   * @throws InputException if the network cannot be divided like this
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  static TrainingResult train(
      TrainingProblem problem,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable ResumableTraining saved,
      NeuronShare share) {
    boolean whole = share.neurons().isWhole();
    if (whole && saved == null) {
      return Trainer.train(
          problem, options.network(), options.training(), options.memory(), listener, stop, null);
    }
    if (!whole && problem.inputs().isSparse()) {
      throw new InputException(
          "so many identities have sparse coordinates, which one process trains: take one worker");
    }
    // A training that goes on must not choose another plan because there is more or less memory.
    TrainingOptions planned = saved == null ? options.training() : saved.plan(options.training());
    EnginePlan plan =
        EnginePlan.of(problem.inputs(), options.network(), planned.workload(), options.memory());
    double memory = saved == null ? options.memory() : saved.memory(options.memory());
    if (saved != null) {
      saved.decided(plan, memory);
    }
    TrainingOptions training = options.training().withPlan(plan.engine(), plan.layout());
    TrainingResult result =
        Trainer.train(problem, options.network(), training, memory, listener, stop, saved, share);
    return whole ? result : result.withPlan(plan);
  }

  /** The same, saved nowhere. */
  public static TrainingResult train(
      TrainingProblem problem,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      NeuronShare share) {
    return train(problem, options, listener, stop, null, share);
  }

  /**
   * The whole network that a training ended with. Processes with shares exchange their weights for
   * it: 8 · m · Π rank bytes each way.
   *
   * @param inputs what it was trained on
   */
  static ModelNetwork network(
      TrainingResult result, StructuredInputs inputs, ModelOptions options, NeuronShare share) {
    OutputLayer layer = result.network().output();
    if (inputs.isSparse() && result.network().engine() instanceof BlockEngine engine) {
      return ofEntries(engine, layer, options);
    }
    int dimension = Math.toIntExact(inputs.dimension());
    int units = layer.units();
    float[][] held = new float[units][dimension];
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      parallel.forRange(
          Math.ceilDiv(units, Kernels.PANEL),
          1,
          (first, last, worker) -> {
            for (int from = first * Kernels.PANEL;
                from < units && from < last * Kernels.PANEL;
                from += Kernels.PANEL) {
              int to = Math.min(units, from + Kernels.PANEL);
              float[][] targets = new float[to - from][];
              System.arraycopy(held, from, targets, 0, targets.length);
              result.network().engine().weights(from, to, targets);
            }
          });
    }
    NetworkOptions network = options.network();
    int neurons = network.neurons();
    int outputs = layer.outputs();
    int linear = layer.skip() > 0 ? layer.width() : 0;
    float[][] numbered = new float[neurons + linear][];
    float[][] outputOf = new float[neurons][];
    for (int unit = 0; unit < units; unit++) {
      int number = share.neurons().unit(network, unit);
      numbered[number] = held[unit];
      if (number < neurons) {
        outputOf[number] = new float[outputs];
        for (int c = 0; c < outputs; c++) {
          outputOf[number][c] = (float) layer.weight(c, unit);
        }
      }
    }
    complete(numbered, dimension, share);
    complete(outputOf, outputs, share);
    int[] place = places(network);
    float[][] weights = new float[neurons][];
    float[] output = new float[neurons * outputs];
    for (int r = 0; r < neurons; r++) {
      weights[place[r]] = numbered[r];
      for (int c = 0; c < outputs; c++) {
        output[c * neurons + place[r]] = outputOf[r][c];
      }
    }
    float[][] skip = new float[linear][];
    for (int c = 0; c < linear; c++) {
      skip[c] = numbered[neurons + c];
      for (int i = 0; i < dimension; i++) {
        skip[c][i] = (float) (layer.skip() * skip[c][i]);
      }
    }
    return new ModelNetwork(layer.shift(), weights, output, skip, layer.members());
  }

  /** Of a network whose weights are kept by entry; one process trains it. */
  private static ModelNetwork ofEntries(
      BlockEngine engine, OutputLayer layer, ModelOptions options) {
    int[] place = places(options.network());
    int neurons = layer.neurons();
    float[] output = new float[neurons * layer.outputs()];
    for (int c = 0; c < layer.outputs(); c++) {
      for (int r = 0; r < neurons; r++) {
        output[c * neurons + place[r]] = (float) layer.weight(c, r);
      }
    }
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      EntryWeights entries = engine.takeEntries(parallel);
      return ModelNetwork.ofEntries(layer.shift(), entries.placed(place), output, layer.members());
    }
  }

  /** Where each neuron goes so that those of a member follow each other, in their order. */
  private static int[] places(NetworkOptions network) {
    int members = network.ensemble().members();
    int[] places = new int[network.neurons()];
    int[] next = new int[members];
    for (int r = 0; r < places.length; r++) {
      int member = network.member(r);
      places[r] = member * (places.length / members) + next[member]++;
    }
    return places;
  }

  /**
   * Fills in the rows that other processes hold. Bits travel as whole numbers, to which the zeros
   * of the others add nothing: also a weight of −0 arrives as it is.
   *
   * @param rows null where another process holds the row
   */
  private static void complete(float[][] rows, int length, NeuronShare share) {
    if (share.neurons().isWhole()) {
      return;
    }
    float[][] whole = new float[rows.length][length];
    long all = (long) rows.length * length;
    double[] numbers = new double[(int) Math.min(EXCHANGED, all)];
    for (long first = 0; first < all; first += numbers.length) {
      int count = (int) Math.min(numbers.length, all - first);
      for (int i = 0; i < count; i++) {
        float[] row = rows[(int) ((first + i) / length)];
        numbers[i] =
            row == null
                ? 0
                : Integer.toUnsignedLong(
                    Float.floatToRawIntBits(row[(int) ((first + i) % length)]));
      }
      share.exchange().sum(numbers, count);
      for (int i = 0; i < count; i++) {
        whole[(int) ((first + i) / length)][(int) ((first + i) % length)] =
            Float.intBitsToFloat((int) (long) numbers[i]);
      }
    }
    System.arraycopy(whole, 0, rows, 0, rows.length);
  }
}
