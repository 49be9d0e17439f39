package kronwood.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.spark.StageParams.ModeColumn;
import kronwood.spark.job.ModelBytes;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A trained model. It knows the entities that it was trained with; of others the tables that were
 * set tell, so that pairs of new entities are predicted too.
 *
 * <p>It holds the model file of the command line, which {@link #write} puts into the folder {@code
 * data}. An executor is sent it once and reads it once for all its tasks.
 *
 * @param <M> the model itself
 */
public abstract class KronwoodModel<M extends KronwoodModel<M>> extends ModelStage<M>
    implements MLWritable {
  private static final long serialVersionUID = 1L;

  /** Rows of a grid that a task makes, at least where there are so many. */
  private static final long ROWS_OF_TASK = 1 << 22;

  private final boolean classifies;
  private final ModelBytes bytes;
  private transient @Nullable Model model;
  private transient @Nullable Broadcast<ModelState> sent;
  private transient String sentKey = "";

  KronwoodModel(String uid, ModelBytes bytes, boolean classifies) {
    super(uid, classifies);
    this.classifies = classifies;
    this.bytes = bytes;
  }

  abstract M another(ModelBytes other);

  /** The model itself, as the core has it. */
  public final synchronized Model model() {
    Model loaded = model;
    if (loaded == null) {
      loaded = bytes.load();
      model = loaded;
    }
    return loaded;
  }

  /** SHA-256 of the model file, hexadecimal. */
  public final String sha256() {
    return bytes.sha256();
  }

  final ModelBytes bytes() {
    return bytes;
  }

  /**
   * Metrics at the end of training, by key such as {@code mse}.
   *
   * @param part {@code train} or {@code validation}
   */
  public final Map<String, Double> metrics(String part) {
    return model().provenance().metrics().getOrDefault(part, Map.of());
  }

  /**
   * Writes the model file to the driver's disk, for the command line, Java or Python.
   *
   * @throws InputException if it cannot be written
   */
  public final void saveKron(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      bytes.chunks().writeTo(out);
    } catch (IOException e) {
      throw new InputException("model '" + file + "' cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    for (ModeColumn mode : checkedModes()) {
      Columns.require(schema, mode.column(), "ids");
    }
    return Columns.withPredictions(schema, stage, this, classifies);
  }

  private List<ModeColumn> checkedModes() {
    List<ModeColumn> columns = stage.modeColumns();
    if (columns.size() != model().modeNames().size()) {
      throw InputException.ofOption(
          "modes",
          "%d columns, the model has the modes %s"
              .formatted(columns.size(), String.join(", ", model().modeNames())));
    }
    return columns;
  }

  /**
   * Adds predictions to pairs.
   *
   * <p>Cost: the width times the weights of a neuron for each pair, less where pairs share
   * entities.
   */
  @Override
  public final Dataset<Row> transform(Dataset<?> pairs) {
    StructType schema = transformSchema(pairs.schema());
    List<Column> columns = new ArrayList<>();
    for (String name : pairs.columns()) {
      columns.add(pairs.col(EntityFrame.quoted(name)));
    }
    List<ModeColumn> modes = checkedModes();
    for (int mode = 0; mode < modes.size(); mode++) {
      columns.add(EntityFrame.text(pairs, modes.get(mode).column()).as("kronwood id " + mode));
    }
    return pairs
        .select(columns.toArray(Column[]::new))
        .mapPartitions(
            new PairScorer(
                state(pairs.sparkSession()),
                modes.size(),
                new PredictionColumns(stage, classifies),
                stage.text(stage.coldStartStrategy)),
            Encoders.row(schema));
  }

  /** What tasks predict with, sent again only if new entities were given. */
  private synchronized Broadcast<ModelState> state(SparkSession spark) {
    ModelState state = new ModelState(bytes, newEntities(spark));
    Broadcast<ModelState> known = sent;
    if (known == null || !known.isValid() || !sentKey.equals(state.key())) {
      known = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(state);
      sent = known;
      sentKey = state.key();
    }
    return known;
  }

  private List<EntityTable> newEntities(SparkSession spark) {
    CatalogTables catalog = catalog(spark);
    List<EntityTable> tables = new ArrayList<>();
    catalog.check(model().tables().stream().map(ModelTable::name).toList());
    for (ModelTable known : model().tables()) {
      EntityTable unknown =
          EntityTablesOfFrames.unknown(known, catalog.source(known.name(), false));
      if (unknown != null) {
        tables.add(unknown);
      }
    }
    return tables;
  }

  /**
   * Predictions for entities of both modes in every combination: columns of both ids and of
   * predictions. Tasks make rows from ids and the model; no table of pairs is made, and rows are
   * never all in memory.
   *
   * @param left entities of the first mode: the column called like the mode, or the only one
   * @param right entities of the second mode
   * @throws InputException if the model is not one of pairs, or an id is unknown
   */
  public final Dataset<Row> scoreGrid(Dataset<?> left, Dataset<?> right) {
    SparkSession spark = left.sparkSession();
    List<ModeColumn> modes = pairModes();
    List<String> lefts = ids(left, modes.get(0).column());
    List<String> rights = ids(right, modes.get(1).column());
    int free = rights.size() >= lefts.size() ? 1 : 0;
    StructType schema =
        Columns.withPredictions(
            new StructType()
                .add(modes.get(0).column(), DataTypes.StringType)
                .add(modes.get(1).column(), DataTypes.StringType),
            stage,
            this,
            classifies);
    Dataset<Row> grid = scored(spark, GridScorer.Use.ALL, free, lefts, rights, 0, schema);
    for (int mode = 0; mode < 2; mode++) {
      Dataset<?> frame = mode == 0 ? left : right;
      String column = modes.get(mode).column();
      grid =
          grid.withColumn(
              column,
              functions
                  .col(EntityFrame.quoted(column))
                  .cast(frame.schema().apply(idColumn(frame, column)).dataType()));
    }
    return grid;
  }

  private Dataset<Row> scored(
      SparkSession spark,
      GridScorer.Use use,
      int free,
      List<String> lefts,
      List<String> rights,
      int count,
      StructType schema) {
    long given = free == 1 ? lefts.size() : rights.size();
    long rows = (long) lefts.size() * rights.size();
    long wanted =
        Math.max(spark.sparkContext().defaultParallelism(), Math.ceilDiv(rows, ROWS_OF_TASK));
    int tasks = (int) Math.max(1, Math.min(given, wanted));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<GridScorer.Grid> grid =
        context.broadcast(new GridScorer.Grid(free, lefts, rights, tasks, count));
    return spark
        .range(0, tasks, 1, tasks)
        .flatMap(
            new GridScorer(
                state(spark),
                grid,
                new PredictionColumns(stage, classifies),
                use,
                stage.text(stage.coldStartStrategy)),
            Encoders.row(schema));
  }

  private List<ModeColumn> pairModes() {
    List<ModeColumn> modes = checkedModes();
    if (modes.size() != 2) {
      throw new InputException(
          "the model has the modes %s, expected one of pairs"
              .formatted(String.join(", ", model().modeNames())));
    }
    return modes;
  }

  private static String idColumn(Dataset<?> frame, String column) {
    if (frame.columns().length == 1) {
      return frame.columns()[0];
    }
    Columns.require(frame.schema(), column, "ids");
    return column;
  }

  /** Ids of a frame, each once, sorted. */
  private static List<String> ids(Dataset<?> frame, String column) {
    TreeSet<String> ids = new TreeSet<>();
    for (Row row :
        frame.select(EntityFrame.text(frame, idColumn(frame, column))).distinct().collectAsList()) {
      if (!row.isNullAt(0)) {
        ids.add(row.getString(0));
      }
    }
    if (ids.isEmpty()) {
      throw new InputException("there are no ids of mode '" + column + "'");
    }
    return List.copyOf(ids);
  }

  /**
   * The best entities of the other mode for each known entity of a mode: a row for each, with its
   * id and an array {@code recommendations} of ids and predictions, the best first, as ALS has it.
   * In pairs of one table's entities the given one is left out.
   *
   * @param mode column of the mode whose entities are given
   * @param count how many are wanted, at least 1
   * @throws InputException if there is no such mode, or the model is not one of pairs
   */
  public final Dataset<Row> recommendForAll(SparkSession spark, String mode, int count) {
    int given = given(mode);
    return recommended(
        spark, given, model().table(given).ids().asList().stream().sorted().toList(), count);
  }

  /**
   * The same for some entities.
   *
   * @param entities the column called like the mode, or the only one
   */
  public final Dataset<Row> recommendForSubset(Dataset<?> entities, String mode, int count) {
    int given = given(mode);
    return recommended(entities.sparkSession(), given, ids(entities, mode), count);
  }

  private int given(String mode) {
    List<String> columns = pairModes().stream().map(ModeColumn::column).toList();
    if (!columns.contains(mode)) {
      throw new InputException(
          "the model has no mode '%s', its modes are %s"
              .formatted(mode, String.join(", ", columns)));
    }
    return columns.indexOf(mode);
  }

  private Dataset<Row> recommended(SparkSession spark, int given, List<String> ids, int count) {
    if (count < 1) {
      throw new InputException("found %d recommendations, expected at least 1".formatted(count));
    }
    int free = 1 - given;
    List<ModeColumn> modes = pairModes();
    List<String> all = model().table(free).ids().asList().stream().sorted().toList();
    StructType best =
        new StructType()
            .add(modes.get(free).column(), DataTypes.StringType)
            .add("prediction", DataTypes.DoubleType);
    StructType schema =
        new StructType()
            .add(modes.get(given).column(), DataTypes.StringType)
            .add("recommendations", DataTypes.createArrayType(best));
    return scored(
        spark,
        GridScorer.Use.BEST,
        free,
        given == 0 ? ids : all,
        given == 0 ? all : ids,
        count,
        schema);
  }

  @Override
  public final M copy(ParamMap extra) {
    M copy = another(bytes);
    copy.inherit(this);
    copyValues(copy, extra);
    if (hasParent()) {
      copy.setParent(parent());
    }
    return copy;
  }

  /** Writes params, and the model file as {@code data/model.kron}. */
  @Override
  public final MLWriter write() {
    return new ModelWriter(this);
  }
}
