package kronwood.spark;

import java.util.List;
import java.util.Map;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/** The tables of entities of a stage: data frames that were set, else what the catalog names. */
final class CatalogTables {
  private final SparkSession spark;
  private final StageParams stage;
  private final Map<String, Dataset<Row>> features;
  private final Map<String, Dataset<Row>> similarities;

  CatalogTables(
      SparkSession spark,
      StageParams stage,
      Map<String, Dataset<Row>> features,
      Map<String, Dataset<Row>> similarities) {
    this.spark = spark;
    this.stage = stage;
    this.features = features;
    this.similarities = similarities;
  }

  /** Checks that no table is given that no mode uses. */
  void check(List<String> used) {
    Columns.checkTables("tables", stage.entries(stage.tables).keySet(), used);
    Columns.checkTables("tables", features.keySet(), used);
    Columns.checkTables("similarityTables", stage.entries(stage.similarityTables).keySet(), used);
    Columns.checkTables("similarityTables", similarities.keySet(), used);
  }

  /**
   * What is known of a table's entities.
   *
   * @param needed whether a table that the catalog does not have is an error
   */
  EntityTablesOfFrames.Source source(String table, boolean needed) {
    return new EntityTablesOfFrames.Source(
        table,
        stage.columnsOf(table),
        frame(table, features, stage.entries(stage.tables), needed),
        frame(table, similarities, stage.entries(stage.similarityTables), needed));
  }

  private @Nullable Dataset<Row> frame(
      String table, Map<String, Dataset<Row>> frames, Map<String, String> names, boolean needed) {
    Dataset<Row> frame = frames.get(table);
    String name = names.get(table);
    if (frame != null || name == null) {
      return frame;
    }
    Catalog catalog = spark.catalog();
    if (catalog.tableExists(name)) {
      return spark.table(name);
    }
    if (!needed) {
      return null;
    }
    throw new InputException(
        "table '%s': the catalog has no table or view '%s'".formatted(table, name),
        Facts.ofTable(table));
  }
}
