package kronwood.encode;

import kronwood.data.Cells;
import kronwood.data.Features;

/** A fitted encoder. Immutable, and thread-safe. */
public interface Encoder {
  /** Columns of cells it takes. */
  int columns();

  /**
   * A feature vector for each row, always of the same kind and length.
   *
   * @throws IllegalArgumentException if a cell cannot be encoded, naming its row from 1
   */
  Features encode(Cells cells);

  /** All it knows: {@link EncoderType#restore} makes the same encoder of it. */
  EncoderState state();

  /** What it does, for people: {@code text, 1,200 words}. */
  String description();
}
