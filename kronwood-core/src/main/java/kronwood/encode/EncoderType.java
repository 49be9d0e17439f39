package kronwood.encode;

import java.util.Set;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import org.jspecify.annotations.Nullable;

/** A way to make feature vectors of cells. Further types are services of this interface. */
public interface EncoderType {
  /** Its name in options and model files. */
  String key();

  /** Names of its options. */
  Set<String> options();

  /** How its vectors are compared unless it is said otherwise. */
  FeatureKernel kernel();

  /**
   * Checks one cell, so that what is wrong can be told with its place in a file.
   *
   * @param cell null if it is missing
   * @return what is wrong and what was expected, or null if nothing is
   */
  @Nullable String problem(Encoding encoding, @Nullable String cell);

  /**
   * Fits an encoder.
   *
   * @param training rows it may learn from
   * @throws IllegalArgumentException if an option has a value it cannot have, or nothing can be
   *     learned from these cells
   */
  Encoder fit(Encoding encoding, Cells cells, int[] training);

  /**
   * The encoder that had this state.
   *
   * @throws IllegalArgumentException if the state is not of this type or incomplete
   */
  Encoder restore(EncoderState state);
}
