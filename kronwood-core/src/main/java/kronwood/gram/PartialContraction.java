package kronwood.gram;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kronwood.math.Kernels;

/**
 * Inner products of weight tensors with inputs that share their entities in all modes but one, the
 * free mode.
 *
 * <p>A tensor W of shape rank_1 × … × rank_K is contracted once with the given entities, to rank_f
 * numbers w, f being the free mode; then {@code ⟨W, x⟩ = ⟨w, u⟩} for every entity u of that mode.
 * Where inputs are sums, terms that read the same coordinates of the free entity are added up; the
 * others have numbers of their own, and a term without the free entity is a single one. Cost: about
 * T · Π_k rank_k multiplications a tensor, and {@link #rank} for each entity. Immutable and
 * thread-safe.
 */
public final class PartialContraction {
  /** What a term reads of the free entity. */
  private enum Kind {
    ATTRIBUTES,
    IDENTITY,
    NOTHING
  }

  private final Kernels kernels = Kernels.active();
  private final TermPattern pattern;
  private final double scale;

  /** Entities of each mode's table. */
  private final int[] entities;

  /** Coordinates along each axis. */
  private final List<FactorTable> factors;

  private final int[] given;
  private final int free;
  private final FactorTable freeFactor;

  /** For each term where its numbers begin. */
  private final int[] start;

  /** Where the numbers of the free entity's coordinates begin, of its identity, and both end. */
  private final int identityStart;

  private final int constantStart;
  private final int rank;

  /**
   * Prepares for given entities.
   *
   * @param tables distinct tables of coordinates
   * @param tableOfMode for each mode the position of its table
   * @param form how entities become inputs
   * @param given an entity for each mode; that of the free mode is not read
   * @param free the free mode
   * @throws IllegalArgumentException if there is not one entity per mode, an entity or the free
   *     mode does not exist
   */
  public PartialContraction(
      List<FactorTable> tables, int[] tableOfMode, InputForm form, int[] given, int free) {
    this.given = given.clone();
    this.free = free;
    this.scale = form.scale();
    this.pattern = TermPattern.of(form.structure(), tableOfMode);
    if (free < 0 || free >= tableOfMode.length || given.length != tableOfMode.length) {
      throw new IllegalArgumentException(
          "mode "
              + free
              + " given "
              + given.length
              + " entities does not fit "
              + tableOfMode.length
              + " modes");
    }
    this.entities = new int[tableOfMode.length];
    for (int mode = 0; mode < given.length; mode++) {
      entities[mode] = tables.get(tableOfMode[mode]).entities();
      if (mode != free) {
        checkEntity(mode, given[mode]);
      }
    }
    List<FactorTable> termTables = form.termTables(tables);
    this.factors =
        IntStream.of(pattern.modeOfAxis())
            .mapToObj(mode -> termTables.get(tableOfMode[mode]))
            .toList();
    this.freeFactor = termTables.get(tableOfMode[free]);
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (int t = 0; t < pattern.count(); t++) {
      kinds.add(kind(t));
    }
    this.identityStart = kinds.contains(Kind.ATTRIBUTES) ? freeFactor.rank() : 0;
    this.constantStart = identityStart + (kinds.contains(Kind.IDENTITY) ? freeFactor.rank() : 0);
    this.rank = constantStart + (kinds.contains(Kind.NOTHING) ? 1 : 0);
    this.start = new int[pattern.count()];
    for (int t = 0; t < start.length; t++) {
      start[t] =
          switch (kind(t)) {
            case ATTRIBUTES -> 0;
            case IDENTITY -> identityStart;
            case NOTHING -> constantStart;
          };
    }
  }

  private Kind kind(int term) {
    int axis = freeAxis(term);
    if (axis < 0) {
      return Kind.NOTHING;
    }
    return pattern.isIdentity(term, axis) ? Kind.IDENTITY : Kind.ATTRIBUTES;
  }

  /** The axis along which a term takes the free entity, −1 if none. */
  private int freeAxis(int term) {
    for (int axis = 0; axis < pattern.axes(); axis++) {
      if (pattern.mode(term, axis) == free) {
        return axis;
      }
    }
    return -1;
  }

  private void checkEntity(int mode, int entity) {
    if (entity < 0 || entity >= entities[mode]) {
      throw new IllegalArgumentException(
          "there is no entity " + entity + " of mode " + mode + ", which has " + entities[mode]);
    }
  }

  /** Numbers that are left of a tensor: of plain inputs the coordinates of a free entity. */
  public int rank() {
    return rank;
  }

  /**
   * What is left of a tensor once all modes but the free one are contracted: {@link #rank()}
   * numbers.
   *
   * @param tensor Π_k rank_k numbers, row-major; not changed
   */
  public double[] contract(double[] tensor) {
    double[] sum = new double[rank];
    for (int t = 0; t < pattern.count(); t++) {
      double[] left = contract(tensor, t);
      for (int i = 0; i < left.length; i++) {
        sum[start[t] + i] += scale * pattern.signs()[t] * left[i];
      }
    }
    return sum;
  }

  private double[] contract(double[] tensor, int term) {
    int axis = freeAxis(term);
    double[] left = tensor;
    for (int k = factors.size() - 1; k > axis; k--) {
      FactorTable factor = factors.get(k);
      double[] next = new double[left.length / factor.rank()];
      kernels.rowsTimes(
          left, 0, next.length, factor.rank(), factor.values(), row(term, k), next, 0);
      left = next;
    }
    for (int k = 0; k < axis; k++) {
      FactorTable factor = factors.get(k);
      double[] next = new double[left.length / factor.rank()];
      kernels.timesRows(
          factor.values(), row(term, k), left, 0, factor.rank(), next.length, next, 0);
      left = next;
    }
    return left;
  }

  /** Where the coordinates of the given entity begin that a term has along an axis. */
  private int row(int term, int axis) {
    int mode = pattern.mode(term, axis);
    int entity = given[mode] + (pattern.isIdentity(term, axis) ? entities[mode] : 0);
    return entity * factors.get(axis).rank();
  }

  /**
   * Where the coordinates of entities of the free mode begin, for {@link #evaluate}.
   *
   * @throws IllegalArgumentException if an entity does not exist
   */
  public int[] offsets(int[] candidates, int from, int to) {
    int[] offsets = new int[to - from];
    for (int i = from; i < to; i++) {
      checkEntity(free, candidates[i]);
      offsets[i - from] = candidates[i] * freeFactor.rank();
    }
    return offsets;
  }

  /**
   * {@code out[i · PANEL + lane] = ⟨W_lane, x_i⟩} for the inputs with the entities of {@code
   * offsets}.
   *
   * @param panel contracted tensors side by side, number c of a lane at {@code c · PANEL + lane}
   * @param offsets as {@link #offsets} tells them
   * @param places {@code i · PANEL} for each of them
   */
  public void evaluate(double[] panel, int[] offsets, int[] places, double[] out) {
    boolean further = false;
    if (identityStart > 0) {
      times(0, panel, 0, offsets, places, out, false);
      further = true;
    }
    if (constantStart > identityStart) {
      int identities = entities[free] * freeFactor.rank();
      times(identities, panel, identityStart, offsets, places, out, further);
      further = true;
    }
    if (rank > constantStart) {
      int constant = constantStart * Kernels.PANEL;
      for (int i = 0; i < offsets.length; i++) {
        for (int lane = 0; lane < Kernels.PANEL; lane++) {
          double z = panel[constant + lane];
          out[places[i] + lane] = further ? out[places[i] + lane] + z : z;
        }
      }
    }
  }

  private void times(
      int shift,
      double[] panel,
      int first,
      int[] offsets,
      int[] places,
      double[] out,
      boolean further) {
    kernels.timesPanel(
        freeFactor.values(),
        offsets,
        shift,
        panel,
        first * Kernels.PANEL,
        freeFactor.rank(),
        out,
        places,
        0,
        0,
        offsets.length,
        further);
  }
}
