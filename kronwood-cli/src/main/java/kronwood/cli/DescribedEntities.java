package kronwood.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.cli.AttributeOptions.Attributes;
import kronwood.cli.AttributeOptions.Kind;
import kronwood.io.InputException;
import kronwood.io.TableSource;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import org.jspecify.annotations.Nullable;

/**
 * Given entities that are not named but described, by {@code COLUMN=VALUE,…} with the columns that
 * the model's table has. They are new ones, whose id is the description.
 */
final class DescribedEntities {
  private DescribedEntities() {}

  /**
   * The entities that are described, as tables of new ones; those with a known id are left out.
   *
   * @param tables names of tables whose new entities are given otherwise
   * @throws InputException if a description misses a column of the model's
   */
  static Map<String, List<Attributes>> of(Model model, GivenEntities given, List<String> tables) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (int mode = 0; mode < given.ids().size(); mode++) {
      ModelTable table = model.table(mode);
      String text = given.ids().get(mode);
      if (!given.isGiven(mode) || table.ids().indexOf(text) >= 0 || tables.contains(table.name())) {
        continue;
      }
      Map<String, String> values = values(columns(table), text);
      if (values != null) {
        List<String> all = rows.computeIfAbsent(table.name(), _ -> new ArrayList<>());
        String row = row(table, model.modeNames().get(mode), text, values);
        if (!all.contains(row)) {
          all.add(row);
        }
      }
    }
    Map<String, List<Attributes>> described = new HashMap<>();
    rows.forEach(
        (table, selects) ->
            described.put(
                table,
                List.of(
                    new Attributes(
                        Kind.FEATURES,
                        OptionalDouble.empty(),
                        TableSource.parse("sql:" + String.join(" UNION ALL ", selects))))));
    return described;
  }

  /** Columns that a description can have: those of features, whether numbers or not. */
  private static List<String> columns(ModelTable table) {
    return table.blocks().stream()
        .filter(
            block ->
                block.kind() == ModelBlock.Kind.FEATURES || block.kind() == ModelBlock.Kind.CELLS)
        .flatMap(block -> block.columns().stream())
        .distinct()
        .toList();
  }

  /** Values by column, or null if the text does not begin with a column. */
  private static @Nullable Map<String, String> values(List<String> columns, String text) {
    Map<String, String> values = new LinkedHashMap<>();
    OptionalInt column = columnAt(columns, text, 0);
    int at = 0;
    while (column.isPresent()) {
      String name = columns.get(column.getAsInt());
      int from = at + name.length() + 1;
      // A value goes on to where another column begins: it may have commas of its own.
      int end = text.indexOf(',', from);
      while (end >= 0 && columnAt(columns, text, end + 1).isEmpty()) {
        end = text.indexOf(',', end + 1);
      }
      values.put(name, text.substring(from, end < 0 ? text.length() : end));
      if (end < 0) {
        return values;
      }
      at = end + 1;
      column = columnAt(columns, text, at);
    }
    return null;
  }

  private static OptionalInt columnAt(List<String> columns, String text, int at) {
    return IntStream.range(0, columns.size())
        .filter(c -> text.startsWith(columns.get(c) + "=", at))
        .findFirst();
  }

  private static String row(
      ModelTable table, String mode, String text, Map<String, String> values) {
    List<String> missing =
        columns(table).stream().filter(column -> !values.containsKey(column)).toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "--%s: '%s' does not say %s of the new entity; the columns of table '%s' are %s"
              .formatted(
                  mode,
                  text,
                  String.join(", ", missing),
                  table.name(),
                  String.join(", ", columns(table))));
    }
    return "SELECT %s AS id, %s"
        .formatted(
            literal(text),
            values.entrySet().stream()
                .map(value -> cell(table, value) + " AS " + name(value.getKey()))
                .collect(Collectors.joining(", ")));
  }

  /** A number as one where the model takes numbers, anything else as it is written. */
  private static String cell(ModelTable table, Map.Entry<String, String> value) {
    boolean number =
        table.blocks().stream()
            .filter(block -> block.kind() == ModelBlock.Kind.FEATURES)
            .anyMatch(block -> block.columns().contains(value.getKey()));
    return number && value.getValue().matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
        ? "CAST(" + literal(value.getValue()) + " AS DOUBLE)"
        : literal(value.getValue());
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String name(String column) {
    return "\"" + column.replace("\"", "\"\"") + "\"";
  }
}
