package kronwood.spark;

import kronwood.spark.job.ModelBytes;
import org.apache.spark.ml.util.MLReader;

/** A model that {@link KronwoodRegressor} trained. */
public final class KronwoodRegressionModel extends KronwoodModel<KronwoodRegressionModel> {
  private static final long serialVersionUID = 1L;

  KronwoodRegressionModel(String uid, ModelBytes bytes) {
    super(uid, bytes, false);
  }

  @Override
  KronwoodRegressionModel self() {
    return this;
  }

  @Override
  KronwoodRegressionModel another(ModelBytes other) {
    return new KronwoodRegressionModel(uid(), other);
  }

  /** Reads models that were saved. */
  public static MLReader<KronwoodRegressionModel> read() {
    return new ModelReader<>(KronwoodRegressionModel.class, KronwoodRegressionModel::new);
  }

  /** Loads a model that was saved. */
  public static KronwoodRegressionModel load(String path) {
    return read().load(path);
  }
}
