package examples;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.encode.Encoder;
import kronwood.encode.EncoderState;
import kronwood.encode.EncoderType;
import org.jspecify.annotations.Nullable;

/**
 * An encoder of one's own: a column of positive numbers becomes one feature, their logarithm less
 * its mean over the training entities. Kronwood finds it by the file {@code
 * META-INF/services/kronwood.encode.EncoderType} of this jar.
 */
public final class LogEncoder implements EncoderType {
  private static final String KEY = "log";

  /** Called by the service loader. */
  public LogEncoder() {}

  @Override
  public String key() {
    return KEY;
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
    return isPositive(cell) ? null : "found '" + cell + "', expected a number > 0";
  }

  private static boolean isPositive(@Nullable String cell) {
    try {
      double number = cell == null ? 0 : Double.parseDouble(cell);
      return number > 0 && number < Double.POSITIVE_INFINITY;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public Encoder fit(Encoding encoding, Cells cells, int[] training) {
    double mean = 0;
    for (int entity : training) {
      mean += logarithm(cells, entity) / training.length;
    }
    return new Fitted(mean);
  }

  @Override
  public Encoder restore(EncoderState state) {
    return new Fitted(state.numbers()[0]);
  }

  private static double logarithm(Cells cells, int entity) {
    String cell = cells.cell(entity, 0);
    if (cell == null) {
      throw new IllegalArgumentException("row " + (entity + 1) + ": there is no number");
    }
    return Math.log(Double.parseDouble(cell));
  }

  private record Fitted(double mean) implements Encoder {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public Features encode(Cells cells) {
      float[] features = new float[cells.entities()];
      for (int e = 0; e < features.length; e++) {
        features[e] = (float) (logarithm(cells, e) - mean);
      }
      return DenseFeatures.of(features.length, 1, features);
    }

    @Override
    public EncoderState state() {
      return new EncoderState(KEY, Map.of(), List.of(), new double[] {mean});
    }

    @Override
    public String description() {
      return String.format(Locale.ROOT, "logarithm less %.3f", mean);
    }
  }
}
