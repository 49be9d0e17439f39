package kronwood.spark;

import kronwood.fault.InputException;
import kronwood.spark.job.ModelBytes;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.jspecify.annotations.Nullable;

/**
 * Learns numbers of pairs of entities.
 *
 * <pre>{@code
 * KronwoodRegressionModel model =
 *     new KronwoodRegressor()
 *         .setModes("drug", "protein")
 *         .setTable("drug", "lab.drugs")
 *         .setSimilarityTable("protein", "lab.protein_similarities")
 *         .setLabelCol("label")
 *         .fit(pairs);
 * }</pre>
 */
public final class KronwoodRegressor
    extends KronwoodEstimator<KronwoodRegressor, KronwoodRegressionModel> {
  private static final long serialVersionUID = 1L;

  /** With a uid of its own. */
  public KronwoodRegressor() {
    this(null);
  }

  /** With this uid, null for one of its own. */
  public KronwoodRegressor(@Nullable String uid) {
    super(uid, "kwr", false);
  }

  @Override
  KronwoodRegressor self() {
    return this;
  }

  @Override
  KronwoodRegressionModel model(ModelBytes bytes) {
    return new KronwoodRegressionModel(uid(), bytes);
  }

  /** What is minimised: {@code squared} (default) or {@code huber}. */
  public Param<String> loss() {
    return training.loss;
  }

  /** Sets {@link #loss}. */
  public KronwoodRegressor setLoss(String key) {
    if (!key.equals("squared") && !key.equals("huber")) {
      throw InputException.ofOption("loss", "found '%s', expected squared or huber".formatted(key));
    }
    set(training.loss, key);
    return this;
  }

  /** Where the Huber loss becomes linear. Default: 1. */
  public DoubleParam huberDelta() {
    return training.huberDelta;
  }

  /** Sets {@link #huberDelta}. */
  public KronwoodRegressor setHuberDelta(double delta) {
    set(training.huberDelta, delta);
    return this;
  }

  /** Reads estimators that were saved. */
  public static MLReader<KronwoodRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator that was saved. */
  public static KronwoodRegressor load(String path) {
    return read().load(path);
  }
}
