package kronwood.io.scores;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;
import kronwood.io.pairs.UnlabelledPairs;
import kronwood.io.table.DuckDb;
import kronwood.io.table.OutputFiles;
import org.duckdb.DuckDBAppender;

/**
 * Writes predictions beside the columns of the table they were made for, to {@code .csv}, {@code
 * .tsv}, {@code .json} (one array), {@code .ndjson} or {@code .jsonl} (a line per row), each also
 * {@code .gz}, or {@code .parquet}.
 *
 * <p>All columns of the pairs table come first, then those of the {@link Scores}. Where the table
 * has a column of the same name already, that of the predictions is called {@code predicted_NAME}.
 */
public final class ScoreWriter {
  private static final String SCORES = "kronwood scores";

  private ScoreWriter() {}

  /**
   * Checks before any long work that {@link #write} could write there.
   *
   * @throws InputException if the folder is missing or not writable, the path is a directory, or
   *     its ending is not one of the above
   */
  public static void checkWritable(Path out) {
    format(out);
    OutputFiles.checkWritable(out);
  }

  /**
   * Writes all rows. The file appears when it is complete.
   *
   * @throws IllegalArgumentException if there are not as many scores as rows
   * @throws InputException if the file cannot be written
   */
  public static void write(UnlabelledPairs pairs, Scores scores, Path out) {
    if (scores.rows() != pairs.size()) {
      throw new IllegalArgumentException(scores.rows() + " scores for " + pairs.size() + " rows");
    }
    checkWritable(out);
    DuckDb db = pairs.pairs().db();
    String scoreTable = DuckDb.identifier(SCORES);
    try {
      load(db, scores, newNames(pairs.pairs().table().source().names(), scores.names()));
      String rows =
          "SELECT * FROM " + pairs.pairs().table().identifier() + " POSITIONAL JOIN " + scoreTable;
      AtomicFile.make(
          out,
          file -> {
            try {
              db.execute(
                  "COPY (" + rows + ") TO " + DuckDb.literal(file.toString()) + " " + format(out));
            } catch (SQLException e) {
              throw new IOException(DuckDb.reason(e), e);
            }
          });
    } catch (IOException e) {
      throw new InputException(out + ": cannot be written: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw DuckDb.failure("scores cannot be stored", e);
    } finally {
      drop(db, scoreTable);
    }
  }

  private static void drop(DuckDb db, String table) {
    try {
      db.execute("DROP TABLE IF EXISTS " + table);
    } catch (SQLException e) {
      throw DuckDb.failure("scores cannot be dropped", e);
    }
  }

  /** Options of DuckDB's COPY for a file, by its ending. */
  static String format(Path out) {
    String name = out.toString().toLowerCase(Locale.ROOT);
    boolean gzip = name.endsWith(".gz");
    String plain = gzip ? name.substring(0, name.length() - 3) : name;
    String compression = gzip ? ", COMPRESSION gzip)" : ", COMPRESSION none)";
    int dot = plain.lastIndexOf('.');
    switch (dot < 0 ? "" : plain.substring(dot)) {
      case ".csv":
        return "(FORMAT csv, HEADER true, DELIMITER ','" + compression;
      case ".tsv":
        return "(FORMAT csv, HEADER true, DELIMITER '\t'" + compression;
      case ".json":
        return "(FORMAT json, ARRAY true" + compression;
      case ".ndjson", ".jsonl":
        return "(FORMAT json, ARRAY false" + compression;
      case ".parquet":
        if (!gzip) {
          return "(FORMAT parquet)";
        }
        break;
      default:
        break;
    }
    throw new InputException(
        out
            + ": unknown kind of file to write, expected .csv, .tsv, .json, .ndjson or .jsonl (each"
            + " also .gz) or .parquet");
  }

  /** Names that are not taken, made of wanted ones. */
  static List<String> newNames(List<String> taken, List<String> wanted) {
    List<String> names = new ArrayList<>();
    List<String> all = new ArrayList<>(taken);
    for (String name : wanted) {
      String free = name;
      while (contains(all, free)) {
        free = "predicted_" + free;
      }
      names.add(free);
      all.add(free);
    }
    return names;
  }

  static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static void load(DuckDb db, Scores scores, List<String> names) throws SQLException {
    StringBuilder create = new StringBuilder("CREATE TEMP TABLE ");
    create.append(DuckDb.identifier(SCORES)).append(" (");
    for (int c = 0; c < names.size(); c++) {
      create.append(c == 0 ? "" : ", ").append(DuckDb.identifier(names.get(c)));
      create.append(' ').append(type(scores.columns().get(c)));
    }
    db.execute(create.append(")").toString());
    try (DuckDBAppender appender = db.appender(SCORES)) {
      for (int row = 0; row < scores.rows(); row++) {
        appender.beginRow();
        append(appender, scores, row);
        appender.endRow();
      }
    }
  }

  /** DuckDB's type for a column. */
  static String type(Scores.Column column) {
    return switch (column) {
      case Scores.Column.Numbers _ -> "DOUBLE";
      case Scores.Column.Places _ -> "INTEGER";
      case Scores.Column.LikeliestClass _ -> "VARCHAR";
    };
  }

  /** Appends the columns of one row. */
  static void append(DuckDBAppender appender, Scores scores, int row) throws SQLException {
    for (Scores.Column column : scores.columns()) {
      switch (column) {
        case Scores.Column.Numbers numbers -> appender.append(numbers.value(row));
        case Scores.Column.Places places -> appender.append(places.values()[row]);
        case Scores.Column.LikeliestClass likeliest -> appender.append(likeliest.value(row));
      }
    }
  }
}
