package kronwood.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.EntityTuples;
import kronwood.fault.InputException;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import org.jspecify.annotations.Nullable;

/**
 * How the entities of samples become inputs: a {@link PairStructure}, and what was fitted for it.
 *
 * @param structure the structure
 * @param scale what the sum of terms is multiplied by, so that training inputs have norm 1 on
 *     average; 1 if plain, and of comparisons, which are scaled themselves
 * @param known if Cartesian, for each table its training entities, increasing: those that have an
 *     identity; empty otherwise; not copied
 * @param comparison how two entities compare, if that is the structure; null otherwise
 */
public record InputForm(
    PairStructure structure, double scale, List<int[]> known, @Nullable PairComparison comparison) {
  /** Inputs that are plain Kronecker products. */
  public static final InputForm PLAIN = new InputForm(PairStructure.PLAIN, 1, List.of());

  /**
   * Copies the list.
   *
   * @throws InputException if the scale is not positive, or not 1 of a plain form or a comparison,
   *     or training entities or a comparison do not go with the structure
   */
  public InputForm {
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new InputException("scale is " + scale + ", expected a number > 0");
    }
    boolean compared = structure == PairStructure.COMPARISON;
    if ((structure == PairStructure.PLAIN || compared) && scale != 1) {
      throw new InputException(
          "scale of " + structure.key() + " inputs is " + scale + ", expected 1");
    }
    if (compared == (comparison == null)) {
      throw new InputException(
          "structure "
              + structure.key()
              + (compared ? " without" : " with")
              + " means and scales of comparisons");
    }
    if ((structure == PairStructure.CARTESIAN) == known.isEmpty()) {
      throw new InputException(
          "structure " + structure.key() + " with entities of " + known.size() + " tables");
    }
    known = List.copyOf(known);
  }

  /** A form that compares nothing. */
  public InputForm(PairStructure structure, double scale, List<int[]> known) {
    this(structure, scale, known, null);
  }

  /** Compares the two entities of one table. */
  public static InputForm of(PairComparison comparison) {
    return new InputForm(PairStructure.COMPARISON, 1, List.of(), comparison);
  }

  /**
   * Fits a form to training inputs. Cost: training samples · Σ rank_k.
   *
   * @param tables distinct tables of coordinates
   * @param tableOfMode for each mode the position of its table
   * @param training entities of the training samples
   * @param trainingEntities for each table the entities that occur in them, increasing
   * @param gram tells the constant of comparisons
   * @throws InputException if such modes cannot have the structure, or all training inputs would be
   *     zero or, if compared, alike
   */
  public static InputForm fit(
      PairStructure structure,
      List<FactorTable> tables,
      int[] tableOfMode,
      EntityTuples training,
      List<int[]> trainingEntities,
      GramOptions gram) {
    if (structure == PairStructure.PLAIN) {
      return PLAIN;
    }
    if (structure == PairStructure.COMPARISON) {
      int[] pair = TermPattern.pair(structure, tableOfMode);
      int[] first = new int[training.size()];
      int[] second = new int[training.size()];
      Arrays.setAll(first, i -> training.entity(i, pair[0]));
      Arrays.setAll(second, i -> training.entity(i, pair[1]));
      return of(PairComparison.fit(tables.get(tableOfMode[pair[0]]), first, second, gram));
    }
    List<int[]> known = structure == PairStructure.CARTESIAN ? trainingEntities : List.of();
    InputForm unscaled = new InputForm(structure, 1, known);
    StructuredInputs inputs = StructuredInputs.of(tables, tableOfMode, training, unscaled);
    double squares = 0;
    for (int i = 0; i < inputs.size(); i++) {
      squares += Math.max(0, inputs.inner(i, i)) / inputs.size();
    }
    // What is left of two terms that cancel is rounding.
    if (!(squares > 1e-24)) {
      throw new InputException(
          "structure "
              + structure.key()
              + " makes all training inputs zero: both entities of every training sample have the"
              + " same attributes");
    }
    return new InputForm(structure, 1 / Math.sqrt(squares), known);
  }

  /** Shape of the inputs' weights: the rank along each axis of the product. */
  public int[] ranks(List<Integer> tableRanks, int[] tableOfMode) {
    int[] ranks = structure.modeOfAxis(tableOfMode);
    for (int axis = 0; axis < ranks.length; axis++) {
      int table = tableOfMode[ranks[axis]];
      if (comparison != null && structure.compares(tableOfMode, table)) {
        check(comparison, tableRanks.get(table));
        ranks[axis] = comparison.rank();
      } else {
        ranks[axis] = tableRanks.get(table) + (known.isEmpty() ? 0 : known.get(table).length);
      }
    }
    return ranks;
  }

  private static void check(PairComparison comparison, int rank) {
    if (!comparison.fits(rank)) {
      throw new InputException(
          "comparisons of "
              + comparison.mean().length
              + " numbers do not fit entities with "
              + rank
              + " coordinates");
    }
  }

  /** The tables that terms take their coordinates from. */
  List<FactorTable> termTables(List<FactorTable> tables) {
    if (known.isEmpty()) {
      return tables;
    }
    List<FactorTable> doubled = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      doubled.add(tables.get(t).withIdentities(known.get(t)));
    }
    return doubled;
  }
}
