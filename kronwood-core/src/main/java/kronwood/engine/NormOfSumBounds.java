package kronwood.engine;

import java.util.Arrays;
import kronwood.engine.weights.PartScale;
import kronwood.math.Precision;
import kronwood.state.StateVisitor;

/**
 * Bounds where all of the change decays at one rate.
 *
 * <p>Keeps {@code ‖L_r‖²} of the log and {@code ‖Q_r‖²} of the state by the rule {@code ‖a + b‖² =
 * ‖a‖² + 2⟨a, b⟩ + ‖b‖²}, from inner products that training computes anyway. What rounding may have
 * taken off is added back: an error of some thousand ulps of every term is allowed for. The
 * triangle inequality's sum of norms is the bound if it is smaller. Cost of a batch: for each
 * neuron the square of the number of samples it fired on.
 */
final class NormOfSumBounds implements DriftBounds {
  /** Allowance for rounding in squared norms, relative to the squared and to the sum of norms. */
  private static final double ULPS = 9000;

  private final double slack;
  private final double[] logSquare;
  private final double[] logSum;
  private final double[] stateSquare;
  private final double[] stateSum;
  private final double[] logState;
  private final int[][] batchSample;
  private final double[][] batchCoefficient;
  private final int[] batchLength;

  /**
   * @param precision of the states, and of what is read from logs
   */
  NormOfSumBounds(int neurons, Precision precision) {
    slack = ULPS * precision.roundingError();
    logSquare = new double[neurons];
    logSum = new double[neurons];
    stateSquare = new double[neurons];
    stateSum = new double[neurons];
    logState = new double[neurons];
    batchSample = new int[neurons][8];
    batchCoefficient = new double[neurons][8];
    batchLength = new int[neurons];
  }

  @Override
  public void begin() {
    Arrays.fill(logSquare, 0);
    Arrays.fill(logSum, 0);
    Arrays.fill(logState, 0);
  }

  @Override
  public void absorb() {
    for (int r = 0; r < stateSquare.length; r++) {
      stateSquare[r] += 2 * logState[r] + logSquare[r];
      stateSum[r] += logSum[r];
    }
    begin();
  }

  @Override
  public void scale(int part, double factor) {
    for (int r = 0; r < stateSquare.length; r++) {
      stateSquare[r] *= factor * factor;
      stateSum[r] *= factor;
    }
  }

  @Override
  public void add(int r, int sample, double[] c, double alongLog, double alongState, double norm) {
    int length = batchLength[r]++;
    if (length == batchSample[r].length) {
      batchSample[r] = Arrays.copyOf(batchSample[r], 2 * length);
      batchCoefficient[r] = Arrays.copyOf(batchCoefficient[r], 2 * length);
    }
    batchSample[r][length] = sample;
    batchCoefficient[r][length] = c[0];
    logSquare[r] += 2 * c[0] * alongLog;
    logSum[r] += Math.abs(c[0]) * norm;
    logState[r] += c[0] * alongState;
  }

  @Override
  public boolean needsGram() {
    return true;
  }

  @Override
  public void endBatch(int r, double[] gram, int samples) {
    int[] sample = batchSample[r];
    double[] coefficient = batchCoefficient[r];
    double square = 0;
    for (int a = 0; a < batchLength[r]; a++) {
      double row = 0.5 * coefficient[a] * gram[sample[a] * samples + sample[a]];
      for (int b = 0; b < a; b++) {
        row += coefficient[b] * gram[sample[a] * samples + sample[b]];
      }
      square += 2 * coefficient[a] * row;
    }
    logSquare[r] += square;
    batchLength[r] = 0;
  }

  @Override
  public double bound(int r, PartScale[] parts) {
    double scale = parts[0].scale();
    double decayed = Math.abs(parts[0].scaleAtRefresh() - scale);
    double log = scale * norm(logSquare[r], logSum[r]);
    return decayed == 0 ? log : log + decayed * norm(stateSquare[r], stateSum[r]);
  }

  private double norm(double square, double sum) {
    return Math.min(sum * (1 + slack), Math.sqrt(Math.max(0, square) + slack * sum * (sum + 1)));
  }

  @Override
  public void visit(StateVisitor visitor) {
    visitor.visitUnits("drift.square", 1, stateSquare);
    visitor.visitUnits("drift.sum", 1, stateSum);
  }
}
