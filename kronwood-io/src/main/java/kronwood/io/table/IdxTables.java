package kronwood.io.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import org.duckdb.DuckDBAppender;

/**
 * Tables from idx files. The rows of a file, or of several one after the other, are entities whose
 * ids are their numbers from 0; a file of labels is a table of samples in which row i is about
 * entity i of every mode.
 */
public final class IdxTables {
  /** Name of the column that labels are in. */
  static final String LABEL = "label";

  /** Name of the column that tells from which file a row comes, counted from 1. */
  static final String FILE = "file";

  private static final String LABELS = "kronwood labels";

  private IdxTables() {}

  private static List<IdxFile> headers(TableSource source) {
    return source.parts().stream().map(IdxFile::header).toList();
  }

  private static int entities(TableSource source, List<IdxFile> files) {
    long entities = files.stream().mapToLong(IdxFile::entities).sum();
    if (entities * files.getFirst().columns() > Integer.MAX_VALUE - 8) {
      throw new InputException(source + ": has more than 2^31 values");
    }
    return (int) entities;
  }

  /**
   * Entities with a feature for each value, such as each pixel, called by its place: {@code 1_28}
   * is the last one of the first row.
   *
   * @throws InputException if a file cannot be read, holds a single number per entity, or two files
   *     hold entities of different shapes
   */
  public static EntityTable features(TableSource source, String tableName) {
    List<IdxFile> files = headers(source);
    int[] shape = files.getFirst().shape();
    for (int f = 0; f < files.size(); f++) {
      TableSource part = source.parts().get(f);
      if (files.get(f).shape().length == 0) {
        throw new InputException(
            part + ": has one number per row, expected images",
            Facts.inFile(part.toString())
                .found("one number per row", "images")
                .with(Remedy.AS_PAIRS));
      }
      if (!Arrays.equals(shape, files.get(f).shape())) {
        throw new InputException(
            "%s: its rows are %s, those of %s are %s, expected the same"
                .formatted(
                    part, text(files.get(f).shape()), source.parts().getFirst(), text(shape)));
      }
    }
    int columns = files.getFirst().columns();
    int entities = entities(source, files);
    float[] values = new float[entities * columns];
    int offset = 0;
    for (IdxFile file : files) {
      file.read(values, offset);
      offset += file.entities() * columns;
    }
    List<String> ids = new ArrayList<>();
    for (int e = 0; e < entities; e++) {
      ids.add(Integer.toString(e));
    }
    return new EntityTable(
        tableName,
        EntityIds.of(ids),
        names(shape, columns),
        DenseFeatures.of(entities, columns, values));
  }

  /**
   * New entities for a trained model.
   *
   * @throws InputException as {@link #features} does, or if the model's features are not those of
   *     such files
   */
  public static EntityTable newFeatures(
      TableSource source, String tableName, List<String> expected) {
    EntityTable read = features(source, tableName);
    if (!read.columns().equals(expected)) {
      throw new InputException(
          "%s: its values are %s, expected the features that the model was trained with, %s"
              .formatted(source, range(read.columns()), range(expected)));
    }
    return read;
  }

  private static String range(List<String> columns) {
    return columns.size() + " from '" + columns.getFirst() + "' to '" + columns.getLast() + "'";
  }

  private static String text(int[] shape) {
    return shape.length == 0
        ? "single numbers"
        : Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
  }

  private static List<String> names(int[] shape, int columns) {
    List<String> names = new ArrayList<>();
    int[] place = new int[shape.length];
    for (int c = 0; c < columns; c++) {
      int rest = c;
      for (int k = shape.length - 1; k >= 0; k--) {
        place[k] = rest % shape[k] + 1;
        rest /= shape[k];
      }
      names.add(Arrays.stream(place).mapToObj(Integer::toString).collect(Collectors.joining("_")));
    }
    return names;
  }

  /**
   * Makes a temporary table of labels: the id columns, {@value #LABEL} and {@value #FILE}.
   *
   * @param idColumns names of the columns that hold ids
   * @return its name
   * @throws InputException if a file cannot be read or does not hold a single number per row
   */
  static String labels(DuckDb db, TableSource source, List<String> idColumns) throws SQLException {
    List<IdxFile> files = headers(source);
    for (int f = 0; f < files.size(); f++) {
      if (files.get(f).shape().length > 0) {
        throw new InputException(
            "%s: its rows are %s, expected labels, a single number per row"
                .formatted(source.parts().get(f), text(files.get(f).shape())));
      }
    }
    for (String id : idColumns) {
      if (Columns.indexOf(List.of(LABEL, FILE), id) >= 0) {
        throw new InputException(
            "%s: a mode cannot be called '%s', which is a column of labels from idx files"
                .formatted(source, id));
      }
    }
    boolean whole = files.stream().allMatch(IdxFile::whole);
    String table = DuckDb.identifier(LABELS);
    db.execute(
        "CREATE TEMP TABLE %s (%s%s %s, %s INTEGER)"
            .formatted(
                table,
                idColumns.stream()
                    .map(id -> DuckDb.identifier(id) + " VARCHAR, ")
                    .collect(Collectors.joining()),
                LABEL,
                whole ? "BIGINT" : "DOUBLE",
                FILE));
    float[] values = new float[entities(source, files)];
    int row = 0;
    try (DuckDBAppender appender = db.appender(LABELS)) {
      for (int f = 0; f < files.size(); f++) {
        int start = row;
        files.get(f).read(values, start);
        for (; row < start + files.get(f).entities(); row++) {
          appender.beginRow();
          for (int k = 0; k < idColumns.size(); k++) {
            appender.append(Integer.toString(row));
          }
          if (whole) {
            appender.append((long) values[row]);
          } else {
            appender.append((double) values[row]);
          }
          appender.append(f + 1);
          appender.endRow();
        }
      }
    }
    return table;
  }

  /** Checks what {@link TableSource#checkGoesWith} says. */
  static void checkSameRows(TableSource labels, TableSource entities) {
    List<Integer> labelled = headers(labels).stream().map(IdxFile::entities).toList();
    List<Integer> described = headers(entities).stream().map(IdxFile::entities).toList();
    if (!labelled.equals(described)) {
      throw new InputException(
          "%s: has labels of %s rows, but %s has %s: expected a label for each, in the same order of"
                  .formatted(labels, counts(labelled), entities, counts(described))
              + " files");
    }
  }

  /** Checks what {@link TableSource#checkRows} says. */
  static void checkRows(TableSource labels, String table, int entities) {
    List<Integer> rows = headers(labels).stream().map(IdxFile::entities).toList();
    if (rows.stream().mapToInt(Integer::intValue).sum() != entities) {
      throw new InputException(
          "%s: has labels of %s rows, but table '%s' has %,d entities: expected a label for each, as row i is about entity i"
              .formatted(labels, counts(rows), table, entities));
    }
  }

  private static String counts(List<Integer> rows) {
    return rows.stream().map("%,d"::formatted).collect(Collectors.joining(" + "));
  }
}
