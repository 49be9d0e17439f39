package kronwood.train;

import java.util.Arrays;
import kronwood.tree.LazyTree;

/**
 * By how much each neuron has moved since the last refresh, in norm, as an upper bound.
 *
 * <p>Keeps {@code ‖L_r‖²} of the log and {@code ‖Q_r‖²} of the state by the rule {@code ‖a + b‖² =
 * ‖a‖² + 2⟨a, b⟩ + ‖b‖²}, from inner products that training computes anyway. What rounding may have
 * taken off is added back: an error of a few hundred ulps of every term is allowed for. The
 * triangle inequality's sum of norms is the bound if it is smaller. Cost of a batch: for each
 * neuron the square of the number of samples it fired on.
 */
final class DriftBounds {
  /**
   * Allowance for rounding in squared norms, relative to the squared and to the plain sum of norms.
   */
  private static final double SLACK = 1e-12;

  private final double[] logSquare;
  private final double[] logSum;
  private final double[] stateSquare;
  private final double[] stateSum;
  private final double[] logState;
  private final int[][] batchSample;
  private final double[][] batchCoefficient;
  private final int[] batchLength;
  private final int[] moved;
  private int movedCount;

  DriftBounds(int neurons) {
    logSquare = new double[neurons];
    logSum = new double[neurons];
    stateSquare = new double[neurons];
    stateSum = new double[neurons];
    logState = new double[neurons];
    batchSample = new int[neurons][8];
    batchCoefficient = new double[neurons][8];
    batchLength = new int[neurons];
    moved = new int[neurons];
  }

  /** A refresh: the logs are empty. */
  void begin() {
    Arrays.fill(logSquare, 0);
    Arrays.fill(logSum, 0);
    Arrays.fill(logState, 0);
  }

  /** The logs become part of the states. */
  void absorb() {
    for (int r = 0; r < stateSquare.length; r++) {
      stateSquare[r] += 2 * logState[r] + logSquare[r];
      stateSum[r] += logSum[r];
    }
  }

  /** All states were multiplied by {@code factor}. */
  void scale(double factor) {
    for (int r = 0; r < stateSquare.length; r++) {
      stateSquare[r] *= factor * factor;
      stateSum[r] *= factor;
    }
  }

  /**
   * One coefficient of the current batch.
   *
   * @param sample position in the batch
   * @param alongLog ⟨L_r, x⟩ before the batch
   * @param alongState ⟨Q_r, x⟩
   * @param norm ‖x‖
   */
  void add(int r, int sample, double c, double alongLog, double alongState, double norm) {
    int length = batchLength[r]++;
    if (length == 0) {
      moved[movedCount++] = r;
    }
    if (length == batchSample[r].length) {
      batchSample[r] = Arrays.copyOf(batchSample[r], 2 * length);
      batchCoefficient[r] = Arrays.copyOf(batchCoefficient[r], 2 * length);
    }
    batchSample[r][length] = sample;
    batchCoefficient[r][length] = c;
    logSquare[r] += 2 * c * alongLog;
    logSum[r] += Math.abs(c) * norm;
    logState[r] += c * alongState;
  }

  /** All coefficients of the batch were added. */
  void endBatch(double[] gram, int samples) {
    for (int i = 0; i < movedCount; i++) {
      int r = moved[i];
      int[] sample = batchSample[r];
      double[] coefficient = batchCoefficient[r];
      int length = batchLength[r];
      double square = 0;
      for (int a = 0; a < length; a++) {
        double row = 0.5 * coefficient[a] * gram[sample[a] * samples + sample[a]];
        for (int b = 0; b < a; b++) {
          row += coefficient[b] * gram[sample[a] * samples + sample[b]];
        }
        square += 2 * coefficient[a] * row;
      }
      logSquare[r] += square;
    }
  }

  /** Hands the bounds of all neurons that moved to the tree: of all of them under weight decay. */
  void publish(LazyTree tree, double scale, double scaleAtRefresh, boolean all) {
    if (all || scale != scaleAtRefresh) {
      double decayed = Math.abs(scaleAtRefresh - scale);
      for (int r = 0; r < logSquare.length; r++) {
        tree.setDrift(
            r, decayed * norm(stateSquare[r], stateSum[r]) + scale * norm(logSquare[r], logSum[r]));
      }
    } else {
      for (int i = 0; i < movedCount; i++) {
        int r = moved[i];
        tree.setDrift(r, scale * norm(logSquare[r], logSum[r]));
      }
    }
    for (int i = 0; i < movedCount; i++) {
      batchLength[moved[i]] = 0;
    }
    movedCount = 0;
  }

  private static double norm(double square, double sum) {
    return Math.min(sum, Math.sqrt(Math.max(0, square) + SLACK * sum * (sum + 1)));
  }
}
