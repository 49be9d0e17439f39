package kronwood.encode;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import org.jspecify.annotations.Nullable;

/**
 * Names: one feature for each that a training entity has, 1 for it and 0 for the others. A name not
 * seen in training, or a missing one, has none.
 */
final class CategoricalType implements EncoderType {
  @Override
  public String key() {
    return "categorical";
  }

  @Override
  public Set<String> options() {
    return Set.of();
  }

  @Override
  public FeatureKernel kernel() {
    return FeatureKernel.LINEAR;
  }

  @Override
  public @Nullable String problem(Encoding encoding, @Nullable String cell) {
    return null;
  }

  @Override
  public Encoder fit(Encoding encoding, Cells cells, int[] training) {
    TreeSet<String> names = new TreeSet<>();
    for (int entity : training) {
      String cell = cells.cell(entity, 0);
      if (cell != null) {
        names.add(cell);
      }
    }
    return new Fitted(List.copyOf(names), positions(names));
  }

  @Override
  public Encoder restore(EncoderState state) {
    return new Fitted(state.terms(), positions(state.terms()));
  }

  static Map<String, Integer> positions(Iterable<String> names) {
    Map<String, Integer> positions = new HashMap<>();
    for (String name : names) {
      positions.put(name, positions.size());
    }
    return positions;
  }

  private record Fitted(List<String> names, Map<String, Integer> positions) implements Encoder {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public Features encode(Cells cells) {
      SparseRows rows = new SparseRows(names.size(), cells.entities());
      for (int e = 0; e < cells.entities(); e++) {
        TreeMap<Integer, Double> row = new TreeMap<>();
        String cell = cells.cell(e, 0);
        Integer position = cell == null ? null : positions.get(cell);
        if (position != null) {
          row.put(position, 1.0);
        }
        rows.add(row);
      }
      return rows.finish();
    }

    @Override
    public EncoderState state() {
      return new EncoderState("categorical", Map.of(), names, new double[0]);
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT,
          "categorical, %,d %s",
          names.size(),
          names.size() == 1 ? "category" : "categories");
    }
  }
}
