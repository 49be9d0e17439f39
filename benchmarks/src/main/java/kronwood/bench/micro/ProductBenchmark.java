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
 * The contraction of the tensors of 16 neurons with the entities of one side of a block, where
 * weights are the state: a product of matrices, and the same with one inner product a number. In
 * such an inner product each multiplication loads two numbers, so that a processor of two loads and
 * two multiplications a cycle reaches half of its peak: twice its rate is the peak to compare with.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the parameters in, then calls prepare().
public class ProductBenchmark {
  private static final int ENTITIES = 96;
  private static final double TOLERANCE = 1e-4;

  /** Coordinates a side; the tensors have the square of this as size. */
  @Param({"33", "101"})
  public int rank;

  private final Kernels kernels = Kernels.active();
  private float[] entities;
  private float[] tensors;
  private float[] turned;
  private float[] out;

  /** Draws the matrices and checks one way against the other. */
  @Setup(Level.Trial)
  public void prepare() {
    SplittableRandom random = new SplittableRandom(rank);
    int columns = rank * Kernels.PANEL;
    entities = gaussian(ENTITIES * rank, random);
    tensors = gaussian(rank * columns, random);
    turned = new float[tensors.length];
    for (int k = 0; k < rank; k++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rank + k] = tensors[k * columns + j];
      }
    }
    out = new float[ENTITIES * columns];
    double[] expected = asDoubles(contractByDots());
    Checks.same("product", expected, asDoubles(contract()), TOLERANCE);
  }

  private static float[] gaussian(int length, SplittableRandom random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[] asDoubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  /** A product of matrices. */
  @Benchmark
  public float[] contract() {
    int columns = rank * Kernels.PANEL;
    kernels.timesMatrix(
        entities, 0, rank, 1, tensors, 0, columns, out, 0, columns, ENTITIES, rank, columns, false);
    return out;
  }

  /** The same, number by number. */
  @Benchmark
  public float[] contractByDots() {
    int columns = rank * Kernels.PANEL;
    for (int i = 0; i < ENTITIES; i++) {
      for (int j = 0; j < columns; j++) {
        out[i * columns + j] = kernels.dot(entities, i * rank, turned, j * rank, rank);
      }
    }
    return out;
  }
}
