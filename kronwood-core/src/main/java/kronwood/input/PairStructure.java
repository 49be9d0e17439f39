package kronwood.input;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.data.EntityTable;
import kronwood.data.Features;
import kronwood.fault.InputException;
import kronwood.gram.GramOptions;

/**
 * What is known beforehand of how a prediction depends on the entities of a sample: the input is
 * then a sum of Kronecker products with signs. With entities a and b of the two modes that share a
 * table, their coordinates u_a and u_b, and c the product of the other modes' coordinates, if there
 * are any:
 *
 * <pre>
 *   PLAIN           u_a ⊗ v_b ⊗ …
 *   SYMMETRIC       (u_a ⊗ u_b + u_b ⊗ u_a) ⊗ c      f(b, a) = f(a, b)
 *   ANTISYMMETRIC   (u_a ⊗ u_b − u_b ⊗ u_a) ⊗ c      f(b, a) = −f(a, b)
 *   RANKING         (u_a − u_b) ⊗ c                  f(b, a) = −f(a, b)
 *   COMPARISON      c(u_a, u_b) ⊗ c                  f(b, a) = f(a, b)
 *   CARTESIAN       Σ_k e_1 ⊗ … ⊗ u_k ⊗ … ⊗ e_K      e: which entity it is, as a unit vector
 * </pre>
 *
 * <p>Comparison has one factor for the two entities, whose coordinates are those of the pair
 * ({@link PairComparison}), not of either of them.
 *
 * <p>The Cartesian input compares two samples only if they agree in all modes but one (H. Kashima
 * et al., "Cartesian kernel: an efficient alternative to the pairwise kernel", IEICE Transactions
 * E93-D, 2010); an entity without training samples has e = 0. The constant of {@link GramOptions}
 * makes the antisymmetric input hold that of ranking, besides interactions.
 */
public enum PairStructure {
  /** Any dependence on the entities. */
  PLAIN,
  /** The two entities are exchangeable. */
  SYMMETRIC,
  /** Exchanging the two entities turns the sign. */
  ANTISYMMETRIC,
  /** The sum over modes of what attributes tell where all other entities are the same. */
  CARTESIAN,
  /** Each entity has a worth; a prediction is about their difference. */
  RANKING,
  /** The two entities are exchangeable, and it matters in what they are alike. */
  COMPARISON;

  /**
   * Principal components of the two entities that are compared, unless their number is asked for.
   */
  static final int COMPARED_COMPONENTS = 400;

  /** Name on the command line and in model files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The structure of that name.
   *
   * @throws InputException if there is none; the message lists them
   */
  public static PairStructure of(String key) {
    for (PairStructure structure : values()) {
      if (structure.key().equals(key)) {
        return structure;
      }
    }
    throw new InputException(
        "unknown structure '"
            + key
            + "', expected "
            + Arrays.stream(values()).map(PairStructure::key).collect(Collectors.joining(", ")));
  }

  /** Whether exchanging two entities turns the sign of the input, and must turn that of outputs. */
  public boolean isOdd() {
    return this == ANTISYMMETRIC || this == RANKING;
  }

  /**
   * Whether rows may tell of the same entities with different targets: two may meet again with
   * another outcome, and how alike they are may be judged more than once.
   */
  public boolean allowsRepeats() {
    return isOdd() || this == COMPARISON;
  }

  /** Whether it is about two entities of one table. */
  public boolean pairsOneTable() {
    return this == SYMMETRIC || this == COMPARISON || isOdd();
  }

  /**
   * How a table's attributes become coordinates. Two entities that are compared have no constant,
   * as it is added to the comparison, and leading principal components for coordinates, unless they
   * have a few plain features, which are compared as they are.
   *
   * @param given as asked for
   * @param tableOfMode for each mode the position of its table
   * @param position of the table
   */
  public GramOptions gram(GramOptions given, int[] tableOfMode, int position, EntityTable table) {
    if (!compares(tableOfMode, position)) {
      return given.ofProfiles(table);
    }
    Map<String, Integer> components = new TreeMap<>(given.components());
    boolean plain =
        table.attributes() instanceof Features features
            && features.columns() <= PairComparison.LEADING;
    if (!plain) {
      components.putIfAbsent(table.name(), COMPARED_COMPONENTS);
    }
    return new GramOptions(given.centre(), 0, given.tolerance(), components);
  }

  /**
   * Whether it compares entities of a table.
   *
   * @param tableOfMode for each mode the position of its table
   */
  public boolean compares(int[] tableOfMode, int table) {
    return this == COMPARISON && tableOfMode[TermPattern.pair(this, tableOfMode)[0]] == table;
  }

  /**
   * Checks that such modes can have this structure.
   *
   * @param modes names of the modes
   * @param tables names of their tables
   * @throws InputException if not; the message names modes and tables
   */
  public void check(List<String> modes, List<String> tables) {
    String found =
        IntStream.range(0, modes.size())
            .mapToObj(k -> "'" + modes.get(k) + "' of table '" + tables.get(k) + "'")
            .collect(Collectors.joining(", "));
    if (this == CARTESIAN && modes.size() < 2) {
      throw new InputException("structure cartesian needs two modes or more, found only " + found);
    }
    if (!pairsOneTable()) {
      return;
    }
    long shared =
        tables.stream().filter(table -> tables.indexOf(table) != tables.lastIndexOf(table)).count();
    if (shared != 2) {
      throw new InputException(
          "structure "
              + key()
              + " is about two entities of one table: exactly two modes must share a table, found "
              + found);
    }
  }

  /**
   * For each mode the one whose entity it has once the two of one table are exchanged: itself, but
   * for these two, if the structure is about them.
   *
   * @param tableOfMode for each mode the position of its table
   */
  public int[] exchanged(int[] tableOfMode) {
    int[] modes = IntStream.range(0, tableOfMode.length).toArray();
    if (pairsOneTable()) {
      int[] pair = TermPattern.pair(this, tableOfMode);
      modes[pair[0]] = pair[1];
      modes[pair[1]] = pair[0];
    }
    return modes;
  }

  /** Names of the axes of the product: those of the modes that give them their entities. */
  public List<String> axisNames(List<String> modeNames, int[] tableOfMode) {
    return Arrays.stream(modeOfAxis(tableOfMode)).mapToObj(modeNames::get).toList();
  }

  /**
   * The modes that give the axes of the product their entities: all, or without the second of the
   * two that are ranked against each other or compared, which have one axis.
   *
   * @param tableOfMode for each mode the position of its table
   */
  public int[] modeOfAxis(int[] tableOfMode) {
    return TermPattern.of(this, tableOfMode).modeOfAxis();
  }
}
