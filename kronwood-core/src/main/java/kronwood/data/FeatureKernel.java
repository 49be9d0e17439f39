package kronwood.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the feature vectors φ and ψ of two entities become one similarity. */
public enum FeatureKernel {
  /** {@code ⟨φ − mean, ψ − mean⟩}, with the mean of the training entities if they are centred. */
  LINEAR,

  /** {@code ⟨φ, ψ⟩ / (‖φ‖ ‖ψ‖)}; 0 where one of them is zero. */
  COSINE,

  /**
   * {@code Σ min(φ_c, ψ_c) / Σ max(φ_c, ψ_c)} of features that are not negative, which for sets is
   * Tanimoto's coefficient; 1 where both are zero.
   */
  TANIMOTO,

  /**
   * {@code exp(−‖φ − ψ‖² / (2 h²))}, where h is the median distance of two training entities.
   * Distances of 0 do not count.
   */
  GAUSSIAN;

  /** Name for people and files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kernel of that name.
   *
   * @throws IllegalArgumentException naming those there are, if there is none
   */
  public static FeatureKernel of(String key) {
    for (FeatureKernel kernel : values()) {
      if (kernel.key().equals(key)) {
        return kernel;
      }
    }
    throw new IllegalArgumentException(
        "found kernel '"
            + key
            + "', expected one of "
            + Arrays.stream(values()).map(FeatureKernel::key).collect(Collectors.joining(", ")));
  }
}
