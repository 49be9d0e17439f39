package kronwood.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import kronwood.data.EntityIds;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table of entities, fetched by the driver and sorted by their ids: a data frame has
 * no order of its own. Columns of numbers and vectors become numbers, columns of texts stay texts.
 */
final class EntityFrame {
  /** What a column holds. */
  enum Kind {
    NUMBER,
    VECTOR,
    TEXT
  }

  /**
   * A column besides the ids.
   *
   * @param place position in a row
   */
  record Attribute(String name, Kind kind, int place) {}

  private final String table;
  private final List<Attribute> attributes;
  private final List<Row> rows;
  private final EntityIds ids;

  private EntityFrame(String table, List<Attribute> attributes, List<Row> rows) {
    this.table = table;
    this.attributes = attributes;
    this.rows = rows;
    List<String> found = new ArrayList<>();
    for (Row row : rows) {
      String id = row.getString(0);
      if (!found.isEmpty() && id.equals(found.getLast())) {
        throw new InputException(
            "table '%s': the id '%s' is used twice; remove or rename one of them"
                .formatted(table, id),
            Facts.ofTable(table));
      }
      found.add(id);
    }
    this.ids = EntityIds.of(found);
  }

  /**
   * Fetches a table.
   *
   * @param idNames what its id column may be called, before {@code id}
   * @param wanted which ids are fetched
   * @throws InputException if there is no id column, an id is null, empty or occurs twice, or a
   *     column is of a type that is no feature
   */
  static EntityFrame of(
      String table, List<String> idNames, Dataset<Row> frame, Predicate<String> wanted) {
    String id = idColumn(table, idNames, frame);
    List<Column> columns = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    columns.add(frame.col(quoted(id)).cast("string"));
    for (StructField field : frame.schema().fields()) {
      if (!field.name().equals(id)) {
        Kind kind = kind(table, field);
        Column column = frame.col(quoted(field.name()));
        columns.add(
            switch (kind) {
              case NUMBER -> column.cast("double");
              case VECTOR -> column;
              case TEXT -> column;
            });
        attributes.add(new Attribute(field.name(), kind, columns.size() - 1));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Row row : frame.select(columns.toArray(Column[]::new)).collectAsList()) {
      String text = row.isNullAt(0) ? "" : row.getString(0);
      if (text.isEmpty()) {
        throw new InputException(
            "table '%s': an id in column '%s' is null or empty".formatted(table, id),
            Facts.ofTable(table).inColumn(id));
      }
      if (wanted.test(text)) {
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparing(row -> row.getString(0)));
    return new EntityFrame(table, List.copyOf(attributes), rows);
  }

  private static String idColumn(String table, List<String> idNames, Dataset<Row> frame) {
    List<String> names = new ArrayList<>(idNames);
    names.add(table);
    names.add("id");
    List<String> found = Arrays.asList(frame.columns());
    for (String name : names) {
      if (found.contains(name)) {
        return name;
      }
    }
    throw new InputException(
        "table '%s' has no column of ids: expected one of %s, found %s"
            .formatted(table, String.join(", ", names), String.join(", ", found)),
        Facts.ofTable(table));
  }

  private static Kind kind(String table, StructField field) {
    boolean array =
        field.dataType() instanceof ArrayType type && type.elementType() instanceof NumericType;
    if (array || field.dataType().equals(SQLDataTypes.VectorType())) {
      return Kind.VECTOR;
    }
    return switch (field.dataType()) {
      case NumericType _, BooleanType _ -> Kind.NUMBER;
      case StringType _ -> Kind.TEXT;
      default ->
          throw new InputException(
              "table '%s', column '%s' is of type %s, which is no feature: make numbers or texts of"
                      .formatted(table, field.name(), field.dataType().sql())
                  + " it, or drop it",
              Facts.ofTable(table).inColumn(field.name()));
    };
  }

  /** A name as Spark's expressions take it: a point in it is no field access. */
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Makes text of an id column of any type. */
  static Column text(Dataset<?> frame, String column) {
    return frame.col(quoted(column)).cast("string");
  }

  EntityIds ids() {
    return ids;
  }

  int size() {
    return rows.size();
  }

  List<Attribute> attributes() {
    return attributes;
  }

  /** The column of a name, null if there is none. */
  @Nullable Attribute attribute(String name) {
    return attributes.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }

  /** A number, which must be there. */
  float number(int row, Attribute attribute) {
    Row values = rows.get(row);
    double value =
        values.isNullAt(attribute.place()) ? Double.NaN : values.getDouble(attribute.place());
    return checked(row, attribute, (float) value);
  }

  private float checked(int row, Attribute attribute, float value) {
    if (!Float.isFinite(value)) {
      throw new InputException(
          "table '%s', id '%s', column '%s' is null or not finite, expected a number; fill it, as with"
                  .formatted(table, ids.id(row), attribute.name())
              + " Spark's Imputer, or drop the row",
          Facts.ofTable(table).inColumn(attribute.name()));
    }
    return value;
  }

  /** A text, null if it is missing; a number as Java writes it. */
  @Nullable String cell(int row, Attribute attribute) {
    Object value = rows.get(row).get(attribute.place());
    return value == null ? null : value.toString();
  }

  /** A vector, which must be there and finite. */
  float[] vector(int row, Attribute attribute) {
    Object value = rows.get(row).get(attribute.place());
    double[] values =
        switch (value) {
          case null -> new double[] {Double.NaN};
          case Vector vector -> vector.toArray();
          default ->
              rows.get(row).getList(attribute.place()).stream()
                  .mapToDouble(
                      each -> Objects.requireNonNullElse((Number) each, Double.NaN).doubleValue())
                  .toArray();
        };
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = checked(row, attribute, (float) values[i]);
    }
    return floats;
  }

  /** Whether the vectors of a column are sparse ones. */
  boolean isSparse(Attribute attribute) {
    return rows.stream()
        .anyMatch(
            row -> row.get(attribute.place()) instanceof org.apache.spark.ml.linalg.SparseVector);
  }

  /**
   * Similarities to the listed entities, from columns called by their ids or from rows of two ids
   * and a number.
   *
   * @param references ids of the columns
   */
  static float[] similarities(
      String table,
      List<String> idNames,
      Dataset<Row> frame,
      List<String> rowIds,
      List<String> references) {
    List<String> columns = Arrays.asList(frame.columns());
    if (isLong(frame, references)) {
      return longForm(table, idNames, frame, rowIds, references);
    }
    EntityFrame wide = of(table, idNames, frame, rowIds::contains);
    List<String> missing = references.stream().filter(id -> !columns.contains(id)).toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "similarities of table '%s' have no column for %d of %d ids, such as '%s'"
              .formatted(table, missing.size(), references.size(), missing.getFirst()),
          Facts.ofTable(table));
    }
    float[] values = new float[Math.multiplyExact(rowIds.size(), references.size())];
    for (int c = 0; c < references.size(); c++) {
      Attribute attribute = Objects.requireNonNull(wide.attribute(references.get(c)));
      for (int e = 0; e < rowIds.size(); e++) {
        values[e * references.size() + c] = wide.number(e, attribute);
      }
    }
    return values;
  }

  /** Ids of all entities that similarities are given of, sorted. */
  static EntityIds idsOfSimilarities(String table, List<String> idNames, Dataset<Row> frame) {
    String id = idColumn(table, idNames, frame);
    List<String> ids = texts(frame, id);
    if (!isLong(frame, ids)) {
      return of(table, idNames, frame, _ -> true).ids();
    }
    TreeSet<String> all = new TreeSet<>(ids);
    all.addAll(texts(frame, others(frame, id).getFirst()));
    return EntityIds.of(List.copyOf(all));
  }

  private static List<String> texts(Dataset<Row> frame, String column) {
    return frame.select(text(frame, column)).collectAsList().stream()
        .map(row -> row.isNullAt(0) ? "" : row.getString(0))
        .toList();
  }

  private static List<String> others(Dataset<Row> frame, String id) {
    return Arrays.stream(frame.columns()).filter(column -> !column.equals(id)).toList();
  }

  /**
   * Whether a row holds two ids and a number, rather than an id and a number for each reference.
   */
  private static boolean isLong(Dataset<Row> frame, List<String> references) {
    List<String> columns = Arrays.asList(frame.columns());
    return columns.size() == 3 && columns.stream().noneMatch(references::contains);
  }

  private static float[] longForm(
      String table,
      List<String> idNames,
      Dataset<Row> frame,
      List<String> rowIds,
      List<String> references) {
    String id = idColumn(table, idNames, frame);
    List<String> others = others(frame, id);
    Map<String, Integer> row = positions(rowIds);
    Map<String, Integer> column = positions(references);
    float[] values = new float[Math.multiplyExact(rowIds.size(), references.size())];
    Arrays.fill(values, Float.NaN);
    Dataset<Row> selected =
        frame.select(
            text(frame, id),
            text(frame, others.get(0)),
            functions.col(quoted(others.get(1))).cast("float"));
    for (Row each : selected.collectAsList()) {
      String one = each.getString(0);
      String other = each.getString(1);
      float value = each.isNullAt(2) ? Float.NaN : each.getFloat(2);
      put(values, row.get(one), column.get(other), references.size(), value);
      if (rowIds.equals(references)) {
        Integer back = row.get(other);
        Integer to = column.get(one);
        if (back != null && to != null && Float.isNaN(values[back * references.size() + to])) {
          put(values, back, to, references.size(), value);
        }
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "table '%s' has no similarity of '%s' and '%s', expected a number for each two entities"
                .formatted(
                    table,
                    rowIds.get(i / references.size()),
                    references.get(i % references.size())),
            Facts.ofTable(table));
      }
    }
    return values;
  }

  private static void put(
      float[] values, @Nullable Integer row, @Nullable Integer column, int columns, float value) {
    if (row != null && column != null) {
      values[row * columns + column] = value;
    }
  }

  private static Map<String, Integer> positions(List<String> ids) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      positions.put(ids.get(i), i);
    }
    return positions;
  }
}
