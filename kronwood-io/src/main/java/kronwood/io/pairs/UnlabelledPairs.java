package kronwood.io.pairs;

import kronwood.data.EntityTuples;
import kronwood.io.scores.ScoreWriter;

/**
 * The rows of a pairs table to predict for, all of them in the order of the table. All columns of
 * the table are kept, so that {@link ScoreWriter} can write them beside the predictions; closing
 * releases them.
 */
public final class UnlabelledPairs implements AutoCloseable {
  private final PairsTable pairs;
  private final EntityTuples tuples;

  UnlabelledPairs(PairsTable pairs, EntityTuples tuples) {
    this.pairs = pairs;
    this.tuples = tuples;
  }

  public PairsTable pairs() {
    return pairs;
  }

  /** The entity tuple of each row. */
  public EntityTuples tuples() {
    return tuples;
  }

  /** Number of rows. */
  public int size() {
    return tuples.size();
  }

  @Override
  public void close() {
    pairs.db().close();
  }
}
