package kronwood.spark;

import kronwood.spark.job.ModelBytes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.jspecify.annotations.Nullable;

/**
 * Learns classes 0, 1, …: two by the logistic loss, more by softmax of pairs of entities.
 *
 * <pre>{@code
 * KronwoodClassificationModel model =
 *     new KronwoodClassifier()
 *         .setModes("drug", "protein")
 *         .setTable("drug", "lab.drugs")
 *         .setSimilarityTable("protein", "lab.protein_similarities")
 *         .setLabelCol("label")
 *         .fit(pairs);
 * }</pre>
 */
public final class KronwoodClassifier
    extends KronwoodEstimator<KronwoodClassifier, KronwoodClassificationModel> {
  private static final long serialVersionUID = 1L;

  /** With a uid of its own. */
  public KronwoodClassifier() {
    this(null);
  }

  /** With this uid, null for one of its own. */
  public KronwoodClassifier(@Nullable String uid) {
    super(uid, "kwc", true);
  }

  @Override
  KronwoodClassifier self() {
    return this;
  }

  @Override
  KronwoodClassificationModel model(ModelBytes bytes) {
    return new KronwoodClassificationModel(uid(), bytes);
  }

  /** Column of the log odds of each class, empty for none. Default: {@code rawPrediction}. */
  public Param<String> rawPredictionCol() {
    return stage.rawPredictionCol;
  }

  /** Sets {@link #rawPredictionCol} of the model. */
  public KronwoodClassifier setRawPredictionCol(String column) {
    set(stage.rawPredictionCol, column);
    return this;
  }

  /** Column of the probability of each class, empty for none. Default: {@code probability}. */
  public Param<String> probabilityCol() {
    return stage.probabilityCol;
  }

  /** Sets {@link #probabilityCol} of the model. */
  public KronwoodClassifier setProbabilityCol(String column) {
    set(stage.probabilityCol, column);
    return this;
  }

  /** Reads estimators that were saved. */
  public static MLReader<KronwoodClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator that was saved. */
  public static KronwoodClassifier load(String path) {
    return read().load(path);
  }
}
