package kronwood.bench.micro;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kronwood.math.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Adding the log entries of 16 neurons to one strip of their states: the entries of neurons that
 * fired, summed and turned around, and the same as a product of matrices, zeros included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the parameters in, then calls prepare().
public class AbsorbBenchmark {
  private static final int PANEL = Kernels.PANEL;
  private static final int STRIP = Kernels.STRIP;
  private static final double TOLERANCE = 1e-4;

  /** Inputs of a block that change one column of the states. */
  @Param({"36", "120", "1024"})
  public int inputs;

  /** Share of the neurons that fire on an input. */
  @Param({"0.05", "0.14"})
  public double density;

  private final Kernels kernels = Kernels.active();
  private float[] rows;
  private float[] matrix;
  private int[] at;
  private float[] coefficients;
  private final int[] bounds = new int[PANEL + 1];
  private final float[] sums = new float[PANEL * STRIP];
  private final float[] work = new float[PANEL * STRIP];
  private float[] out;

  /** Draws entries and checks one way against the other. */
  @Setup(Level.Trial)
  public void prepare() {
    SplittableRandom random = new SplittableRandom(inputs);
    rows = new float[inputs * STRIP];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    matrix = new float[inputs * PANEL];
    at = new int[matrix.length];
    coefficients = new float[matrix.length];
    int entries = 0;
    for (int lane = 0; lane < PANEL; lane++) {
      for (int input = 0; input < inputs; input++) {
        if (random.nextDouble() < density) {
          coefficients[entries] = (float) random.nextGaussian();
          matrix[input * PANEL + lane] = coefficients[entries];
          at[entries++] = input * STRIP;
        }
      }
      bounds[lane + 1] = entries;
    }
    out = new float[STRIP * PANEL];
    double[] expected = asDoubles(whole());
    Arrays.fill(out, 0);
    Checks.same("absorbing", expected, asDoubles(firedOnly()), TOLERANCE);
  }

  private static double[] asDoubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  /** What fired, neuron by neuron. */
  @Benchmark
  public float[] firedOnly() {
    kernels.sumStrips(rows, 0, at, coefficients, bounds, 0, 1, STRIP, false, sums);
    kernels.addTurned(sums, work, STRIP, out, 0, PANEL);
    return out;
  }

  /** A product of matrices in which most factors are 0. */
  @Benchmark
  public float[] whole() {
    kernels.timesMatrix(
        rows, 0, 1, STRIP, matrix, 0, PANEL, out, 0, PANEL, STRIP, inputs, PANEL, true);
    return out;
  }
}
