package kronwood.io.pairs;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import kronwood.data.feed.SplitPart;
import kronwood.fault.InputException;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import kronwood.prepared.PreparedContent;
import kronwood.prepared.PreparedWriter;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file of prepared pairs of a table. The embedded database holds the table, sorts it within
 * its memory and spills what does not fit; see {@link DuckDb}. Memory beside that: the ids, and one
 * chunk of the file.
 */
public final class PairsPreparation {
  /** Columns of the rows that are used: row, part, ids m0…, targets t0…, weight w. */
  private static final String USED = DuckDb.identifier("kronwood used");

  private static final List<String> PARTS = List.of("training", "validation", "test");

  private final DuckDb db;
  private final PairsTable pairs;
  private final PreparationRequest request;
  private final PreparedTargets targets;

  private PairsPreparation(DuckDb db, PairsTable pairs, PreparationRequest request) {
    this.db = db;
    this.pairs = pairs;
    this.request = request;
    this.targets = PreparedTargets.of(pairs, request.target());
  }

  /**
   * Makes a file, in one step.
   *
   * @return what it says of its records
   * @throws InputException naming file, row and column if a column is missing; a predicate fails,
   *     or the parts overlap, or none is left to train on; an id, a target or a weight is missing
   *     or bad; only one class is trained; the same entities have different targets in one part; or
   *     the file cannot be written
   */
  public static PreparedContent write(PreparationRequest request, Path file) {
    try (DuckDb db = DuckDb.openStreaming()) {
      PairsTable pairs = PairsTable.load(db, request.source(), request.modes());
      try {
        return new PairsPreparation(db, pairs, request).write(file);
      } catch (SQLException e) {
        throw pairs.table().source().unreadable(e);
      }
    }
  }

  private PreparedContent write(Path file) throws SQLException {
    use();
    int modes = request.modes().size();
    checkIds();
    List<String> tableNames =
        List.copyOf(new LinkedHashSet<>(request.modes().stream().map(ModeSpec::table).toList()));
    List<PreparedContent.Table> tables = new ArrayList<>();
    for (int t = 0; t < tableNames.size(); t++) {
      tables.add(new PreparedContent.Table(tableNames.get(t), ids(t, tableNames.get(t))));
    }
    List<PreparedContent.Mode> named = new ArrayList<>();
    for (ModeSpec mode : request.modes()) {
      named.add(new PreparedContent.Mode(mode.column(), tableNames.indexOf(mode.table())));
    }
    PreparedContent content =
        new PreparedContent(
            named,
            tables,
            request.target().columns(),
            targets.readClasses(db, USED),
            request.target().weightColumn(),
            sizes(),
            request.shuffle());
    PreparedWriter.write(file, content, writer -> writeRecords(content, modes, writer));
    return content;
  }

  /** Makes the table of the rows that are used. */
  private void use() throws SQLException {
    PreparedParts parts = PreparedParts.of(db, pairs, request.split());
    StringBuilder select = new StringBuilder("SELECT rowid + 1 AS r, ");
    select.append(parts.expression()).append(" AS p");
    for (int k = 0; k < request.modes().size(); k++) {
      int column = pairs.column("the column of mode", request.modes().get(k).column());
      select.append(", CAST(").append(pairs.table().column(column)).append(" AS VARCHAR) AS m");
      select.append(k);
    }
    select.append(targets.columns());
    String table = pairs.table().identifier();
    db.execute(
        "CREATE TEMP TABLE %s AS SELECT * FROM (%s FROM %s) WHERE p > 0"
            .formatted(USED, select, table));
    // Nothing more is asked of it, and its memory is needed.
    db.execute("DROP TABLE " + table);
  }

  private void checkIds() throws SQLException {
    for (int k = 0; k < request.modes().size(); k++) {
      String id = "m" + k;
      long row =
          number("SELECT min(r) FROM %s WHERE %s IS NULL OR %s = ''".formatted(USED, id, id));
      if (row > 0) {
        throw source()
            .at(
                row,
                request.modes().get(k).column(),
                "the id is empty, expected that of an entity");
      }
    }
  }

  /** The different ids of a table in their order; they are numbered so in a table of its own. */
  private List<String> ids(int table, String name) throws SQLException {
    List<String> selects = new ArrayList<>();
    for (int k = 0; k < request.modes().size(); k++) {
      if (request.modes().get(k).table().equals(name)) {
        selects.add("SELECT m" + k + " AS id FROM " + USED);
      }
    }
    db.execute(
        ("CREATE TEMP TABLE %s AS SELECT id, CAST(row_number() OVER (ORDER BY id) - 1 AS INTEGER)"
                + " AS n FROM (SELECT DISTINCT id FROM (%s))")
            .formatted(numbered(table), String.join(" UNION ALL ", selects)));
    return db.query(
        "SELECT id FROM " + numbered(table) + " ORDER BY n",
        rows -> {
          List<String> ids = new ArrayList<>();
          while (rows.next()) {
            ids.add(rows.getString(1));
          }
          return ids;
        });
  }

  private static String numbered(int table) {
    return DuckDb.identifier("kronwood ids " + table);
  }

  private PreparedContent.Sizes sizes() throws SQLException {
    int[] sizes = new int[PARTS.size()];
    for (int part = 1; part <= sizes.length; part++) {
      long count = number("SELECT count(*) FROM %s WHERE p = %d".formatted(USED, part));
      if (count > Integer.MAX_VALUE - 8) {
        throw new InputException(
            "%s: has %d %s rows, expected at most %d"
                .formatted(request.source(), count, PARTS.get(part - 1), Integer.MAX_VALUE - 8));
      }
      sizes[part - 1] = (int) count;
    }
    return new PreparedContent.Sizes(sizes[0], sizes[1], sizes[2]);
  }

  private long number(String query) throws SQLException {
    return db.query(
        query,
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }

  private void writeRecords(PreparedContent content, int modes, PreparedWriter writer)
      throws IOException {
    StringBuilder select = new StringBuilder("SELECT u.*");
    StringBuilder from = new StringBuilder(" FROM " + USED + " AS u");
    for (int k = 0; k < modes; k++) {
      select.append(", i").append(k).append(".n AS n").append(k);
      from.append(
          " JOIN %s AS i%d ON u.m%d = i%d.id"
              .formatted(numbered(content.modes().get(k).table()), k, k, k));
    }
    StringBuilder columns = new StringBuilder("r, p");
    for (int k = 0; k < modes; k++) {
      columns.append(", n").append(k);
    }
    for (String value : targets.names()) {
      columns.append(", ").append(value);
    }
    String ordered =
        PreparedOrder.of(columns.toString(), select.toString() + from, modes, targets.names());
    try {
      db.query(
          ordered,
          rows -> {
            writeRows(content, modes, rows, writer);
            return modes;
          });
    } catch (SQLException e) {
      throw source().unreadable(e);
    } catch (WritingException e) {
      throw e.reason;
    }
  }

  private void writeRows(PreparedContent content, int modes, ResultSet rows, PreparedWriter writer)
      throws SQLException {
    PreparedRow row = new PreparedRow(modes, targets.numbers());
    @Nullable PreparedRow before = null;
    boolean[] weighs = new boolean[PARTS.size() + 1];
    boolean[] trained = new boolean[Math.max(1, content.classes().size())];
    try {
      while (rows.next()) {
        row.read(rows);
        targets.read(row, rows);
        if (before != null && before.isOfSameEntities(row) && !request.target().repeats()) {
          targets.checkSame(before, row, content);
        }
        row.write(writer, targets);
        weighs[row.part()] |= row.weight > 0;
        if (!content.classes().isEmpty() && row.part() == 1) {
          trained[row.label] = true;
        }
        PreparedRow spare = before == null ? new PreparedRow(modes, targets.numbers()) : before;
        before = row;
        row = spare;
      }
    } catch (IOException e) {
      throw new WritingException(e);
    }
    checkTraining(content, weighs, trained);
  }

  private void checkTraining(PreparedContent content, boolean[] weighs, boolean[] trained) {
    int classes = 0;
    for (boolean one : trained) {
      classes += one ? 1 : 0;
    }
    if (!content.classes().isEmpty() && classes < 2) {
      throw new InputException(
          "%s, column %s: only one class among the training rows; expected at least two (classes found: %s)"
              .formatted(
                  request.source(),
                  Listing.quoted(content.targets().getFirst()),
                  Listing.of(content.classes())));
    }
    for (int part = 1; part <= PARTS.size(); part++) {
      boolean any = content.sizes().of(SplitPart.values()[part - 1]) > 0;
      if (any && !weighs[part]) {
        throw new InputException(
            "%s, column %s: all %s rows have weight 0, expected a positive weight somewhere"
                .formatted(
                    request.source(),
                    Listing.quoted(String.valueOf(content.weight())),
                    PARTS.get(part - 1)));
      }
    }
  }

  private SourceTable source() {
    return pairs.table().source();
  }

  /** Carries an error of the disk out of a query. */
  private static final class WritingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient IOException reason;

    WritingException(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
