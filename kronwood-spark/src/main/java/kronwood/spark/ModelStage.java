package kronwood.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The params of a model, and the tables of new entities.
 *
 * @param <M> the model itself
 */
public abstract class ModelStage<M extends ModelStage<M>> extends Model<M> {
  private static final long serialVersionUID = 1L;

  private final String uid;
  final transient StageParams stage;
  private final transient Map<String, Dataset<Row>> features = new LinkedHashMap<>();
  private final transient Map<String, Dataset<Row>> similarities = new LinkedHashMap<>();

  ModelStage(String uid, boolean classifies) {
    // Params need the uid, so that none is made before it is known.
    this.uid = uid;
    this.stage = new StageParams(this, classifies);
  }

  abstract M self();

  @Override
  public final String uid() {
    return uid;
  }

  /** All params, ordered by name. */
  @Override
  public final Param<?>[] params() {
    return stage.with(List.of());
  }

  /** Columns of ids in pairs. */
  public final StringArrayParam modes() {
    return stage.modes;
  }

  /** Sets the columns of ids, in the order of the model's modes. */
  public final M setModes(String... columns) {
    stage.setModes(columns);
    return self();
  }

  /** What becomes of rows with unknown ids: {@code error} (default), {@code nan}, {@code drop}. */
  public final Param<String> coldStartStrategy() {
    return stage.coldStartStrategy;
  }

  /** Sets {@link #coldStartStrategy}. */
  public final M setColdStartStrategy(String strategy) {
    stage.setColdStartStrategy(strategy);
    return self();
  }

  /** Column of predictions. Default: {@code prediction}. */
  public final Param<String> predictionCol() {
    return stage.predictionCol;
  }

  /** Sets {@link #predictionCol}. */
  public final M setPredictionCol(String column) {
    set(stage.predictionCol, column);
    return self();
  }

  /** Names the table of the catalog that has the features of new entities. */
  public final M setTable(String table, String name) {
    stage.put(stage.tables, table, name);
    return self();
  }

  /** The same from a data frame, which is not saved with the model. */
  public final M setTable(String table, Dataset<Row> frame) {
    features.put(table, frame);
    return self();
  }

  /** Names the table of the catalog that has the similarities of new entities to known ones. */
  public final M setSimilarityTable(String table, String name) {
    stage.put(stage.similarityTables, table, name);
    return self();
  }

  /** The same from a data frame, which is not saved with the model. */
  public final M setSimilarityTable(String table, Dataset<Row> frame) {
    similarities.put(table, frame);
    return self();
  }

  /** Takes the data frames of another model. */
  final void inherit(ModelStage<?> other) {
    features.putAll(other.features);
    similarities.putAll(other.similarities);
  }

  final CatalogTables catalog(SparkSession spark) {
    return new CatalogTables(spark, stage, features, similarities);
  }
}
