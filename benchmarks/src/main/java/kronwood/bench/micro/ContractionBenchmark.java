package kronwood.bench.micro;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.input.TensorContraction;
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
 * The inner products of one neuron with 1,000 pairs of 64 × 64 entities: contracted mode by mode,
 * and with each input written out. This is what initialisation spends its time in.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the parameters in, then calls prepare().
public class ContractionBenchmark {
  private static final int ENTITIES = 64;
  private static final int PAIRS = 1_000;
  private static final double TOLERANCE = 1e-12;

  /** Coordinates per side; the inputs have the square of this as dimension. */
  @Param({"16", "64"})
  public int rank;

  private StructuredInputs inputs;
  private TensorContraction contraction;
  private double[] tensor;
  private double[] input;
  private double[] products;

  /** Draws weights and coordinates and checks one way against the other. */
  @Setup(Level.Trial)
  public void prepare() {
    SplittableRandom random = new SplittableRandom(rank);
    FactorTable left = table(random);
    FactorTable right = table(random);
    int[] entities = random.ints(2L * PAIRS, 0, ENTITIES).toArray();
    inputs =
        StructuredInputs.of(List.of(left, right), new int[] {0, 1}, EntityTuples.of(2, entities));
    int[] all = new int[PAIRS];
    Arrays.setAll(all, i -> i);
    contraction = new TensorContraction(inputs, all);
    tensor = new double[contraction.tensorSize()];
    Arrays.setAll(tensor, i -> random.nextGaussian());
    input = new double[tensor.length];
    products = new double[PAIRS];
    double[] expected = evaluateByMaterialising().clone();
    Checks.same("contraction", expected, evaluate(), TOLERANCE);
  }

  private FactorTable table(SplittableRandom random) {
    double[] coordinates = new double[ENTITIES * rank];
    Arrays.setAll(coordinates, i -> random.nextGaussian());
    return FactorTable.of(ENTITIES, rank, coordinates);
  }

  /** All inner products, mode by mode. */
  @Benchmark
  public double[] evaluate() {
    contraction.evaluate(tensor, products);
    return products;
  }

  /** The same with every input written out. */
  @Benchmark
  public double[] evaluateByMaterialising() {
    for (int i = 0; i < PAIRS; i++) {
      inputs.materialise(i, input);
      double sum = 0;
      for (int p = 0; p < input.length; p++) {
        sum += input[p] * tensor[p];
      }
      products[i] = sum;
    }
    return products;
  }
}
