package kronwood.io.entities;

import java.util.LinkedHashMap;
import java.util.Map;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.encode.Encoders;
import kronwood.fault.InputException;
import kronwood.io.table.Listing;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to be made of a column.
 *
 * @param column name of the column
 * @param encoding how, or null to leave the column out
 * @param kernel how its features are compared, null for the encoder's usual way
 * @param weight factor in the table's Gram matrix; null for that of the table
 */
public record ColumnEncoding(
    String column,
    @Nullable Encoding encoding,
    @Nullable FeatureKernel kernel,
    @Nullable Double weight) {
  /** What is written for a column that is left out. */
  public static final String SKIP = "skip";

  private static final String EXPECTED =
      "expected TYPE[,OPTION=VALUE…][:WEIGHT] such as sequence,k=3:0.5";

  /**
   * Parses {@code TYPE[,OPTION=VALUE…][:WEIGHT]}; the option {@code kernel} goes with any type.
   *
   * @throws InputException if it cannot be understood, naming the column
   */
  public static ColumnEncoding parse(String column, String text) {
    Double weight = null;
    String rest = text;
    int colon = text.lastIndexOf(':');
    if (colon >= 0) {
      weight = weight(column, text, text.substring(colon + 1));
      rest = text.substring(0, colon);
    }
    String[] parts = rest.split(",", -1);
    String type = parts[0].strip();
    if (type.equals(SKIP) && parts.length == 1) {
      return new ColumnEncoding(column, null, null, null);
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        throw problem(column, "found '" + text + "', " + EXPECTED, null);
      }
      options.put(parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1).strip());
    }
    try {
      String kernel = options.remove("kernel");
      Encoding encoding = new Encoding(type, options);
      Encoders.check(encoding);
      return new ColumnEncoding(
          column, encoding, kernel == null ? null : FeatureKernel.of(kernel), weight);
    } catch (IllegalArgumentException e) {
      throw problem(column, String.valueOf(e.getMessage()), e);
    }
  }

  private static Double weight(String column, String text, String weight) {
    try {
      double value = Double.parseDouble(weight);
      if (value > 0 && !Double.isInfinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw problem(column, "found '" + text + "', " + EXPECTED, e);
    }
    throw problem(column, "found weight " + weight + ", expected a number > 0", null);
  }

  private static InputException problem(String column, String problem, @Nullable Exception cause) {
    String message = "column " + Listing.quoted(column) + ": " + problem;
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }
}
