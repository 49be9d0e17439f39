package kronwood.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import kronwood.data.Dataset;
import kronwood.data.Encoding;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.data.Setting;
import kronwood.encode.Encoders;
import kronwood.fault.InputException;
import kronwood.spark.StageParams.ModeColumn;
import kronwood.spark.job.CheckpointDir;
import kronwood.spark.job.ClusterChecks;
import kronwood.spark.job.ModelBytes;
import kronwood.spark.job.PreparedData;
import kronwood.spark.job.TrainingJob;
import kronwood.spark.job.TrainingSettings;
import kronwood.spark.job.WorkerEstimate;
import kronwood.validate.FoldResult;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What trains on pairs: a data frame with a column of ids for each mode, and for each mode a table
 * of entities. Ids may be of any type, they are compared as text.
 *
 * <p>{@link #fit} sorts pairs and entities by their ids, so that neither partitions nor the order
 * of rows matter, and sends them to the tasks; entity tables and pairs must fit into the driver's
 * memory. The model is, to the last byte, that of the command line from tables in this order.
 *
 * @param <E> the estimator itself
 * @param <M> the model that it makes
 */
public abstract class KronwoodEstimator<
        E extends KronwoodEstimator<E, M>, M extends KronwoodModel<M>>
    extends TrainingStage<E, M> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, org.apache.spark.sql.Dataset<Row>> features =
      new LinkedHashMap<>();
  private final transient Map<String, org.apache.spark.sql.Dataset<Row>> similarities =
      new LinkedHashMap<>();
  private final boolean classifies;

  KronwoodEstimator(@Nullable String uid, String prefix, boolean classifies) {
    super(uid, prefix, classifies);
    this.classifies = classifies;
  }

  abstract M model(ModelBytes bytes);

  /** Columns of ids in pairs: {@code MODE}, or {@code MODE:TABLE} if two share a table. */
  public final StringArrayParam modes() {
    return stage.modes;
  }

  /** Sets {@link #modes}. */
  public final E setModes(String... columns) {
    stage.setModes(columns);
    return self();
  }

  /** What becomes of rows with unknown ids: {@code error} (default), {@code nan}, {@code drop}. */
  public final Param<String> coldStartStrategy() {
    return stage.coldStartStrategy;
  }

  /** Sets {@link #coldStartStrategy} of the model. */
  public final E setColdStartStrategy(String strategy) {
    stage.setColdStartStrategy(strategy);
    return self();
  }

  /** Column of predictions. Default: {@code prediction}. */
  public final Param<String> predictionCol() {
    return stage.predictionCol;
  }

  /** Sets {@link #predictionCol} of the model. */
  public final E setPredictionCol(String column) {
    set(stage.predictionCol, column);
    return self();
  }

  /**
   * Names the table of the catalog that has the features of entities: a column of ids, called like
   * the mode, the table or {@code id}, and columns of numbers, vectors or texts. It is kept with
   * the estimator, and the model looks there for new entities.
   */
  public final E setTable(String table, String name) {
    stage.put(stage.tables, table, name);
    return self();
  }

  /** The same from a data frame, which is copied with the estimator but not saved with it. */
  public final E setTable(String table, org.apache.spark.sql.Dataset<Row> frame) {
    features.put(table, frame);
    return self();
  }

  /**
   * Names the table of the catalog that has the similarities of entities: a column of ids and one
   * for each entity, called by its id; or rows of two ids and a number.
   */
  public final E setSimilarityTable(String table, String name) {
    stage.put(stage.similarityTables, table, name);
    return self();
  }

  /** The same from a data frame, which is copied with the estimator but not saved with it. */
  public final E setSimilarityTable(String table, org.apache.spark.sql.Dataset<Row> frame) {
    similarities.put(table, frame);
    return self();
  }

  /** Learns of single entities what their attributes do not say; needs no table of them. */
  public final E setIdentity(String table, double weight) {
    stage.put(training.identities, table, Double.toString(weight));
    return self();
  }

  /**
   * Compares entities by what they occur with in the training pairs too; needs no table of them.
   */
  public final E setProfile(String table, double weight) {
    stage.put(training.profiles, table, Double.toString(weight));
    return self();
  }

  /**
   * Says how a column becomes features: {@code categorical}, which texts are unless it is said,
   * {@code text}, {@code sequence,alphabet=protein} and so on.
   */
  public final E setEncoding(String table, String column, String encoding) {
    stage.put(training.encodings, table + "." + column, encoding);
    return self();
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    for (ModeColumn mode : stage.modeColumns()) {
      Columns.require(schema, mode.column(), "ids");
    }
    Columns.requireNumber(schema, stage.text(training.labelCol), "targets");
    if (isDefined(training.weightCol)) {
      Columns.requireNumber(schema, stage.text(training.weightCol), "weights");
    }
    if (isDefined(training.validationIndicatorCol)) {
      Columns.require(schema, stage.text(training.validationIndicatorCol), "what validates");
    }
    return Columns.withPredictions(schema, stage, this, classifies);
  }

  /**
   * Trains in a task, or in several that share the neurons: see {@link #workers}.
   *
   * @throws InputException if the pairs cannot be learned from with these tables and options
   */
  @Override
  public final M fit(org.apache.spark.sql.Dataset<?> pairs) {
    SparkSession spark = pairs.sparkSession();
    transformSchema(pairs.schema());
    TrainingSettings settings = settings(pairs);
    CheckpointDir checkpoints = checkpoints(spark);
    ClusterChecks.checkJava(spark);
    PreparedData data = prepared(pairs);
    int workers = workers(spark, data, settings);
    M model = model(TrainingJob.train(spark, data, settings, workers, checkpoints));
    model.setParent(this);
    return copyValues(model, new ParamMap());
  }

  private @Nullable CheckpointDir checkpoints(SparkSession spark) {
    return isDefined(training.checkpointDir)
        ? CheckpointDir.of(
            spark,
            stage.text(training.checkpointDir),
            (int) getOrDefault(training.checkpointInterval))
        : null;
  }

  /**
   * Trains on all folds but one and tests on that one, for each fold and repeat: ordinary tasks,
   * which find what {@code kronwood cv} finds, to the last bit. In settings B, C and D entities of
   * the test samples are new; Spark's own {@code CrossValidator} knows setting A only.
   *
   * @param setting {@code A}, {@code B}, {@code C} or {@code D}
   * @param folds number of folds, at least 2
   * @param repeats number of divisions, each with a seed of its own
   * @return what each fold found, in the order of repeats and folds
   * @throws InputException if there is not enough to divide, or the pairs cannot be learned from
   */
  public final List<FoldResult> crossValidate(
      org.apache.spark.sql.Dataset<?> pairs, String setting, int folds, int repeats) {
    return crossValidate(pairs, setting, folds, repeats, new ParamMap[] {new ParamMap()})
        .getFirst();
  }

  /**
   * The same for each of several settings of params, all folds of all of them side by side.
   *
   * @param grid what is tried, as Spark's {@code ParamGridBuilder} makes it; params of the training
   *     only, not of the data
   * @return for each setting what its folds found
   * @throws InputException as above
   */
  public final List<List<FoldResult>> crossValidate(
      org.apache.spark.sql.Dataset<?> pairs,
      String setting,
      int folds,
      int repeats,
      ParamMap[] grid) {
    SparkSession spark = pairs.sparkSession();
    transformSchema(pairs.schema());
    Setting divided =
        switch (setting) {
          case "A" -> Setting.A;
          case "B" -> Setting.B;
          case "C" -> Setting.C;
          case "D" -> Setting.D;
          default ->
              throw new InputException("setting: found '" + setting + "', expected A, B, C or D");
        };
    if (folds < 2 || repeats < 1 || grid.length == 0) {
      throw new InputException(
          "found %d folds, %d repeats and %d settings of params, expected at least 2, 1 and 1"
              .formatted(folds, repeats, grid.length));
    }
    List<TrainingSettings> trials = new ArrayList<>();
    List<TrainingJob.Fold> tasks = new ArrayList<>();
    for (int trial = 0; trial < grid.length; trial++) {
      trials.add(copy(grid[trial]).settings(pairs));
      for (int repeat = 0; repeat < repeats; repeat++) {
        for (int fold = 0; fold < folds; fold++) {
          tasks.add(new TrainingJob.Fold(trial, divided, repeat, fold));
        }
      }
    }
    ClusterChecks.checkJava(spark);
    List<FoldResult> found = TrainingJob.folds(spark, prepared(pairs), trials, tasks, folds);
    List<List<FoldResult>> results = new ArrayList<>();
    for (int trial = 0; trial < grid.length; trial++) {
      int each = folds * repeats;
      results.add(List.copyOf(found.subList(trial * each, (trial + 1) * each)));
    }
    return List.copyOf(results);
  }

  final TrainingSettings settings(org.apache.spark.sql.Dataset<?> pairs) {
    TrainingSettings settings =
        training.settings(this, classifies ? Columns.classLoss(pairs, label()) : null);
    // What is out of range is found here, not in a task.
    settings.options(1, 1, 0);
    return settings;
  }

  private int workers(SparkSession spark, PreparedData data, TrainingSettings settings) {
    String wanted = stage.text(training.workers);
    if (wanted.equals("auto")) {
      WorkerEstimate estimate = WorkerEstimate.of(spark, data, settings);
      log().info(estimate.text());
      return estimate.workers();
    }
    try {
      return Integer.parseInt(wanted);
    } catch (NumberFormatException e) {
      throw InputException.ofOption(
          "workers", "found '%s', expected a power of two, or auto".formatted(wanted));
    }
  }

  /**
   * What {@code workers = auto} would choose for these pairs, without training: the estimated time
   * of a step for each number of workers.
   *
   * @throws InputException if the pairs cannot be learned from with these tables and options
   */
  public final WorkerEstimate estimateWorkers(org.apache.spark.sql.Dataset<?> pairs) {
    transformSchema(pairs.schema());
    return WorkerEstimate.of(pairs.sparkSession(), prepared(pairs), settings(pairs));
  }

  private String label() {
    return stage.text(training.labelCol);
  }

  /** Sorted samples and tables, as the tasks read them. */
  final PreparedData prepared(org.apache.spark.sql.Dataset<?> pairs) {
    SparkSession spark = pairs.sparkSession();
    List<ModeColumn> columns = stage.modeColumns();
    List<String> used = columns.stream().map(ModeColumn::table).distinct().toList();
    Map<String, String> identities = stage.entries(training.identities);
    Map<String, String> profiles = stage.entries(training.profiles);
    CatalogTables catalog = new CatalogTables(spark, stage, features, similarities);
    catalog.check(used);
    Columns.checkTables("identities", identities.keySet(), used);
    Columns.checkTables("profiles", profiles.keySet(), used);
    Map<String, Map<String, Encoding>> encodings = encodings(used);
    PairFrame frame =
        PairFrame.of(
            pairs,
            columns,
            classifies,
            label(),
            isDefined(training.weightCol) ? stage.text(training.weightCol) : null,
            isDefined(training.validationIndicatorCol)
                ? stage.text(training.validationIndicatorCol)
                : null);
    Map<String, EntityTable> tables = new LinkedHashMap<>();
    for (String table : used) {
      EntityTablesOfFrames.Source source = catalog.source(table, true);
      boolean attributes = source.features() != null || source.similarities() != null;
      tables.put(
          table,
          EntityTablesOfFrames.training(
              source,
              encodings.getOrDefault(table, Map.of()),
              Columns.weight("identities", identities.get(table)),
              Columns.weight("profiles", profiles.get(table)),
              attributes ? List.of() : frame.named(table)));
    }
    List<Mode> modes = new ArrayList<>();
    for (ModeColumn column : columns) {
      modes.add(new Mode(column.column(), Objects.requireNonNull(tables.get(column.table()))));
    }
    PairFrame.Sorted sorted =
        frame.samples(modes.stream().map(mode -> mode.table().ids()).toList());
    return PreparedData.of(Dataset.of(modes, sorted.samples()), sorted.split());
  }

  /** Declared encodings, by table and column. */
  private Map<String, Map<String, Encoding>> encodings(List<String> used) {
    Map<String, Map<String, Encoding>> encodings = new TreeMap<>();
    stage
        .entries(training.encodings)
        .forEach(
            (place, text) -> {
              int point = place.indexOf('.');
              Columns.checkTables("encodings", List.of(place.substring(0, point)), used);
              String[] parts = text.split(",");
              Map<String, String> options = new TreeMap<>();
              for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals < 1) {
                  throw InputException.ofOption(
                      "encodings", "found '%s', expected OPTION=VALUE".formatted(parts[i]));
                }
                options.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
              }
              Encoding encoding = new Encoding(parts[0], options);
              Encoders.check(encoding);
              encodings
                  .computeIfAbsent(place.substring(0, point), _ -> new TreeMap<>())
                  .put(place.substring(point + 1), encoding);
            });
    return encodings;
  }

  @Override
  public final E copy(ParamMap extra) {
    E copy = defaultCopy(extra);
    copy.inherit(features, similarities);
    return copy;
  }

  final void inherit(
      Map<String, org.apache.spark.sql.Dataset<Row>> otherFeatures,
      Map<String, org.apache.spark.sql.Dataset<Row>> otherSimilarities) {
    features.putAll(otherFeatures);
    similarities.putAll(otherSimilarities);
  }

  /** Writes the params; data frames that were set are not written. */
  @Override
  public final MLWriter write() {
    return new DefaultParamsWriter(this);
  }
}
