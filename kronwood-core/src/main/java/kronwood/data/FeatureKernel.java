package kronwood.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import kronwood.fault.InputException;

/**
 * How the feature vectors φ and ψ of two entities become one similarity.
 *
 * @param kind the formula
 * @param width what a Gaussian's bandwidth h is, as a multiple of the median distance of two
 *     training entities, from {@value #NARROWEST} to {@value #WIDEST}; 1 for all others
 */
public record FeatureKernel(Kind kind, double width) {
  /** The formula. */
  public enum Kind {
    /** {@code ⟨φ − mean, ψ − mean⟩}, with the mean of the training entities if they are centred. */
    LINEAR,

    /** {@code ⟨φ, ψ⟩ / (‖φ‖ ‖ψ‖)}; 0 where one of them is zero. */
    COSINE,

    /**
     * {@code Σ min(φ_c, ψ_c) / Σ max(φ_c, ψ_c)} of features that are not negative, which for sets
     * is Tanimoto's coefficient; 1 where both are zero.
     */
    TANIMOTO,

    /**
     * {@code exp(−‖φ − ψ‖² / (2 h²))}, where h is a multiple of the median distance of two training
     * entities. Distances of 0 do not count.
     */
    GAUSSIAN;

    /** Name for people and files. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Narrower Gaussians compare rounding: the distance of an entity to itself need not be 0. */
  private static final double NARROWEST = 1e-6;

  /** Wider Gaussians differ from 1 by rounding only. */
  private static final double WIDEST = 1e6;

  /** Linear. */
  public static final FeatureKernel LINEAR = new FeatureKernel(Kind.LINEAR, 1);

  /** Cosine. */
  public static final FeatureKernel COSINE = new FeatureKernel(Kind.COSINE, 1);

  /** Tanimoto's coefficient. */
  public static final FeatureKernel TANIMOTO = new FeatureKernel(Kind.TANIMOTO, 1);

  /** A Gaussian of the median distance. */
  public static final FeatureKernel GAUSSIAN = gaussian(1);

  /**
   * Checks the width.
   *
   * @throws InputException if it is out of range, or is given to a kernel that has none
   */
  public FeatureKernel {
    if (!(width >= NARROWEST && width <= WIDEST)) {
      throw new InputException(
          "a kernel's width is "
              + width
              + " times the median distance, expected a number from "
              + NARROWEST
              + " to "
              + WIDEST);
    }
    if (kind != Kind.GAUSSIAN && width != 1) {
      throw new InputException(
          "kernel " + kind.key() + " has no width, found " + width + "; only gaussian has one");
    }
  }

  /** A Gaussian whose bandwidth is a multiple of the median distance. */
  public static FeatureKernel gaussian(double width) {
    return new FeatureKernel(Kind.GAUSSIAN, width);
  }

  /** Whether it is a Gaussian of any width. */
  public boolean isGaussian() {
    return kind == Kind.GAUSSIAN;
  }

  /** Name for people and files: {@code linear}, {@code gaussian}, {@code gaussian:0.5}. */
  public String key() {
    return width == 1 ? kind.key() : kind.key() + ":" + text(width);
  }

  private static String text(double value) {
    return value == Math.rint(value) && value < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * The kernel of that name, as {@link #key} writes it.
   *
   * @throws InputException naming those there are, if there is none, or its width is not a number
   *     above 0
   */
  public static FeatureKernel of(String key) {
    int colon = key.indexOf(':');
    String name = colon < 0 ? key : key.substring(0, colon);
    for (Kind kind : Kind.values()) {
      if (kind.key().equals(name)) {
        return new FeatureKernel(kind, colon < 0 ? 1 : width(key, key.substring(colon + 1)));
      }
    }
    throw new InputException(
        "found kernel '"
            + key
            + "', expected one of "
            + Arrays.stream(Kind.values()).map(Kind::key).collect(Collectors.joining(", "))
            + ", or such as gaussian:0.5");
  }

  private static double width(String key, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "found kernel '" + key + "', expected a number after the colon, as in gaussian:0.5", e);
    }
  }
}
