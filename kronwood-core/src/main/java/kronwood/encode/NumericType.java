package kronwood.encode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * Numbers, several columns together: {@code (x − median) / (q₃ − q₁)} with the quartiles of the
 * training entities, or over their standard deviation where the quartiles are equal. A column that
 * does not vary becomes 0.
 *
 * <p>A missing number is the median; a column of which any is missing in training gets another
 * feature, 1 where it is missing. {@code true} and {@code false} are 1 and 0.
 */
final class NumericType implements EncoderType {
  /** Median, scale, and whether there is an indicator, of each column. */
  private static final int PARAMETERS = 3;

  @Override
  public String key() {
    return "numeric";
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
    return cell == null || Double.isFinite(number(cell))
        ? null
        : "found '" + cell + "', expected a finite number, or an empty cell where it is not known";
  }

  /** The number, NaN if it is none that a float can hold. */
  static double number(String cell) {
    String text = cell.strip();
    switch (text.toLowerCase(Locale.ROOT)) {
      case "true":
        return 1;
      case "false":
        return 0;
      default:
        break;
    }
    char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    if (!Character.isDigit(last) && last != '.') {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(text);
      return Math.abs(value) <= Float.MAX_VALUE ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  @Override
  public Encoder fit(Encoding encoding, Cells cells, int[] training) {
    int columns = cells.columns();
    double[] parameters = new double[PARAMETERS * columns];
    for (int c = 0; c < columns; c++) {
      double[] values = new double[training.length];
      int count = 0;
      for (int entity : training) {
        String cell = cells.cell(entity, c);
        if (cell != null) {
          values[count++] = number(cell);
        }
      }
      values = Arrays.copyOf(values, count);
      Arrays.sort(values);
      parameters[PARAMETERS * c] = count == 0 ? 0 : quantile(values, 0.5);
      parameters[PARAMETERS * c + 1] = count == 0 ? 0 : spread(values);
      parameters[PARAMETERS * c + 2] = count < training.length && count > 0 ? 1 : 0;
    }
    return new Fitted(parameters);
  }

  private static double spread(double[] sorted) {
    double quartiles = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    if (quartiles > 0) {
      return quartiles;
    }
    if (sorted[0] == sorted[sorted.length - 1]) {
      return 0;
    }
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    double squares = 0;
    for (double value : sorted) {
      squares += (value - mean) * (value - mean) / sorted.length;
    }
    return Math.sqrt(squares);
  }

  /** Between the two values nearest to it, linearly. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  @Override
  public Encoder restore(EncoderState state) {
    if (state.numbers().length == 0 || state.numbers().length % PARAMETERS != 0) {
      throw new InputException(
          "encoder 'numeric' has " + state.numbers().length + " numbers, expected 3 per column");
    }
    return new Fitted(state.numbers());
  }

  /** A fitted encoder; features of all columns, then the indicators. */
  private record Fitted(double[] parameters) implements Encoder {
    @Override
    public int columns() {
      return parameters.length / PARAMETERS;
    }

    private int features() {
      int features = columns();
      for (int c = 0; c < columns(); c++) {
        features += parameters[PARAMETERS * c + 2] > 0 ? 1 : 0;
      }
      return features;
    }

    @Override
    public Features encode(Cells cells) {
      int width = features();
      float[] values = new float[Math.multiplyExact(cells.entities(), width)];
      for (int e = 0; e < cells.entities(); e++) {
        int indicator = e * width + columns();
        for (int c = 0; c < columns(); c++) {
          String cell = cells.cell(e, c);
          double scale = parameters[PARAMETERS * c + 1];
          if (cell != null && scale > 0) {
            double number = number(cell);
            if (Double.isNaN(number)) {
              throw new InputException(
                  "row " + (e + 1) + ": found '" + cell + "', expected a finite number");
            }
            values[e * width + c] = (float) ((number - parameters[PARAMETERS * c]) / scale);
          }
          if (parameters[PARAMETERS * c + 2] > 0) {
            values[indicator++] = cell == null ? 1 : 0;
          }
        }
      }
      return DenseFeatures.of(cells.entities(), width, values);
    }

    @Override
    public EncoderState state() {
      return new EncoderState("numeric", Map.of(), List.of(), parameters);
    }

    @Override
    public String description() {
      int constant = 0;
      for (int c = 0; c < columns(); c++) {
        constant += parameters[PARAMETERS * c + 1] > 0 ? 0 : 1;
      }
      int missing = features() - columns();
      return "numeric"
          + (missing > 0 ? ", " + missing + " with missing values" : "")
          + (constant > 0 ? ", " + constant + " constant" : "");
    }
  }
}
