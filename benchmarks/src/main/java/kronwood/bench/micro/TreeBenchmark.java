package kronwood.bench.micro;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kronwood.tree.AsynchronousTree;
import kronwood.tree.FiredNeurons;
import kronwood.tree.UpdatePaths;
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
 * The asynchronous tree against the plain way: a query against a scan of all neurons, the update of
 * some paths against setting all leaves and rebuilding. 5 % of the neurons fire, and 5 % are
 * touched.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the parameters in, then calls prepare().
public class TreeBenchmark {
  /** So many trees that neither the nearest cache nor the branch predictor knows them by heart. */
  static final int SAMPLES = 256;

  /** What 5 % of standard normal numbers exceed. */
  private static final double SHIFT = 1.6448536269514722;

  private static final double STEP = 1.0 / 1024;

  /** Number of neurons. */
  @Param({"256", "1024", "4096"})
  public int width;

  private AsynchronousTree tree;
  private UpdatePaths paths;
  private int[] touched;
  private double[][] z;
  private double[] up;
  private double[] down;
  private final FiredNeurons fired = new FiredNeurons();
  private int next;
  private boolean raised;

  /** Draws the pre-activations and checks tree against scan, before and after an update. */
  @Setup(Level.Trial)
  public void prepare() {
    SplittableRandom random = new SplittableRandom(width);
    tree = new AsynchronousTree(SAMPLES, width);
    z = new double[SAMPLES][width];
    for (int i = 0; i < SAMPLES; i++) {
      Arrays.setAll(z[i], r -> random.nextGaussian());
      tree.init(i, z[i]);
    }
    touched = random.ints(0, width).distinct().limit(width / 20).sorted().toArray();
    paths = UpdatePaths.of(width, touched);
    up = new double[touched.length];
    Arrays.fill(up, STEP);
    down = new double[touched.length];
    Arrays.fill(down, -STEP);
    check();
    for (int i = 0; i < 2 * SAMPLES; i++) {
      update();
      if (next == 0) {
        check();
      }
    }
    // Rounding may leave the leaves elsewhere than they began: both sides of a pair begin alike.
    for (int i = 0; i < SAMPLES; i++) {
      tree.init(i, z[i]);
    }
  }

  private void check() {
    for (int i = 0; i < SAMPLES; i++) {
      double[] leaves = new double[width];
      int sample = i;
      Arrays.setAll(leaves, r -> tree.leaf(sample, r));
      scan(leaves);
      int[] expected = new int[fired.count()];
      Arrays.setAll(expected, fired::neuron);
      tree.query(i, SHIFT, fired);
      int[] found = new int[fired.count()];
      Arrays.setAll(found, fired::neuron);
      if (!Arrays.equals(expected, found)) {
        throw new IllegalStateException(
            "tree "
                + i
                + " reports "
                + Arrays.toString(found)
                + ", a scan "
                + Arrays.toString(expected));
      }
    }
  }

  private int nextSample() {
    next = (next + 1) % SAMPLES;
    return next;
  }

  private void scan(double[] leaves) {
    fired.clear();
    for (int r = 0; r < leaves.length; r++) {
      if (leaves[r] > SHIFT) {
        fired.add(r, leaves[r]);
      }
    }
  }

  /** The fired neurons of one sample from its tree. */
  @Benchmark
  public int query() {
    tree.query(nextSample(), SHIFT, fired);
    return fired.count();
  }

  /** The same from a scan of all pre-activations. */
  @Benchmark
  public int queryByScan() {
    scan(z[nextSample()]);
    return fired.count();
  }

  /** Moves 5 % of one sample's leaves, up and down in turn, and repairs their paths. */
  @Benchmark
  public int update() {
    int sample = nextSample();
    if (sample == 0) {
      raised = !raised;
    }
    tree.update(sample, paths, raised ? down : up, 0, 1);
    return sample;
  }

  /** The same by rebuilding the tree. */
  @Benchmark
  public int updateByRebuild() {
    int sample = nextSample();
    if (sample == 0) {
      raised = !raised;
    }
    double step = raised ? -STEP : STEP;
    for (int r : touched) {
      tree.setLeaf(sample, r, tree.leaf(sample, r) + step);
    }
    tree.repair(sample);
    return sample;
  }
}
