package kronwood.io.prediction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import kronwood.fault.InputException;
import kronwood.io.entities.EntitySource;
import kronwood.io.entities.EntitySource.Kind;
import kronwood.io.table.TableSource;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import org.jspecify.annotations.Nullable;

/**
 * Given entities that are not named but described, by {@code COLUMN=VALUE,…} with the columns that
 * the model's table has. They are new ones, whose id is the description.
 */
public final class DescribedEntities {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private DescribedEntities() {}

  /**
   * The entities that are described, as tables of new ones; those with a known id are left out.
   *
   * @param tables names of tables whose new entities are given otherwise
   * @throws InputException if a description misses a column of the model's
   */
  public static Map<String, List<EntitySource>> of(
      Model model, GivenEntities given, List<String> tables) {
    Map<ModelTable, Set<List<Object>>> rows = new LinkedHashMap<>();
    for (int mode = 0; mode < given.ids().size(); mode++) {
      ModelTable table = model.table(mode);
      String text = given.ids().get(mode);
      if (!given.isGiven(mode) || table.ids().indexOf(text) >= 0 || tables.contains(table.name())) {
        continue;
      }
      Map<String, String> values = values(columns(table), text);
      if (values != null) {
        // Two modes may have the same new entity.
        rows.computeIfAbsent(table, _ -> new LinkedHashSet<>())
            .add(row(table, model.modeNames().get(mode), text, values));
      }
    }
    Map<String, List<EntitySource>> described = new HashMap<>();
    rows.forEach(
        (table, entities) -> {
          List<String> names = new ArrayList<>(List.of("id"));
          names.addAll(columns(table));
          TableSource source = TableSource.ofRows(names, List.copyOf(entities));
          described.put(
              table.name(),
              List.of(new EntitySource(Kind.FEATURES, OptionalDouble.empty(), source)));
        });
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

  /** The id and a value of each column, in their order. */
  private static List<Object> row(
      ModelTable table, String mode, String text, Map<String, String> values) {
    List<String> columns = columns(table);
    List<String> missing = columns.stream().filter(column -> !values.containsKey(column)).toList();
    if (!missing.isEmpty()) {
      throw InputException.ofOption(
          mode,
          "'%s' does not say %s of the new entity; the columns of table '%s' are %s"
              .formatted(
                  text, String.join(", ", missing), table.name(), String.join(", ", columns)));
    }
    List<Object> row = new ArrayList<>(List.of(text));
    columns.forEach(column -> row.add(cell(table, column, values.getOrDefault(column, ""))));
    return row;
  }

  /** A number as one where the model takes numbers, anything else as it is written. */
  private static Object cell(ModelTable table, String column, String value) {
    boolean number =
        table.blocks().stream()
            .filter(block -> block.kind() == ModelBlock.Kind.FEATURES)
            .anyMatch(block -> block.columns().contains(column));
    return number && NUMBER.matcher(value).matches() ? Double.valueOf(value) : value;
  }
}
