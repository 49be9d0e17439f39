import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Makes a large table of pairs with a known target, and the two tables of their entities.
 *
 * <p>{@code java benchmarks/scale/MakePairs.java FOLDER PAIRS LEFT RIGHT FEATURES} writes {@code
 * pairs.csv} (columns left, right, y), {@code left.csv} and {@code right.csv} (id and standard
 * normal features). The target of a pair is a sum of interactions that no sum of a left and a right
 * part can express,
 *
 * <pre>
 *   y = Σₖ max(0, ⟨aₖ, u⟩ · ⟨bₖ, v⟩) + noise,      k = 1, …, 4
 * </pre>
 *
 * <p>with unit vectors a and b, scaled to variance 1, and normal noise of variance 0.1: no model
 * can have a mean squared error below 0.1 on new pairs. No pair comes twice. Always the same
 * numbers for the same arguments.
 */
final class MakePairs {
  private static final int INTERACTIONS = 4;
  private static final double NOISE = Math.sqrt(0.1);

  private MakePairs() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 5
        || Long.parseLong(args[1]) > Long.parseLong(args[2]) * Long.parseLong(args[3])) {
      System.err.println("usage: java MakePairs.java FOLDER PAIRS LEFT RIGHT FEATURES");
      System.exit(2);
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    int pairs = Integer.parseInt(args[1]);
    int left = Integer.parseInt(args[2]);
    int right = Integer.parseInt(args[3]);
    int features = Integer.parseInt(args[4]);
    Random random = new Random(20260211);
    double[][] u = table(folder.resolve("left.csv"), "l", left, features, random);
    double[][] v = table(folder.resolve("right.csv"), "r", right, features, random);
    double[] scaleAndMean = scaleAndMean(u, v, random);
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("pairs.csv"))) {
      out.write("left,right,y\n");
      long[] taken = new long[(int) (((long) left * right + 63) / 64)];
      for (int i = 0; i < pairs; i++) {
        int a;
        int b;
        do {
          a = random.nextInt(left);
          b = random.nextInt(right);
        } while (isTaken(taken, (long) a * right + b));
        double y = (target(u[a], v[b]) - scaleAndMean[1]) / scaleAndMean[0];
        y += NOISE * random.nextGaussian();
        out.write("l" + a + ",r" + b + "," + String.format(Locale.ROOT, "%.4f", y) + "\n");
      }
    }
  }

  /** Writes a table and returns the projections of its entities. */
  private static double[][] table(Path file, String prefix, int size, int features, Random random)
      throws IOException {
    double[][] directions = new double[INTERACTIONS][features];
    for (double[] direction : directions) {
      double square = 0;
      for (int c = 0; c < features; c++) {
        direction[c] = random.nextGaussian();
        square += direction[c] * direction[c];
      }
      for (int c = 0; c < features; c++) {
        direction[c] /= Math.sqrt(square);
      }
    }
    double[][] projections = new double[size][INTERACTIONS];
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id");
      for (int c = 0; c < features; c++) {
        out.write(",f" + c);
      }
      out.write("\n");
      for (int i = 0; i < size; i++) {
        StringBuilder line = new StringBuilder(prefix).append(i);
        for (int c = 0; c < features; c++) {
          double x = Math.round(1000 * random.nextGaussian()) / 1000.0;
          line.append(',').append(x);
          for (int k = 0; k < INTERACTIONS; k++) {
            projections[i][k] += directions[k][c] * x;
          }
        }
        out.write(line.append('\n').toString());
      }
    }
    return projections;
  }

  /** Whether a pair came before; from now on it did. */
  private static boolean isTaken(long[] taken, long pair) {
    int word = (int) (pair / 64);
    long bit = 1L << (pair % 64);
    boolean was = (taken[word] & bit) != 0;
    taken[word] |= bit;
    return was;
  }

  private static double target(double[] u, double[] v) {
    double sum = 0;
    for (int k = 0; k < INTERACTIONS; k++) {
      sum += Math.max(0, u[k] * v[k]);
    }
    return sum;
  }

  /** Standard deviation and mean of the target, over a hundred thousand pairs. */
  private static double[] scaleAndMean(double[][] u, double[][] v, Random random) {
    int drawn = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < drawn; i++) {
      double y = target(u[random.nextInt(u.length)], v[random.nextInt(v.length)]);
      sum += y;
      squares += y * y;
    }
    double mean = sum / drawn;
    return new double[] {Math.sqrt(squares / drawn - mean * mean), mean};
  }
}
