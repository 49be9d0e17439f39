package kronwood.bench.compare;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.network.InitialWeights;

/**
 * The process that trains with PyTorch, and what is said to it; {@code kronwood.bench.pytorch.Main}
 * describes the format.
 */
final class TorchProcess implements AutoCloseable {
  private final Process process;
  private final DataOutputStream out;
  private final DataInputStream in;

  private TorchProcess(Process process) {
    this.process = process;
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
  }

  /**
   * What one lap brought.
   *
   * @param seconds on the clock
   * @param losses of its batches, each a sum over samples
   */
  record Lap(double seconds, double[] losses) {}

  /**
   * What a training brought.
   *
   * @param memory bytes by which the process grew, −1 if unknown
   */
  record Training(long memory, List<Lap> laps) {}

  /**
   * What the process is told first.
   *
   * @param layer how inner products are formed: linear, einsum or bilinear
   * @param threads threads it may use
   * @param inputs pairs in reduced coordinates
   * @param targets one number per sample, as the network learns it
   * @param initial the network before training
   * @param learningRate step size
   */
  record Problem(
      String layer,
      int threads,
      StructuredInputs inputs,
      float[] targets,
      InitialWeights initial,
      double learningRate) {}

  /** Starts the process and tells it what to train. */
  static TorchProcess start(Path jar, Problem problem) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            jar.toString());
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(problem.threads));
    builder.redirectError(Redirect.INHERIT);
    try {
      TorchProcess started = new TorchProcess(builder.start());
      started.write(problem);
      return started;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(Problem problem) throws IOException {
    int neurons = problem.initial.options().neurons();
    out.writeUTF(problem.layer);
    out.writeInt(problem.threads);
    out.writeInt(neurons);
    write(problem.inputs.factor(0));
    write(problem.inputs.factor(1));
    for (int mode = 0; mode < 2; mode++) {
      out.writeInt(problem.inputs.size());
      for (int i = 0; i < problem.inputs.size(); i++) {
        out.writeInt(problem.inputs.entity(i, mode));
      }
    }
    out.writeInt(problem.targets.length);
    for (float target : problem.targets) {
      out.writeFloat(target);
    }
    out.writeInt(neurons);
    for (int r = 0; r < neurons; r++) {
      out.writeFloat((float) (problem.initial.sign(0, r) / Math.sqrt(neurons)));
    }
    out.writeFloat((float) problem.initial.options().shift());
    out.writeDouble(problem.learningRate);
    out.flush();
  }

  private void write(FactorTable table) throws IOException {
    out.writeInt(table.rank());
    out.writeInt(Math.multiplyExact(table.entities(), table.rank()));
    for (int e = 0; e < table.entities(); e++) {
      for (int c = 0; c < table.rank(); c++) {
        out.writeFloat((float) table.coordinate(e, c));
      }
    }
  }

  /** What trains, in words: once, before the first training. */
  String description() {
    try {
      return in.readUTF();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Trains from the initial weights.
   *
   * @param dimension length of a neuron's weights
   * @param laps batches of each lap, one lap after the other
   */
  Training train(InitialWeights initial, int dimension, List<List<int[]>> laps) {
    try {
      write(initial, dimension);
      out.writeInt(laps.size());
      for (List<int[]> lap : laps) {
        out.writeInt(lap.size());
        for (int[] batch : lap) {
          out.writeInt(batch.length);
          for (int sample : batch) {
            out.writeInt(sample);
          }
        }
      }
      out.flush();
      long memory = in.readLong();
      List<Lap> trained = new ArrayList<>();
      for (int lap = 0; lap < laps.size(); lap++) {
        double seconds = in.readDouble();
        double[] losses = new double[in.readInt()];
        for (int i = 0; i < losses.length; i++) {
          losses[i] = in.readDouble();
        }
        trained.add(new Lap(seconds, losses));
      }
      return new Training(memory, trained);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(InitialWeights initial, int dimension) throws IOException {
    double[] weights = new double[dimension];
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, dimension));
    for (int r = 0; r < initial.options().neurons(); r++) {
      initial.weights(r, weights);
      for (int i = 0; i < dimension; i++) {
        bytes.putFloat(Float.BYTES * i, (float) weights[i]);
      }
      out.write(bytes.array());
    }
  }

  private static PeerException failed(IOException cause) {
    return new PeerException(
        "PyTorch's process ended early; above is what it said, if it did", cause);
  }

  /** Ends the process. */
  @Override
  public void close() {
    try {
      out.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
