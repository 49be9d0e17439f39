package kronwood.bench.micro;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kronwood.math.kernel.KernelProvider;
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

/** The kernels that training spends its time in, scalar against vector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the parameters in, then calls prepare().
public class KernelBenchmark {
  private static final int ROWS = 16;
  private static final double TOLERANCE = 1e-12;

  /** The side of the pair. */
  @Param({"scalar", "vector"})
  public String side;

  /** Length of vectors; for timesRows, the columns of a matrix of {@value #ROWS} rows. */
  @Param({"64", "1024", "16384"})
  public int size;

  private Kernels kernels;
  private double[] x;
  private double[] y;
  private double[] rows;
  private double[] factors;

  /** Draws the operands and checks this side's results against plain loops. */
  @Setup(Level.Trial)
  public void prepare() {
    kernels = KernelProvider.select(side);
    SplittableRandom random = new SplittableRandom(size);
    x = gaussian(size, random);
    y = gaussian(size, random);
    rows = gaussian(ROWS * size, random);
    factors = gaussian(ROWS, random);
    check();
  }

  private static double[] gaussian(int length, SplittableRandom random) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  private void check() {
    double product = 0;
    double[] sum = y.clone();
    double[] combined = new double[size];
    for (int i = 0; i < size; i++) {
      product += x[i] * y[i];
      sum[i] += 0.5 * x[i];
      for (int r = 0; r < ROWS; r++) {
        combined[i] += factors[r] * rows[r * size + i];
      }
    }
    // A sum of n products may lose n roundings of their absolute values, here about 1 each.
    if (!(Math.abs(product - dot()) <= TOLERANCE * size)) {
      throw new IllegalStateException(side + " dot is " + dot() + ", expected " + product);
    }
    double[] found = y.clone();
    kernels.axpy(0.5, x, 0, found, 0, size);
    Checks.same(side + " axpy", sum, found, TOLERANCE);
    found = new double[size];
    kernels.timesRows(factors, 0, rows, 0, ROWS, size, found, 0);
    Checks.same(side + " timesRows", combined, found, TOLERANCE);
  }

  /** An inner product. */
  @Benchmark
  public double dot() {
    return kernels.dot(x, 0, y, 0, size);
  }

  /** A multiple of one vector added to another, as when a coefficient moves a block of samples. */
  @Benchmark
  public double[] axpy() {
    kernels.axpy(1e-9, x, 0, y, 0, size);
    return y;
  }

  /** A combination of {@value #ROWS} rows, as when a mode is contracted. */
  @Benchmark
  public double[] timesRows() {
    kernels.timesRows(factors, 0, rows, 0, ROWS, size, y, 0);
    return y;
  }
}
