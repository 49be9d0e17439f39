package kronwood.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kronwood.data.Block;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import org.jspecify.annotations.Nullable;

/**
 * New entities of one table, as a client describes them: by the columns that the model was trained
 * with. Numbers stay numbers; other columns are encoded by the encoders in the model.
 *
 * <p>Where several blocks have columns of the same names, such as two matrices of similarities, a
 * block is an object of its own, called like the block.
 */
final class NewEntities {
  private final ModelTable table;
  private final Query.Places places;
  private final List<Problem.At> errors = new ArrayList<>();
  private long count;

  private NewEntities(ModelTable table, Query.Places places) {
    this.table = table;
    this.places = places;
  }

  /**
   * The entities as the model takes them.
   *
   * @throws Problem if a column is missing, or is no number where the model takes one
   */
  static EntityTable of(
      ModelTable table, Map<String, Map<String, ?>> described, Query.Places places) {
    return new NewEntities(table, places).read(described);
  }

  private EntityTable read(Map<String, Map<String, ?>> described) {
    List<Block> blocks = new ArrayList<>();
    for (ModelBlock block : table.blocks()) {
      switch (block.kind()) {
        case FEATURES ->
            blocks.add(
                new Block.OfFeatures(
                    block.name(),
                    1,
                    FeatureKernel.LINEAR,
                    DenseFeatures.of(
                        described.size(), block.columns().size(), numbers(block, described))));
        case SIMILARITIES ->
            blocks.add(
                new Block.OfSimilarities(
                    block.name(),
                    1,
                    Similarities.to(
                        block.columns().size(), described.size(), numbers(block, described))));
        case CELLS -> blocks.add(cells(block, described));
        case IDENTITY, PROFILE -> {}
      }
    }
    if (blocks.isEmpty()) {
      throw Problem.bad(
          "the model tells entities of table "
              + Problem.quoted(table.name())
              + " apart by nothing but their ids, and has nothing to say of new ones");
    }
    if (count > 0) {
      throw Problem.of(errors, count);
    }
    return table.newEntities(EntityIds.of(List.copyOf(described.keySet())), blocks);
  }

  private float[] numbers(ModelBlock block, Map<String, Map<String, ?>> described) {
    List<String> columns = block.columns();
    float[] values = new float[Math.multiplyExact(described.size(), columns.size())];
    int at = 0;
    for (Map.Entry<String, Map<String, ?>> entity : described.entrySet()) {
      for (String column : columns) {
        Object value = value(block, column, entity.getValue());
        float number = number(value);
        if (!Float.isFinite(number)) {
          add(
              places.of(table.name(), entity.getKey(), column),
              value == null ? "is missing, expected a number" : "is no finite number");
        }
        values[at++] = Float.isFinite(number) ? number : 0;
      }
    }
    return values;
  }

  private static float number(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.floatValue();
      case String text when text.length() <= 40 -> parsed(text);
      case null, default -> Float.NaN;
    };
  }

  private static float parsed(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  private Block cells(ModelBlock block, Map<String, Map<String, ?>> described) {
    List<@Nullable String> cells = new ArrayList<>();
    for (Map.Entry<String, Map<String, ?>> entity : described.entrySet()) {
      for (String column : block.columns()) {
        if (!has(block, column, entity.getValue())) {
          add(places.of(table.name(), entity.getKey(), column), "is missing");
        }
        Object value = value(block, column, entity.getValue());
        cells.add(value == null ? null : value.toString());
      }
    }
    return new Block.OfCells(
        block.name(),
        1,
        FeatureKernel.LINEAR,
        Objects.requireNonNull(block.encoding()),
        Cells.of(block.columns().size(), cells));
  }

  private static boolean has(ModelBlock block, String column, Map<String, ?> columns) {
    return columns.get(block.name()) instanceof Map<?, ?> nested
        ? nested.containsKey(column)
        : columns.containsKey(column);
  }

  private static @Nullable Object value(ModelBlock block, String column, Map<String, ?> columns) {
    return columns.get(block.name()) instanceof Map<?, ?> nested
        ? nested.get(column)
        : columns.get(column);
  }

  private void add(String pointer, String detail) {
    if (count++ < Problem.MOST_ERRORS) {
      errors.add(new Problem.At(pointer, detail));
    }
  }
}
