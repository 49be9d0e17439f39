package kronwood.io.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.encode.EncoderType;
import kronwood.encode.Encoders;
import kronwood.fault.InputException;
import kronwood.io.table.Columns;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;
import kronwood.io.table.TableSource;
import kronwood.model.ModelBlock;
import org.jspecify.annotations.Nullable;

/**
 * Reads entity tables whose columns are not all numbers: each column is kept as it is written, to
 * be encoded by what the user says of it or what it looks like.
 *
 * <p>Columns of numbers together are one block; every other column is one of its own, or several if
 * several encodings are declared for it.
 */
public final class EncodedReader {
  private EncodedReader() {}

  /**
   * Reads the entities to train with. Where nothing is declared and all cells are numbers, the
   * table is that of {@link FeatureReader#read}, as it is.
   *
   * @param declared encodings of some columns; the others are inferred
   * @param kernel how features are compared where a column does not say otherwise, null for each
   *     encoder's usual way
   * @param weight weight of each block that does not have its own
   * @throws InputException naming file, row and column of a cell that its encoder does not take, or
   *     a declared column that is missing
   */
  public static EntityTable read(
      TableSource source,
      String tableName,
      List<String> modeNames,
      List<ColumnEncoding> declared,
      @Nullable FeatureKernel kernel,
      double weight) {
    if (source.format() == TableSource.Format.IDX) {
      if (!declared.isEmpty()) {
        throw new InputException(source + ": holds numbers only, which need no encoder");
      }
      return FeatureReader.read(source, tableName, modeNames);
    }
    if (declared.isEmpty()) {
      try {
        return FeatureReader.read(source, tableName, modeNames);
      } catch (InputException notOnlyNumbers) {
        // What is wrong with the file as such is found again.
        return encoded(source, tableName, modeNames, declared, kernel, weight);
      }
    }
    return encoded(source, tableName, modeNames, declared, kernel, weight);
  }

  private static EntityTable encoded(
      TableSource source,
      String tableName,
      List<String> modeNames,
      List<ColumnEncoding> declared,
      @Nullable FeatureKernel kernel,
      double weight) {
    try (DuckDb db = DuckDb.open()) {
      List<String> candidates = Columns.idCandidates(tableName, modeNames);
      SourceTable table = SourceTable.open(db, source, candidates);
      int id = Columns.idColumn(table, candidates);
      int[] columns = FeatureReader.featureColumns(table, id);
      TextRows rows = TextRows.read(db, table, id, columns);
      Map<String, List<ColumnEncoding>> byColumn = byColumn(table, id, declared);
      List<Block> blocks = new ArrayList<>();
      List<String> names = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      for (int c = 0; c < columns.length; c++) {
        String name = table.names().get(columns[c]);
        List<@Nullable String> cells = rows.column(c);
        List<ColumnEncoding> wanted = byColumn.get(name);
        if (wanted == null) {
          wanted = List.of(inferredOf(table, tableName, name, cells));
        }
        int count = 0;
        for (ColumnEncoding one : wanted) {
          Encoding encoding = one.encoding();
          if (encoding == null) {
            continue;
          }
          check(table, name, encoding, cells);
          if (isPlainNumber(one, encoding)) {
            numbers.add(c);
          } else {
            String block = ++count == 1 ? name : name + " " + count;
            blocks.add(block(block, one, encoding, Cells.of(1, cells), kernel, weight));
            names.add(name);
          }
        }
      }
      if (!numbers.isEmpty()) {
        names.addAll(0, numbers.stream().map(c -> table.names().get(columns[c])).toList());
        blocks.addFirst(numbers(rows, numbers, columns.length, names.getFirst(), kernel, weight));
      }
      if (blocks.isEmpty()) {
        throw new InputException(
            source + ": no column is left to tell the entities apart (all are empty or skipped)");
      }
      return new EntityTable(tableName, EntityIds.of(rows.ids()), names, new Blocks(blocks));
    }
  }

  private static boolean isPlainNumber(ColumnEncoding wanted, Encoding encoding) {
    return encoding.type().equals("numeric") && wanted.weight() == null && wanted.kernel() == null;
  }

  private static ColumnEncoding inferredOf(
      SourceTable table, String tableName, String name, List<@Nullable String> cells) {
    String comma = InferredEncoding.decimalComma(cells);
    if (comma != null) {
      throw new InputException(
          "%s, column %s: looks like numbers with decimal commas, such as %s, expected decimal points; replace the commas, or say that it holds something else, as in encode %s.%s=text or =categorical"
              .formatted(
                  table.source(),
                  Listing.quoted(name),
                  Listing.quoted(comma),
                  tableName,
                  Listing.shortened(name)));
    }
    return new ColumnEncoding(name, InferredEncoding.of(name, cells), null, null);
  }

  private static Map<String, List<ColumnEncoding>> byColumn(
      SourceTable table, int id, List<ColumnEncoding> declared) {
    Map<String, List<ColumnEncoding>> byColumn = new HashMap<>();
    for (ColumnEncoding one : declared) {
      int column = table.names().indexOf(one.column());
      if (column < 0 || column == id) {
        throw table.missing("column", one.column());
      }
      byColumn.computeIfAbsent(one.column(), _ -> new ArrayList<>()).add(one);
    }
    return byColumn;
  }

  private static void check(
      SourceTable table, String name, Encoding encoding, List<@Nullable String> cells) {
    EncoderType type = Encoders.type(encoding.type());
    for (int row = 0; row < cells.size(); row++) {
      String cell = cells.get(row);
      String problem = type.problem(encoding, cell == null || cell.isBlank() ? null : cell);
      if (problem != null) {
        throw table.at(row + 1L, name, problem);
      }
    }
  }

  private static Block block(
      String name,
      ColumnEncoding wanted,
      Encoding encoding,
      Cells cells,
      @Nullable FeatureKernel kernel,
      double weight) {
    FeatureKernel own = wanted.kernel();
    FeatureKernel usual = kernel == null ? Encoders.type(encoding.type()).kernel() : kernel;
    Double factor = wanted.weight();
    return new Block.OfCells(
        name, factor == null ? weight : factor, own == null ? usual : own, encoding, cells);
  }

  private static Block numbers(
      TextRows rows,
      List<Integer> columns,
      int width,
      String first,
      @Nullable FeatureKernel kernel,
      double weight) {
    List<@Nullable String> cells = new ArrayList<>();
    for (int row = 0; row < rows.ids().size(); row++) {
      for (int column : columns) {
        cells.add(rows.cells().get(row * width + column));
      }
    }
    return new Block.OfCells(
        columns.size() == 1 ? first : "numbers",
        weight,
        kernel == null ? FeatureKernel.LINEAR : kernel,
        new Encoding("numeric", Map.of()),
        Cells.of(columns.size(), cells));
  }

  /**
   * Reads new entities for a trained model: a table of their ids and a block for each of the
   * model's.
   *
   * @param expected the model's blocks of cells
   * @param warnings is told of columns that are ignored
   * @throws InputException naming the columns that are missing, or file, row and column of a cell
   *     that its encoder does not take
   */
  public static EntityTable readNew(
      TableSource source,
      String tableName,
      List<String> modeNames,
      List<ModelBlock> expected,
      Consumer<String> warnings) {
    try (DuckDb db = DuckDb.open()) {
      List<String> candidates = Columns.idCandidates(tableName, modeNames);
      SourceTable table = SourceTable.open(db, source, candidates);
      int id = Columns.idColumn(table, candidates);
      List<String> all = new ArrayList<>();
      expected.forEach(block -> all.addAll(block.columns()));
      List<String> distinct = all.stream().distinct().toList();
      int[] columns = Columns.matching(table, id, distinct, "feature", warnings);
      TextRows rows = TextRows.read(db, table, id, columns);
      List<Block> blocks = new ArrayList<>();
      for (ModelBlock block : expected) {
        Encoding encoding = Objects.requireNonNull(block.encoding(), "blocks of cells only");
        for (String column : block.columns()) {
          check(table, column, encoding, rows.column(distinct.indexOf(column)));
        }
        int[] positions = block.columns().stream().mapToInt(distinct::indexOf).toArray();
        List<@Nullable String> cells = new ArrayList<>();
        for (int row = 0; row < rows.ids().size(); row++) {
          for (int position : positions) {
            cells.add(rows.cells().get(row * distinct.size() + position));
          }
        }
        blocks.add(
            new Block.OfCells(
                block.name(),
                1,
                FeatureKernel.LINEAR,
                encoding,
                Cells.of(positions.length, cells)));
      }
      return new EntityTable(tableName, EntityIds.of(rows.ids()), all, new Blocks(blocks));
    }
  }
}
