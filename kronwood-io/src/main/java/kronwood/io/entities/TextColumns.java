package kronwood.io.entities;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import kronwood.io.table.DuckDb;
import kronwood.io.table.SourceTable;
import kronwood.io.table.TableSource;

/** What to do about columns of text among columns that should be numbers. */
final class TextColumns {
  private static final int FEW = 6;
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private TextColumns() {}

  /**
   * Advice for the end of a message about a bad cell in column {@code bad}: how to leave out the
   * columns of text if the whole column is text, else nothing.
   */
  static String advice(DuckDb db, SourceTable table, int id, int[] columns, int bad)
      throws SQLException {
    StringBuilder counts = new StringBuilder("SELECT ");
    for (int c = 0; c < columns.length; c++) {
      counts.append(c == 0 ? "" : ", ");
      counts.append("count(TRY_CAST(c").append(c).append(" AS FLOAT))");
    }
    StringBuilder names = new StringBuilder("(");
    for (int c = 0; c < columns.length; c++) {
      names.append(c == 0 ? "c" : ", c").append(c);
    }
    List<String> numeric = new ArrayList<>();
    List<String> text = new ArrayList<>();
    boolean badIsText =
        db.query(
            counts + " FROM (" + table.textQuery(columns) + ") AS texts" + names + ")",
            result -> {
              result.next();
              boolean all = false;
              for (int c = 0; c < columns.length; c++) {
                boolean isText = result.getLong(c + 1) == 0;
                (isText ? text : numeric).add(name(table.names().get(columns[c])));
                all |= isText && columns[c] == bad;
              }
              return all;
            });
    if (!badIsText) {
      return "";
    }
    String whole = "; the whole column is text";
    if (numeric.isEmpty()) {
      return whole + ", and no other column holds numbers that could be features";
    }
    String key = name(table.names().get(id));
    String select =
        numeric.size() <= FEW
            ? key + ", " + String.join(", ", numeric)
            : "* EXCLUDE (" + String.join(", ", text) + ")";
    TableSource source = table.source();
    String from =
        !source.isFile() || source.format() == TableSource.Format.DATABASE
            ? "…"
            : DuckDb.literal(source.path().toString());
    return whole + ", leave it out with \"sql:SELECT " + select + " FROM " + from + "\"";
  }

  private static String name(String column) {
    return PLAIN_NAME.matcher(column).matches() ? column : DuckDb.identifier(column);
  }
}
