package kronwood.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/** The params that estimators and models have in common, of one stage. */
final class StageParams {
  /** What {@code coldStartStrategy} may be. */
  static final List<String> STRATEGIES = List.of("error", "nan", "drop");

  final StringArrayParam modes;
  final StringArrayParam tables;
  final StringArrayParam similarityTables;
  final Param<String> coldStartStrategy;
  final Param<String> predictionCol;
  final Param<String> rawPredictionCol;
  final Param<String> probabilityCol;
  private final PipelineStage owner;
  private final boolean classifies;

  /** Made in a constructor of the stage, after its uid is known. */
  StageParams(PipelineStage owner, boolean classifies) {
    this.owner = owner;
    this.classifies = classifies;
    String uid = owner.uid();
    modes =
        new StringArrayParam(
            owner,
            "modes",
            "columns of the ids of a pair's entities, MODE or MODE:TABLE if two share a table");
    tables =
        new StringArrayParam(
            owner, "tables", "tables of the catalog with features of entities, TABLE=NAME");
    similarityTables =
        new StringArrayParam(
            owner,
            "similarityTables",
            "tables of the catalog with similarities of entities, TABLE=NAME");
    coldStartStrategy =
        new Param<>(
            uid,
            "coldStartStrategy",
            "what becomes of rows with ids that neither the model nor its tables know: error, nan"
                + " or drop",
            String.class);
    predictionCol = new Param<>(uid, "predictionCol", "column of predictions", String.class);
    rawPredictionCol =
        new Param<>(uid, "rawPredictionCol", "column of the log odds of each class", String.class);
    probabilityCol =
        new Param<>(uid, "probabilityCol", "column of the probability of each class", String.class);
    owner.setDefault(tables, new String[0]);
    owner.setDefault(similarityTables, new String[0]);
    owner.setDefault(coldStartStrategy, "error");
    owner.setDefault(predictionCol, "prediction");
    if (classifies) {
      owner.setDefault(rawPredictionCol, "rawPrediction");
      owner.setDefault(probabilityCol, "probability");
    }
  }

  /** All of them, and others of the stage, ordered by name as Spark does. */
  Param<?>[] with(List<Param<?>> others) {
    List<Param<?>> all = new ArrayList<>(others);
    all.addAll(List.of(modes, tables, similarityTables, coldStartStrategy, predictionCol));
    if (classifies) {
      all.addAll(List.of(rawPredictionCol, probabilityCol));
    }
    all.sort((one, other) -> one.name().compareTo(other.name()));
    return all.toArray(Param<?>[]::new);
  }

  /** A mode: the column of ids, and the table that they are of. */
  record ModeColumn(String column, String table) {}

  /** The modes that are set. */
  List<ModeColumn> modeColumns() {
    if (!owner.isDefined(modes)) {
      throw InputException.ofOption(
          "modes", "not set, expected the columns of ids, as in setModes(\"drug\", \"protein\")");
    }
    List<ModeColumn> columns = new ArrayList<>();
    for (String mode : owner.getOrDefault(modes)) {
      int colon = mode.indexOf(':');
      columns.add(
          colon < 0
              ? new ModeColumn(mode, mode)
              : new ModeColumn(mode.substring(0, colon), mode.substring(colon + 1)));
    }
    if (columns.isEmpty()) {
      throw InputException.ofOption("modes", "no column is named");
    }
    return columns;
  }

  /** Columns of a table's ids, which its id column may be called. */
  List<String> columnsOf(String table) {
    return modeColumns().stream()
        .filter(mode -> mode.table().equals(table))
        .map(ModeColumn::column)
        .distinct()
        .toList();
  }

  /** The entries {@code KEY=VALUE} of a param, by key. */
  Map<String, String> entries(StringArrayParam param) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry : owner.getOrDefault(param)) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw InputException.ofOption(
            param.name(), "found '%s', expected KEY=VALUE".formatted(entry));
      }
      entries.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return entries;
  }

  /** Sets the entry of a key, in place of an earlier one. */
  void put(StringArrayParam param, String key, String value) {
    List<String> entries =
        new ArrayList<>(
            Arrays.stream(owner.getOrDefault(param))
                .filter(entry -> !entry.startsWith(key + "="))
                .toList());
    entries.add(key + "=" + value);
    owner.set(param, entries.toArray(String[]::new));
  }

  void setModes(String... columns) {
    owner.set(modes, columns.clone());
  }

  void setColdStartStrategy(String strategy) {
    if (!STRATEGIES.contains(strategy)) {
      throw InputException.ofOption(
          "coldStartStrategy", "found '%s', expected error, nan or drop".formatted(strategy));
    }
    owner.set(coldStartStrategy, strategy);
  }

  String text(Param<String> param) {
    return owner.getOrDefault(param);
  }
}
