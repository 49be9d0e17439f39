package kronwood.encode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Lists of numbers, all of the same length, such as {@code [0.5, -1, 2]}; brackets may be left out,
 * and spaces or semicolons stand for commas. A missing list is all zeros.
 */
final class VectorType implements EncoderType {
  @Override
  public String key() {
    return "vector";
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
    if (cell == null) {
      return null;
    }
    String[] parts = parts(cell);
    for (int i = 0; i < parts.length; i++) {
      if (!Double.isFinite(NumericType.number(parts[i]))) {
        return "found '" + parts[i] + "' as value " + (i + 1) + " of the list, expected a number";
      }
    }
    return parts.length == 0 ? "the list is empty, expected numbers" : null;
  }

  private static String[] parts(String cell) {
    String list = cell.strip();
    if (list.startsWith("[") && list.endsWith("]")) {
      list = list.substring(1, list.length() - 1).strip();
    }
    return list.isEmpty() ? new String[0] : list.split("[\\s,;]+");
  }

  @Override
  public Encoder fit(Encoding encoding, Cells cells, int[] training) {
    int length = 0;
    for (int entity : training) {
      String cell = cells.cell(entity, 0);
      if (cell != null && length == 0) {
        length = parts(cell).length;
      }
    }
    if (length == 0) {
      throw new InputException("encoder 'vector': no training entity has a list");
    }
    Fitted fitted = new Fitted(length);
    fitted.encode(cells);
    return fitted;
  }

  @Override
  public Encoder restore(EncoderState state) {
    return new Fitted(state.whole("length"));
  }

  private record Fitted(int length) implements Encoder {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public Features encode(Cells cells) {
      float[] values = new float[Math.multiplyExact(cells.entities(), length)];
      for (int e = 0; e < cells.entities(); e++) {
        String cell = cells.cell(e, 0);
        if (cell == null) {
          continue;
        }
        String[] parts = parts(cell);
        if (parts.length != length) {
          throw new InputException(
              "row "
                  + (e + 1)
                  + ": found a list of "
                  + parts.length
                  + " numbers, expected "
                  + length
                  + " as in the others");
        }
        for (int i = 0; i < length; i++) {
          values[e * length + i] = (float) NumericType.number(parts[i]);
        }
      }
      return DenseFeatures.of(cells.entities(), length, values);
    }

    @Override
    public EncoderState state() {
      return new EncoderState(
          "vector", Map.of("length", Integer.toString(length)), List.of(), new double[0]);
    }

    @Override
    public String description() {
      return "vector of " + length;
    }
  }
}
