package kronwood.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import org.jspecify.annotations.Nullable;

/**
 * A query as a table: for each mode a column of ids, called like the mode, and for rows with new
 * entities their columns, called {@code MODE.COLUMN}. Without an id such an entity is one of its
 * own. Other columns are not looked at.
 */
final class TableQuery implements Query.Places {
  /** Between the id of a described entity and its row, which no id of a client's has. */
  private static final char MARK = '\u0000';

  private final ServedModel model;
  private final List<String> names;
  private final List<? extends List<? extends @Nullable Object>> rows;

  private TableQuery(
      ServedModel model,
      List<String> names,
      List<? extends List<? extends @Nullable Object>> rows) {
    this.model = model;
    this.names = names;
    this.rows = rows;
  }

  /**
   * The query of a table.
   *
   * @param names names of the columns
   * @param rows values of each row, as many; texts, numbers or null
   * @throws Problem if a mode has no column, or a row no entity of it
   */
  static Query of(
      ServedModel model,
      List<String> names,
      List<? extends List<? extends @Nullable Object>> rows,
      int mostRows) {
    Query.Builder builder = new Query.Builder(model.modes(), mostRows);
    builder.checkRows(rows.size());
    return new TableQuery(model, names, rows).read(builder);
  }

  private Query read(Query.Builder builder) {
    for (String mode : model.modes()) {
      int ids = names.indexOf(mode);
      Map<String, Integer> columns = columns(mode);
      if (ids < 0 && columns.isEmpty()) {
        throw Problem.bad(
            "there is no column %s; the modes are %s"
                .formatted(Problem.quoted(mode), String.join(", ", model.modes())));
      }
      for (int row = 0; row < rows.size(); row++) {
        add(builder, mode, row, ids, columns);
      }
    }
    return builder.query(this);
  }

  private void add(
      Query.Builder builder, String mode, int row, int ids, Map<String, Integer> columns) {
    Object given = ids < 0 ? null : rows.get(row).get(ids);
    String id = given == null ? "" : given.toString();
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    boolean any = false;
    for (Map.Entry<String, Integer> column : columns.entrySet()) {
      Object value = rows.get(row).get(column.getValue());
      described.put(column.getKey(), value);
      any |= value != null && !value.toString().isEmpty();
    }
    if (any) {
      String own = id + MARK + row;
      builder.describe(model.table(mode).name(), own, described);
      builder.add(mode, own);
    } else if (given == null) {
      throw Problem.at(of(row, mode), "has no id, and no columns of a new entity");
    } else {
      builder.add(mode, id);
    }
  }

  /** The columns of a new entity that the table has, and where. */
  private Map<String, Integer> columns(String mode) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      if (names.get(c).startsWith(mode + ".")) {
        columns.put(names.get(c).substring(mode.length() + 1), c);
      }
    }
    return columns;
  }

  /** Columns that describe a new entity of a table, in their order. */
  static List<String> columns(ModelTable table) {
    List<String> columns = new ArrayList<>();
    for (ModelBlock block : table.blocks()) {
      if (block.kind() != ModelBlock.Kind.IDENTITY) {
        columns.addAll(block.columns());
      }
    }
    return columns;
  }

  @Override
  public String of(int row, String mode) {
    return "row " + (row + 1) + ", column " + mode;
  }

  @Override
  public String of(String table, String id, String column) {
    int row = Integer.parseInt(id.substring(id.lastIndexOf(MARK) + 1));
    String mode =
        model.modes().stream()
            .filter(name -> model.table(name).name().equals(table))
            .findFirst()
            .orElse(table);
    return of(row, mode + "." + column);
  }
}
