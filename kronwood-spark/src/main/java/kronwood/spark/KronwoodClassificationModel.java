package kronwood.spark;

import kronwood.spark.job.ModelBytes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;

/** A model that {@link KronwoodClassifier} trained. */
public final class KronwoodClassificationModel extends KronwoodModel<KronwoodClassificationModel> {
  private static final long serialVersionUID = 1L;

  KronwoodClassificationModel(String uid, ModelBytes bytes) {
    super(uid, bytes, true);
  }

  @Override
  KronwoodClassificationModel self() {
    return this;
  }

  @Override
  KronwoodClassificationModel another(ModelBytes other) {
    return new KronwoodClassificationModel(uid(), other);
  }

  /** Column of the log odds of each class, empty for none. */
  public Param<String> rawPredictionCol() {
    return stage.rawPredictionCol;
  }

  /** Sets {@link #rawPredictionCol}. */
  public KronwoodClassificationModel setRawPredictionCol(String column) {
    set(stage.rawPredictionCol, column);
    return this;
  }

  /** Column of the probability of each class, empty for none. */
  public Param<String> probabilityCol() {
    return stage.probabilityCol;
  }

  /** Sets {@link #probabilityCol}. */
  public KronwoodClassificationModel setProbabilityCol(String column) {
    set(stage.probabilityCol, column);
    return this;
  }

  /** Number of classes. */
  public int numClasses() {
    return model().target().classes().size();
  }

  /** Reads models that were saved. */
  public static MLReader<KronwoodClassificationModel> read() {
    return new ModelReader<>(KronwoodClassificationModel.class, KronwoodClassificationModel::new);
  }

  /** Loads a model that was saved. */
  public static KronwoodClassificationModel load(String path) {
    return read().load(path);
  }
}
