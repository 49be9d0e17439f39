package kronwood.io.scores;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;
import kronwood.io.table.DuckDb;
import org.duckdb.DuckDBAppender;

/**
 * Writes samples of a data set with what was predicted for them, to the kinds of file that {@link
 * ScoreWriter} writes.
 *
 * <p>Columns: {@code row}, the data row of the pairs table, counted from 1, empty for a pair that
 * it does not list; the ids of the entities, named like the modes; the targets, as they are; those
 * of the {@link Scores}. A name that is taken already is prefixed with {@code predicted_}.
 */
public final class SampleWriter {
  private static final String TABLE = "kronwood samples";

  private SampleWriter() {}

  /**
   * Writes some samples. The file appears when it is complete.
   *
   * @param samples positions of the samples in the data set
   * @param rows row of every sample of the data set, 0 for none
   * @param scores a row for each written sample
   * @throws IllegalArgumentException if there are not as many scores as samples
   * @throws InputException if the file cannot be written
   */
  public static void write(Dataset data, int[] samples, int[] rows, Scores scores, Path out) {
    if (scores.rows() != samples.length) {
      throw new IllegalArgumentException(
          scores.rows() + " scores for " + samples.length + " samples");
    }
    ScoreWriter.checkWritable(out);
    try (DuckDb db = DuckDb.open()) {
      load(db, data, samples, rows, scores);
      AtomicFile.make(
          out,
          file -> {
            try {
              db.execute(
                  "COPY "
                      + DuckDb.identifier(TABLE)
                      + " TO "
                      + DuckDb.literal(file.toString())
                      + " "
                      + ScoreWriter.format(out));
            } catch (SQLException e) {
              throw new IOException(DuckDb.reason(e), e);
            }
          });
    } catch (IOException e) {
      throw new InputException(out + ": cannot be written: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw DuckDb.failure("samples cannot be stored", e);
    }
  }

  private static void load(DuckDb db, Dataset data, int[] samples, int[] rows, Scores scores)
      throws SQLException {
    List<Integer> modes = distinctModes(data.modes());
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int mode : modes) {
      names.add(data.modes().get(mode).name());
      types.add("VARCHAR");
    }
    boolean real = data.samples().targets() instanceof RealTargets;
    for (String target : data.samples().targets().names()) {
      names.add(target);
      types.add(real ? "FLOAT" : "VARCHAR");
    }
    List<String> scoreNames = ScoreWriter.newNames(names, scores.names());
    names.addAll(scoreNames);
    for (Scores.Column column : scores.columns()) {
      types.add(ScoreWriter.type(column));
    }
    String row = "row";
    while (ScoreWriter.contains(names, row)) {
      row = "predicted_" + row;
    }
    StringBuilder create = new StringBuilder("CREATE TEMP TABLE ");
    create.append(DuckDb.identifier(TABLE)).append(" (").append(DuckDb.identifier(row));
    create.append(" INTEGER");
    for (int c = 0; c < names.size(); c++) {
      create.append(", ").append(DuckDb.identifier(names.get(c))).append(' ').append(types.get(c));
    }
    db.execute(create.append(")").toString());
    try (DuckDBAppender appender = db.appender(TABLE)) {
      for (int i = 0; i < samples.length; i++) {
        appender.beginRow();
        if (rows[samples[i]] == 0) {
          appender.appendNull();
        } else {
          appender.append(rows[samples[i]]);
        }
        append(appender, data, modes, samples[i]);
        ScoreWriter.append(appender, scores, i);
        appender.endRow();
      }
    }
  }

  private static List<Integer> distinctModes(List<Mode> modes) {
    List<Integer> distinct = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int mode = 0; mode < modes.size(); mode++) {
      String name = modes.get(mode).name().toLowerCase(Locale.ROOT);
      if (!names.contains(name)) {
        names.add(name);
        distinct.add(mode);
      }
    }
    return distinct;
  }

  private static void append(DuckDBAppender appender, Dataset data, List<Integer> modes, int sample)
      throws SQLException {
    Samples all = data.samples();
    EntityTuples tuples = all.tuples();
    for (int mode : modes) {
      appender.append(data.modes().get(mode).table().ids().id(tuples.entity(sample, mode)));
    }
    switch (all.targets()) {
      case ClassTargets classes -> appender.append(classes.classes().get(classes.label(sample)));
      case RealTargets reals -> {
        for (int c = 0; c < reals.outputs(); c++) {
          appender.append(reals.value(sample, c));
        }
      }
    }
  }
}
