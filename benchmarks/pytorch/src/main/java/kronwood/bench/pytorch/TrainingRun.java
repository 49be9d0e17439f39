package kronwood.bench.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains one problem again and again, each time from the weights it is given.
 *
 * <p>Memory while training: 4 · m · d bytes of weights, and what a step of the {@link Layer} needs.
 */
final class TrainingRun implements AutoCloseable {
  private final Problem problem;
  private final Model model;
  private final NDArray left;
  private final NDArray right;
  private final NDArray outputs;
  private final NDArray shift;

  TrainingRun(Problem problem) throws IOException {
    this.problem = problem;
    this.model = Model.newInstance("step", "PyTorch");
    try {
      model.load(new ByteArrayInputStream(ScriptArchive.of(problem.layer().source())));
    } catch (MalformedModelException e) {
      throw new IllegalStateException(problem.layer() + " is no TorchScript program", e);
    }
    NDManager manager = model.getNDManager();
    this.left = table(manager, problem.left());
    this.right = table(manager, problem.right());
    this.outputs = manager.create(problem.outputs());
    this.shift = manager.create(problem.shift());
  }

  private static NDArray table(NDManager manager, Problem.Rows rows) {
    long entities = rows.values().length / rows.columns();
    return manager.create(rows.values(), new Shape(entities, rows.columns()));
  }

  /** Which PyTorch this is, and on how many threads. */
  String description() {
    return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + ", threads " + problem.threads();
  }

  /** Reads weights and laps, trains, and writes memory, times and losses. */
  void train(DataInputStream in, DataOutputStream out) throws IOException {
    long before = ResidentSet.beginPeak();
    List<Lap> laps = new ArrayList<>();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDArray weights = readWeights(in, manager);
      int count = in.readInt();
      for (int lap = 0; lap < count; lap++) {
        laps.add(lap(in, manager, weights));
      }
      long peak = ResidentSet.peak();
      boolean known = before != ResidentSet.UNKNOWN && peak != ResidentSet.UNKNOWN;
      out.writeLong(known ? peak - before : ResidentSet.UNKNOWN);
    }
    for (Lap lap : laps) {
      out.writeDouble(lap.seconds);
      out.writeInt(lap.losses.length);
      for (double loss : lap.losses) {
        out.writeDouble(loss);
      }
    }
  }

  private NDArray readWeights(DataInputStream in, NDManager manager) throws IOException {
    int dimension = problem.dimension();
    NDArray weights = manager.zeros(new Shape(problem.neurons(), dimension));
    byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, dimension)];
    float[] row = new float[dimension];
    for (int r = 0; r < problem.neurons(); r++) {
      in.readFully(bytes);
      ByteBuffer.wrap(bytes).asFloatBuffer().get(row);
      try (NDArray values = manager.create(row)) {
        weights.set(new NDIndex(r), values);
      }
    }
    return weights;
  }

  private record Lap(double seconds, double[] losses) {}

  private Lap lap(DataInputStream in, NDManager parent, NDArray weights) throws IOException {
    try (NDManager manager = parent.newSubManager()) {
      List<Batch> batches = new ArrayList<>();
      int count = in.readInt();
      for (int batch = 0; batch < count; batch++) {
        batches.add(new Batch(Problem.ints(in), manager));
      }
      ParameterStore parameters = new ParameterStore(manager, false);
      double[] losses = new double[count];
      // Not used but by the layer that forms its inputs; there the first batch replaces it.
      NDArray buffer = manager.zeros(new Shape(0, problem.dimension()));
      long started = System.nanoTime();
      for (int i = 0; i < count; i++) {
        Batch batch = batches.get(i);
        if (problem.layer() == Layer.LINEAR && buffer.getShape().get(0) != batch.size) {
          buffer.close();
          buffer = manager.create(new Shape(batch.size, problem.dimension()));
        }
        try (NDManager step = manager.newSubManager()) {
          NDList inputs =
              new NDList(
                  weights,
                  left,
                  right,
                  batch.left,
                  batch.right,
                  batch.targets,
                  outputs,
                  shift,
                  batch.step,
                  buffer);
          NDList loss = model.getBlock().forward(parameters, inputs, false);
          loss.attach(step);
          losses[i] = loss.singletonOrThrow().getFloat();
        }
      }
      return new Lap((System.nanoTime() - started) * 1e-9, losses);
    }
  }

  /** A batch as PyTorch takes it: made before the clock starts. */
  private final class Batch {
    final int size;
    final NDArray left;
    final NDArray right;
    final NDArray targets;
    final NDArray step;

    Batch(int[] samples, NDManager manager) {
      size = samples.length;
      long[] leftEntities = new long[size];
      long[] rightEntities = new long[size];
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        leftEntities[i] = problem.leftOf()[samples[i]];
        rightEntities[i] = problem.rightOf()[samples[i]];
        values[i] = problem.targets()[samples[i]];
      }
      left = manager.create(leftEntities);
      right = manager.create(rightEntities);
      targets = manager.create(values);
      step = manager.create((float) (-problem.learningRate() / size));
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
