package kronwood.model;

import java.util.List;
import kronwood.data.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways in which a model tells the entities of a table apart, and what a new entity must
 * bring for it.
 *
 * @param name name of the block
 * @param kind what it is
 * @param weight its weight in the table's Gram matrix, 1 if it is the only one
 * @param description what is done with it, for people
 * @param columns names of the columns that a new entity brings: features, cells, or the ids of the
 *     training entities that similarities are given to
 * @param encoding how cells are encoded, null for other kinds
 */
public record ModelBlock(
    String name,
    Kind kind,
    double weight,
    String description,
    List<String> columns,
    @Nullable Encoding encoding) {
  /** Copies the list. */
  public ModelBlock {
    columns = List.copyOf(columns);
  }

  /** What a block is. */
  public enum Kind {
    /** Numbers, a column per feature. */
    FEATURES,

    /** Columns as they are written, of which an encoder makes features. */
    CELLS,

    /** Similarities to the training entities. */
    SIMILARITIES,

    /** Nothing but the id. */
    IDENTITY,

    /** The entities that it occurs with in training samples. */
    PROFILE;

    /** Whether a new entity brings something for it. */
    public boolean isGiven() {
      return this != IDENTITY && this != PROFILE;
    }
  }
}
