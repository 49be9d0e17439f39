package kronwood.io.pairs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import kronwood.io.table.NumberText.NotANumber;
import kronwood.io.table.SourceTable;
import kronwood.io.table.SourceTable.Kind;
import kronwood.prepared.PreparedContent;
import org.jspecify.annotations.Nullable;

/** Targets and weights of pairs that are prepared: which columns they are, and what is in a row. */
final class PreparedTargets {
  private final PairsTable pairs;
  private final TargetSpec spec;

  /** Columns of the targets, then that of the weight if there is one. */
  private final int[] columns;

  /** Whether each is read as text. */
  private final boolean[] text;

  private final boolean withoutFractions;
  private final Map<String, Integer> labels = new HashMap<>();

  private PreparedTargets(PairsTable pairs, TargetSpec spec, int[] columns, boolean[] text) {
    this.pairs = pairs;
    this.spec = spec;
    this.columns = columns;
    this.text = text;
    this.withoutFractions = pairs.table().kind(columns[0]) == Kind.REAL;
  }

  /**
   * The specified columns of a table.
   *
   * @throws InputException if one of them is missing
   */
  static PreparedTargets of(PairsTable pairs, TargetSpec spec) {
    List<Integer> found = new ArrayList<>();
    for (String name : spec.columns()) {
      found.add(pairs.column("the target column", name));
    }
    if (spec.weightColumn() != null) {
      found.add(pairs.column("the weight column", spec.weightColumn()));
    }
    int[] columns = found.stream().mapToInt(Integer::intValue).toArray();
    boolean[] text = new boolean[columns.length];
    for (int c = 0; c < columns.length; c++) {
      Kind kind = pairs.table().kind(columns[c]);
      boolean isClass = spec.kind() != TargetKind.REAL && c == 0;
      text[c] = isClass || kind == Kind.TEXT || kind == Kind.OTHER;
    }
    return new PreparedTargets(pairs, spec, columns, text);
  }

  boolean areClasses() {
    return spec.kind() != TargetKind.REAL;
  }

  boolean areWeighted() {
    return spec.weightColumn() != null;
  }

  /** Numbers of real targets in a row. */
  int numbers() {
    return spec.columns().size();
  }

  /** Names that the columns have in the table of the rows used. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < spec.columns().size(); c++) {
      names.add("t" + c);
    }
    if (areWeighted()) {
      names.add("w");
    }
    return names;
  }

  /** The columns in a SELECT, under these names. */
  String columns() {
    StringBuilder select = new StringBuilder();
    for (int c = 0; c < columns.length; c++) {
      select.append(", CAST(").append(pairs.table().column(columns[c]));
      select.append(text[c] ? " AS VARCHAR) AS " : " AS DOUBLE) AS ").append(names().get(c));
    }
    return select.toString();
  }

  /**
   * The classes in order, none if targets are real.
   *
   * @param used the table of the rows used
   * @throws InputException if a class is missing, or there are not as many as there must be
   */
  List<String> readClasses(DuckDb db, String used) throws SQLException {
    if (!areClasses()) {
      return List.of();
    }
    long empty =
        db.query(
            "SELECT min(r) FROM " + used + " WHERE t0 IS NULL OR t0 = ''",
            rows -> {
              rows.next();
              return rows.getLong(1);
            });
    if (empty > 0) {
      throw at(empty, 0, "the cell is empty, expected a class", Facts.NONE);
    }
    Set<String> found = new LinkedHashSet<>();
    List<String> all =
        db.query(
            "SELECT DISTINCT t0 FROM " + used + " ORDER BY t0",
            rows -> {
              List<String> values = new ArrayList<>();
              while (rows.next()) {
                values.add(rows.getString(1));
              }
              return values;
            });
    all.forEach(value -> found.add(name(value)));
    List<String> names = ClassNames.order(spec, List.copyOf(found), this::classProblem);
    for (String value : all) {
      labels.put(value, ClassNames.indexOf(names, name(value)));
    }
    return names;
  }

  private String name(String value) {
    if (value.indexOf('\0') >= 0) {
      throw classProblem(ClassNames.holdsZero(value), null);
    }
    return withoutFractions ? ClassNames.withoutFraction(value) : value;
  }

  /**
   * Reads targets and weight of a row.
   *
   * @throws InputException if one is missing or not a number
   */
  void read(PreparedRow row, ResultSet rows) throws SQLException {
    int first = row.next();
    if (areClasses()) {
      String value = rows.getString(first);
      Integer label = labels.get(value);
      if (label == null) {
        throw at(row.row(), 0, "the class changed while it was read", Facts.NONE);
      }
      row.label = label;
    } else {
      for (int c = 0; c < numbers(); c++) {
        row.values[c] = number(row, rows, c, "a target");
      }
    }
    row.weight = 1;
    if (areWeighted()) {
      int c = columns.length - 1;
      row.weight = number(row, rows, c, "a weight");
      if (row.weight < 0) {
        throw at(row.row(), c, "the weight is " + row.weight + ", expected 0 or more", Facts.NONE);
      }
    }
  }

  private float number(PreparedRow row, ResultSet rows, int c, String what) throws SQLException {
    int column = row.next() + c;
    try {
      return TargetReader.number(rows, column, text[c]);
    } catch (NotANumber e) {
      boolean classes = text[c] && spec.columns().size() == 1 && c == 0;
      throw at(
          row.row(),
          c,
          e.problem() + " as " + what,
          classes ? Facts.of(Remedy.SEVERAL_CLASSES) : Facts.NONE);
    }
  }

  /**
   * Checks that two rows of the same entities have the same target.
   *
   * @throws InputException if they do not
   */
  void checkSame(PreparedRow before, PreparedRow row, PreparedContent content) {
    boolean same = before.label == row.label;
    for (int c = 0; c < row.values.length && !areClasses(); c++) {
      same &= before.values[c] == row.values[c];
    }
    if (same) {
      return;
    }
    boolean ordered = before.row() < row.row();
    PreparedRow first = ordered ? before : row;
    PreparedRow second = ordered ? row : before;
    StringBuilder entities = new StringBuilder();
    for (int k = 0; k < content.modes().size(); k++) {
      PreparedContent.Mode mode = content.modes().get(k);
      String id = content.tables().get(mode.table()).ids().get(row.entity(k));
      entities.append(k == 0 ? "" : ", ").append(mode.column()).append(' ');
      entities.append(Listing.quoted(id));
    }
    SourceTable source = pairs.table().source();
    throw new InputException(
        "%s: %s and %s hold the same entities (%s) with different targets: %s and %s; keep one of them, or average them in a query (sql:SELECT …)"
            .formatted(
                source.source(),
                source.rowName(first.row()),
                source.rowName(second.row()),
                entities,
                words(first, content),
                words(second, content)));
  }

  private String words(PreparedRow row, PreparedContent content) {
    if (areClasses()) {
      return spec.columns().getFirst() + " " + Listing.quoted(content.classes().get(row.label));
    }
    StringBuilder words = new StringBuilder();
    for (int c = 0; c < row.values.length; c++) {
      words.append(c == 0 ? "" : ", ").append(spec.columns().get(c)).append(' ');
      words.append(row.values[c]);
    }
    return words.toString();
  }

  private InputException classProblem(String problem, @Nullable Remedy remedy) {
    return TargetReader.classProblem(pairs, spec, problem, remedy);
  }

  private InputException at(long row, int column, String problem, Facts more) {
    SourceTable source = pairs.table().source();
    return source.at(row, source.names().get(columns[column]), problem, more);
  }
}
