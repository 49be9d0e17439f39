package kronwood.io.table;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipException;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a delimited text file, found and checked in one pass over its bytes before
 * DuckDB reads the values: delimiter, header, number of rows, longest line, kind of line ending.
 *
 * <p>DuckDB is told all of it, because its own detection can misread a file without saying so (a
 * line feed within a quoted header of a CR LF file makes it read no rows at all), and what is
 * malformed is reported from here with its row and line. Empty lines are not rows, except in a
 * table of one column.
 */
final class CsvFile {
  private static final int DUCKDB_LONGEST_LINE = 2_000_000;

  private final TableSource source;
  private final char delimiter;
  private List<String> header = List.of();
  private int headerFields;
  private long recordsToHeader;
  private long rows;
  private int longestRecord;
  private CsvScanner.Ending ending = CsvScanner.Ending.END_OF_FILE;

  private CsvFile(TableSource source, char delimiter) {
    this.source = source;
    this.delimiter = delimiter;
  }

  /**
   * Scans a file.
   *
   * @throws InputException if it is empty, not UTF-8, has a row with more or fewer fields than the
   *     header, malformed quotes, or lines that end in different ways
   */
  static CsvFile scan(TableSource source) {
    try {
      CsvFile file = new CsvFile(source, delimiter(source));
      file.scan();
      return file;
    } catch (ZipException | EOFException e) {
      throw new InputException(source + ": is not a complete gzip file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InputException(source + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Tab for {@code .tsv}; for {@code .csv} the first of comma, semicolon, tab in the header. */
  private static char delimiter(TableSource source) throws IOException {
    if (source.format() == TableSource.Format.TSV) {
      return '\t';
    }
    for (char candidate : new char[] {',', ';', '\t'}) {
      try (CsvScanner scanner = new CsvScanner(source.open(), candidate)) {
        if (nextNotBlank(scanner) && scanner.fields() > 1) {
          return candidate;
        }
      }
    }
    return ',';
  }

  private static boolean nextNotBlank(CsvScanner scanner) throws IOException {
    while (scanner.next()) {
      if (!scanner.blank()) {
        return true;
      }
    }
    return false;
  }

  private void scan() throws IOException {
    try (CsvScanner scanner = new CsvScanner(source.open(), delimiter)) {
      while (header.isEmpty() && scanner.next()) {
        recordsToHeader++;
        checkForm(scanner, "the header");
        if (!scanner.blank()) {
          header = scanner.values();
          headerFields = scanner.fields();
        }
      }
      if (header.isEmpty()) {
        throw new InputException(
            source + ": is empty, expected a header with the column names and rows below it");
      }
      while (scanner.next()) {
        if (isRow(scanner)) {
          rows++;
          checkForm(scanner, "row " + rows);
          checkFields(scanner);
          longestRecord = Math.max(longestRecord, scanner.length());
        }
      }
    }
  }

  private boolean isRow(CsvScanner scanner) {
    return !scanner.blank() || headerFields == 1;
  }

  private void checkForm(CsvScanner scanner, String what) {
    String problem = formProblem(scanner);
    if (problem != null) {
      throw new InputException(
          "%s, %s (line %d): %s".formatted(source, what, scanner.line(), problem));
    }
    if (ending == CsvScanner.Ending.END_OF_FILE) {
      ending = scanner.ending();
    }
  }

  private @Nullable String formProblem(CsvScanner scanner) {
    if (scanner.line() == 1 && (scanner.text().startsWith("\uFFFD\uFFFD"))) {
      return "the file is not UTF-8 (it looks like UTF-16), save it as UTF-8";
    }
    if (!scanner.utf8()) {
      return "the text is not UTF-8: %s, save the file as UTF-8"
          .formatted(Listing.quoted(scanner.text()));
    }
    boolean sameEnding =
        ending == CsvScanner.Ending.END_OF_FILE
            || scanner.ending() == CsvScanner.Ending.END_OF_FILE
            || scanner.ending() == ending;
    if (!sameEnding) {
      return "the line ends with %s, the lines above with %s, save the file with one kind of ending"
          .formatted(name(scanner.ending()), name(ending));
    }
    return switch (scanner.quotes()) {
      case WELL_FORMED -> null;
      case NOT_CLOSED ->
          "a quote (\") is opened and not closed before the end of the file, in %s"
              .formatted(Listing.quoted(scanner.text()));
      case TEXT_AFTER ->
          ("text after a closing quote (\"), in %s; expected a quoted value to end with its quote,"
                  + " and a quote within it to be written twice")
              .formatted(Listing.quoted(scanner.text()));
    };
  }

  private static String name(CsvScanner.Ending ending) {
    return switch (ending) {
      case LF -> "LF";
      case CR_LF -> "CR LF";
      case CR -> "CR";
      case END_OF_FILE -> "the end of the file";
    };
  }

  private void checkFields(CsvScanner scanner) {
    if (scanner.fields() != headerFields) {
      throw new InputException(
          "%s, row %d (line %d): found %s, expected %d as in the header; the row is %s"
              .formatted(
                  source,
                  rows,
                  scanner.line(),
                  Listing.count(scanner.fields(), "column"),
                  headerFields,
                  Listing.quoted(scanner.text())));
    }
  }

  /** Column names as written. */
  List<String> header() {
    return header;
  }

  /** Number of data rows. */
  long rows() {
    return rows;
  }

  /**
   * Line of the file on which data row {@code row} begins, both counted from 1; rescans the file.
   */
  long line(long row) {
    try (CsvScanner scanner = new CsvScanner(source.open(), delimiter)) {
      for (long record = 0; record < recordsToHeader; record++) {
        scanner.next();
      }
      long seen = 0;
      while (scanner.next()) {
        if (isRow(scanner) && ++seen == row) {
          return scanner.line();
        }
      }
    } catch (IOException e) {
      throw new InputException(source + ": cannot be read again: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(source + " has no row " + row);
  }

  /**
   * The {@code read_csv} call for this file, columns named {@code c0, c1, …}.
   *
   * @param asFloat which columns are converted to FLOAT; the others are VARCHAR as written
   */
  String readCsv(boolean[] asFloat) {
    StringBuilder call = new StringBuilder("read_csv(");
    call.append(DuckDb.literal(source.path().toString()));
    call.append(", auto_detect=false, header=false, skip=").append(recordsToHeader);
    call.append(", delim=").append(DuckDb.literal(String.valueOf(delimiter)));
    call.append(", quote='\"', escape='\"', encoding='utf-8'");
    call.append(", compression=").append(source.gzip() ? "'gzip'" : "'none'");
    switch (ending) {
      case LF -> call.append(", new_line='\\n'");
      case CR_LF -> call.append(", new_line='\\r\\n'");
      case CR -> call.append(", new_line='\\r'");
      case END_OF_FILE -> {}
    }
    if (longestRecord >= DUCKDB_LONGEST_LINE / 2) {
      call.append(", max_line_size=").append(2L * longestRecord);
    }
    call.append(", columns={");
    for (int c = 0; c < header.size(); c++) {
      call.append(c == 0 ? "" : ", ").append("'c").append(c).append("': ");
      call.append(asFloat[c] ? "'FLOAT'" : "'VARCHAR'");
    }
    return call.append("})").toString();
  }
}
