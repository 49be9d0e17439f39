package kronwood.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vectors;

/**
 * What a model predicts for a pair, as Spark's columns: a number; or of classes the log odds of
 * each, the probability of each, and the most probable one.
 */
final class PredictionColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean classifies;
  private final boolean hasRaw;
  private final boolean hasProbability;
  private final boolean hasPrediction;

  PredictionColumns(StageParams params, boolean classifies) {
    this.classifies = classifies;
    this.hasRaw = classifies && !params.text(params.rawPredictionCol).isEmpty();
    this.hasProbability = classifies && !params.text(params.probabilityCol).isEmpty();
    this.hasPrediction = !params.text(params.predictionCol).isEmpty();
  }

  /** Number of columns. */
  int count() {
    return (hasRaw ? 1 : 0) + (hasProbability ? 1 : 0) + (hasPrediction ? 1 : 0);
  }

  /**
   * Writes the values of a row.
   *
   * @param predicted numbers of several pairs
   * @param from the first of this pair
   * @param outputs numbers of a pair
   */
  void write(double[] predicted, int from, int outputs, Object[] to, int at) {
    if (!classifies) {
      if (hasPrediction) {
        to[at] = predicted[from];
      }
      return;
    }
    double[] probabilities =
        outputs == 1
            ? new double[] {1 - predicted[from], predicted[from]}
            : Arrays.copyOfRange(predicted, from, from + outputs);
    int next = at;
    if (hasRaw) {
      double[] raw = new double[probabilities.length];
      for (int c = 0; c < raw.length; c++) {
        raw[c] = Math.log(probabilities[c]) - Math.log1p(-probabilities[c]);
      }
      to[next++] = Vectors.dense(raw);
    }
    if (hasProbability) {
      to[next++] = Vectors.dense(probabilities);
    }
    if (hasPrediction) {
      int best = 0;
      for (int c = 1; c < probabilities.length; c++) {
        best = probabilities[c] > probabilities[best] ? c : best;
      }
      to[next] = (double) best;
    }
  }

  /** Writes what stands for a prediction that cannot be made. */
  void writeUnknown(Object[] to, int at) {
    int next = at;
    if (hasRaw) {
      to[next++] = null;
    }
    if (hasProbability) {
      to[next++] = null;
    }
    if (hasPrediction) {
      to[next] = Double.NaN;
    }
  }
}
