package kronwood.io.pairs;

import java.util.List;
import kronwood.data.ChunkShuffle;
import kronwood.fault.InputException;
import kronwood.io.table.TableSource;

/**
 * What {@link PairsPreparation} makes a file of.
 *
 * @param source the pairs table
 * @param modes modes in the order of the entity tuples
 * @param target what is to be learned
 * @param split which rows are used for what; not by time
 * @param shuffle how the file is cut into chunks, and how an epoch orders them
 */
public record PreparationRequest(
    TableSource source,
    List<ModeSpec> modes,
    TargetSpec target,
    SplitSpec split,
    ChunkShuffle shuffle) {
  /** Chunks of some 200 KB, and windows of 262,144 pairs. */
  public static final ChunkShuffle DEFAULT_SHUFFLE = new ChunkShuffle(1 << 14, 16);

  /**
   * Copies the list and checks the division.
   *
   * @throws InputException if rows are divided by time
   */
  public PreparationRequest {
    modes = List.copyOf(modes);
    if (split.last() != null) {
      throw new InputException("pairs that are prepared are not divided by time");
    }
  }
}
