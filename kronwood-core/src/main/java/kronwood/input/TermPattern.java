package kronwood.input;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.fault.InputException;

/**
 * How the terms of an input are made of a sample's entities.
 *
 * <p>Term t is {@code sign_t · ⊗_axis u_{mode(t, axis)}}, where u may stand for the entity's
 * identity rather than its attributes. Inner products with sums of inputs need only the first
 * {@code reads} terms, times {@code readFactor}: where exchanging two entities keeps the input up
 * to its sign, so does exchanging the axes of such a sum, and both terms have the same inner
 * product with it. Where two entities are compared, the one term takes their pair along the axis of
 * the first.
 *
 * @param terms for each term, for each axis, the mode its entity is taken from
 * @param identity for each term, for each axis, whether it is about the entity's identity
 * @param signs for each term +1 or −1
 * @param reads terms that inner products need
 * @param readFactor what these are multiplied by
 */
@SuppressWarnings("ArrayRecordComponent") // a table, not copied
public record TermPattern(
    List<int[]> terms, List<boolean[]> identity, int[] signs, int reads, int readFactor) {

  /**
   * The terms of a structure.
   *
   * @param tableOfMode for each mode the position of its table
   * @throws InputException if modes of such tables cannot have the structure
   */
  public static TermPattern of(PairStructure structure, int[] tableOfMode) {
    int[] modes = IntStream.range(0, tableOfMode.length).toArray();
    if (structure == PairStructure.PLAIN) {
      return ofTerms(List.of(modes), new int[] {1}, 1, 1);
    }
    if (structure == PairStructure.CARTESIAN) {
      return cartesian(modes);
    }
    int[] pair = pair(structure, tableOfMode);
    if (structure == PairStructure.RANKING || structure == PairStructure.COMPARISON) {
      int[] first = IntStream.of(modes).filter(k -> k != pair[1]).toArray();
      if (structure == PairStructure.COMPARISON) {
        return ofTerms(List.of(first), new int[] {1}, 1, 1);
      }
      int[] second = IntStream.of(first).map(k -> k == pair[0] ? pair[1] : k).toArray();
      return ofTerms(List.of(first, second), new int[] {1, -1}, 2, 1);
    }
    int[] swapped = modes.clone();
    swapped[pair[0]] = pair[1];
    swapped[pair[1]] = pair[0];
    int sign = structure == PairStructure.SYMMETRIC ? 1 : -1;
    return ofTerms(List.of(modes, swapped), new int[] {1, sign}, 1, 2);
  }

  private static TermPattern ofTerms(List<int[]> terms, int[] signs, int reads, int factor) {
    List<boolean[]> none = terms.stream().map(term -> new boolean[term.length]).toList();
    return new TermPattern(terms, none, signs, reads, factor);
  }

  private static TermPattern cartesian(int[] modes) {
    List<int[]> terms = new ArrayList<>();
    List<boolean[]> identity = new ArrayList<>();
    int[] signs = new int[modes.length];
    for (int t = 0; t < modes.length; t++) {
      terms.add(modes);
      boolean[] others = new boolean[modes.length];
      for (int k = 0; k < others.length; k++) {
        others[k] = k != t;
      }
      identity.add(others);
      signs[t] = 1;
    }
    return new TermPattern(terms, identity, signs, modes.length, 1);
  }

  /**
   * The two modes of one table.
   *
   * @param tableOfMode for each mode the position of its table
   * @throws InputException if there are not two such modes, or more
   */
  public static int[] pair(PairStructure structure, int[] tableOfMode) {
    int[] found = new int[0];
    for (int b = 0; b < tableOfMode.length; b++) {
      for (int a = 0; a < b; a++) {
        if (tableOfMode[a] == tableOfMode[b]) {
          if (found.length > 0) {
            throw new InputException(
                "structure " + structure.key() + " is about two modes of one table, found more");
          }
          found = new int[] {a, b};
        }
      }
    }
    if (found.length == 0) {
      throw new InputException(
          "structure " + structure.key() + " is about two modes of one table, found none");
    }
    return found;
  }

  /** Number of terms. */
  public int count() {
    return signs.length;
  }

  /** Number of axes of the product. */
  public int axes() {
    return terms.getFirst().length;
  }

  /** The mode that a term takes its entity along an axis from. */
  public int mode(int term, int axis) {
    return terms.get(term)[axis];
  }

  /** Whether a term has the identity of the entity along an axis, and not its attributes. */
  public boolean isIdentity(int term, int axis) {
    return identity.get(term)[axis];
  }

  /** For each axis the mode that the first term takes its entity from. */
  public int[] modeOfAxis() {
    return terms.getFirst().clone();
  }
}
