package kronwood.io.scores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;
import kronwood.file.TemporaryPath;
import kronwood.io.table.DuckDb;
import kronwood.io.table.OutputFiles;
import org.duckdb.DuckDBAppender;

/**
 * Writes predictions for tuples that no table lists, such as all pairs of two tables, to the kinds
 * of file that {@link ScoreWriter} writes.
 *
 * <p>Columns: the ids of the entities, named like the modes, then those of the {@link Scores}; a
 * name that is taken already is prefixed with {@code predicted_}. Memory: about a million rows,
 * however many there are; beyond that, rows wait in a folder beside the file until all are there.
 */
public final class TupleWriter {
  private static final String TABLE = "kronwood tuples";
  private static final int ROWS_IN_MEMORY = 1 << 20;

  private final DuckDb db;
  private final List<String> modes;
  private final Path parts;
  private final int rowsInMemory;
  private final List<Path> written = new ArrayList<>();
  private boolean created;
  private int waiting;
  private long rows;

  private TupleWriter(DuckDb db, List<String> modes, Path parts, int rowsInMemory) {
    this.db = db;
    this.modes = modes;
    this.parts = parts;
    this.rowsInMemory = rowsInMemory;
  }

  /** Tells the ids of rows. */
  @FunctionalInterface
  public interface Ids {
    /** Id of the entity of mode {@code mode} in row {@code row}. */
    String id(int row, int mode);
  }

  /**
   * Writes all rows that {@code producer} adds. The file appears when it is complete.
   *
   * @param modes names of the columns of ids
   * @param producer calls {@link #add}, at least once
   * @return number of rows
   * @throws InputException if the file cannot be written
   */
  public static long write(List<String> modes, Path out, Consumer<TupleWriter> producer) {
    return write(modes, out, producer, ROWS_IN_MEMORY);
  }

  static long write(
      List<String> modes, Path out, Consumer<TupleWriter> producer, int rowsInMemory) {
    ScoreWriter.checkWritable(out);
    try (DuckDb db = DuckDb.open()) {
      try (TemporaryPath parts = TemporaryPath.folderIn(OutputFiles.folder(out))) {
        TupleWriter writer = new TupleWriter(db, modes, parts.path(), rowsInMemory);
        producer.accept(writer);
        AtomicFile.make(out, file -> writer.copy(writer.all(), file, ScoreWriter.format(out)));
        return writer.rows;
      }
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw unwritable(out, cause == null ? new IOException(e) : cause);
    } catch (IOException e) {
      throw unwritable(out, e);
    }
  }

  private static InputException unwritable(Path out, IOException e) {
    return new InputException(out + ": cannot be written: " + e.getMessage(), e);
  }

  /**
   * Adds a row for each row of {@code scores}, which must have the same columns in every call.
   *
   * @throws UncheckedIOException if rows cannot be kept beside the file; {@link #write} reports it
   */
  public void add(Ids ids, Scores scores) {
    try {
      if (!created) {
        create(scores);
        created = true;
      }
      try (DuckDBAppender appender = db.appender(TABLE)) {
        for (int row = 0; row < scores.rows(); row++) {
          appender.beginRow();
          for (int mode = 0; mode < modes.size(); mode++) {
            appender.append(ids.id(row, mode));
          }
          ScoreWriter.append(appender, scores, row);
          appender.endRow();
        }
      }
      rows += scores.rows();
      waiting += scores.rows();
      if (waiting >= rowsInMemory) {
        flush();
        create(scores);
      }
    } catch (SQLException e) {
      throw DuckDb.failure("predictions cannot be stored", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(Scores scores) throws SQLException {
    List<String> wanted = new ArrayList<>(modes);
    wanted.addAll(scores.names());
    List<String> names = ScoreWriter.newNames(List.of(), wanted);
    StringBuilder create = new StringBuilder("CREATE OR REPLACE TEMP TABLE ");
    create.append(DuckDb.identifier(TABLE)).append(" (");
    for (int c = 0; c < names.size(); c++) {
      String type =
          c < modes.size() ? "VARCHAR" : ScoreWriter.type(scores.columns().get(c - modes.size()));
      create.append(c == 0 ? "" : ", ").append(DuckDb.identifier(names.get(c)));
      create.append(' ').append(type);
    }
    db.execute(create.append(")").toString());
  }

  private void flush() throws IOException {
    Path part = parts.resolve("part" + written.size() + ".parquet");
    written.add(part);
    copy(DuckDb.identifier(TABLE), part, "(FORMAT parquet)");
    waiting = 0;
  }

  /** All rows as something to copy. */
  private String all() throws IOException {
    if (!created) {
      throw new IllegalStateException("no rows were added");
    }
    if (written.isEmpty()) {
      return DuckDb.identifier(TABLE);
    }
    flush();
    List<String> files = written.stream().map(DuckDb::file).toList();
    return "(SELECT * FROM read_parquet(["
        + String.join(", ", files)
        + "], hive_partitioning=false))";
  }

  private void copy(String rows, Path file, String format) throws IOException {
    try {
      db.execute("COPY " + rows + " TO " + DuckDb.literal(file.toString()) + " " + format);
    } catch (SQLException e) {
      throw new IOException(DuckDb.reason(e), e);
    }
  }
}
