package kronwood.io.pairs;

import java.sql.SQLException;
import kronwood.fault.InputException;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import org.jspecify.annotations.Nullable;

/**
 * The part of each row of a table as an expression of SQL: 1 training, 2 validation, 3 test, 0
 * none.
 *
 * @param expression the expression, over the columns of the table
 */
record PreparedParts(String expression) {
  private static final String TRAIN = "train-where";
  private static final String VALIDATION = "validation-where";
  private static final String TEST = "test-where";

  /**
   * Divides a table.
   *
   * @throws InputException if a predicate fails, two parts overlap, a column has another word than
   *     the name of a part, or nothing is left to train on
   */
  static PreparedParts of(DuckDb db, PairsTable pairs, SplitSpec spec) throws SQLException {
    PreparedParts parts =
        spec.column() == null ? ofPredicates(db, pairs, spec) : ofColumn(db, pairs, spec.column());
    String table = pairs.table().identifier();
    if (count(
            db,
            "SELECT count(*) FROM (SELECT %s AS p FROM %s) WHERE p = 1"
                .formatted(parts.expression, table))
        == 0) {
      throw new InputException(
          "%s: no rows to train on: none of its %s is left for it"
              .formatted(pairs.table().source().source(), Listing.count(pairs.rows(), "row")));
    }
    return parts;
  }

  private static PreparedParts ofPredicates(DuckDb db, PairsTable pairs, SplitSpec spec)
      throws SQLException {
    String train = condition(db, pairs, spec.prefix() + TRAIN, spec.trainWhere());
    String validation = condition(db, pairs, spec.prefix() + VALIDATION, spec.validationWhere());
    String test = condition(db, pairs, spec.prefix() + TEST, spec.testWhere());
    if (spec.trainWhere() != null) {
      checkDisjoint(db, pairs, spec.prefix() + TRAIN, train, spec.prefix() + TEST, test);
      checkDisjoint(
          db, pairs, spec.prefix() + TRAIN, train, spec.prefix() + VALIDATION, validation);
    }
    checkDisjoint(db, pairs, spec.prefix() + VALIDATION, validation, spec.prefix() + TEST, test);
    String rest = spec.trainWhere() == null ? "1" : "CASE WHEN " + train + " THEN 1 ELSE 0 END";
    return new PreparedParts(
        "CASE WHEN " + test + " THEN 3 WHEN " + validation + " THEN 2 ELSE " + rest + " END");
  }

  private static String condition(
      DuckDb db, PairsTable pairs, String option, @Nullable String predicate) {
    return predicate == null ? "false" : pairs.table().condition(db, option, predicate);
  }

  private static void checkDisjoint(
      DuckDb db, PairsTable pairs, String option, String part, String otherOption, String other)
      throws SQLException {
    String both =
        "(SELECT rowid + 1 AS r, (%s) AND (%s) AS b FROM %s)"
            .formatted(part, other, pairs.table().identifier());
    long rows = count(db, "SELECT count(*) FROM " + both + " WHERE b");
    if (rows > 0) {
      long first = count(db, "SELECT min(r) FROM " + both + " WHERE b");
      throw Parts.overlap(pairs, rows, first, option, otherOption);
    }
  }

  private static PreparedParts ofColumn(DuckDb db, PairsTable pairs, String name)
      throws SQLException {
    int column = pairs.column("the column of parts", name);
    String value = "CAST(" + pairs.table().column(column) + " AS VARCHAR)";
    String expression =
        ("CASE WHEN %1$s = 'train' THEN 1 WHEN %1$s = 'validation' THEN 2 WHEN %1$s = 'test' THEN 3"
                + " WHEN %1$s IS NULL OR %1$s = '' THEN 0 ELSE -1 END")
            .formatted(value);
    String wrong =
        "(SELECT rowid + 1 AS r, %s AS p, %s AS v FROM %s)"
            .formatted(expression, value, pairs.table().identifier());
    long row = count(db, "SELECT min(r) FROM " + wrong + " WHERE p < 0");
    if (row > 0) {
      String found =
          db.query(
              "SELECT v FROM " + wrong + " WHERE r = " + row,
              rows -> {
                rows.next();
                return rows.getString(1);
              });
      throw RowDivision.notAPart(pairs, row, name, found);
    }
    return new PreparedParts(expression);
  }

  private static long count(DuckDb db, String query) throws SQLException {
    return db.query(
        query,
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }
}
