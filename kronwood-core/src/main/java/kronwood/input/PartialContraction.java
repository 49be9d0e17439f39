package kronwood.input;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kronwood.fault.InputException;
import kronwood.gram.FactorTable;
import kronwood.math.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Inner products of weight tensors with inputs that share their entities in all modes but one, the
 * free mode.
 *
 * <p>A tensor W of shape rank_1 × … × rank_K is contracted once with the given entities, to rank_f
 * numbers w, f being the free mode; then {@code ⟨W, x⟩ = ⟨w, u⟩} for every entity u of that mode.
 * Where inputs are sums, terms that read the same coordinates of the free entity are added up; the
 * others have numbers of their own, and a term without the free entity is a single one. Where two
 * entities are compared and one of them is free, u is how a candidate compares with the other: made
 * for a block of candidates at a time. Cost: about T · Π_k rank_k multiplications a tensor, and
 * {@link #rank} for each entity. Immutable and thread-safe.
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

  /** The free mode; of two that are compared, the first. */
  private final int free;

  private final FactorTable freeFactor;
  private final int freeRank;
  private final @Nullable Partner partner;

  /** Who candidates are compared with. */
  private record Partner(PairComparison comparison, FactorTable entities, int entity) {}

  /**
   * Coordinates of some candidates.
   *
   * @param values where they are; not copied
   * @param offsets where those of each candidate begin
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on within a block.
  public record Candidates(double[] values, int[] offsets) {}

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
   * @throws InputException if there is not one entity per mode, an entity or the free mode does not
   *     exist
   */
  public PartialContraction(
      List<FactorTable> tables, int[] tableOfMode, InputForm form, int[] given, int free) {
    this.given = given.clone();
    this.scale = form.scale();
    this.pattern = TermPattern.of(form.structure(), tableOfMode);
    if (free < 0 || free >= tableOfMode.length || given.length != tableOfMode.length) {
      throw new InputException(
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
    List<FactorTable> factors = new ArrayList<>();
    for (int mode : pattern.modeOfAxis()) {
      factors.add(termTables.get(tableOfMode[mode]));
    }
    this.freeFactor = termTables.get(tableOfMode[free]);
    PairComparison comparison = form.comparison();
    if (comparison == null) {
      this.free = free;
      this.partner = null;
    } else {
      int[] pair = TermPattern.pair(form.structure(), tableOfMode);
      int axis = IntStream.of(pattern.modeOfAxis()).boxed().toList().indexOf(pair[0]);
      FactorTable compared = factors.get(axis);
      if (free == pair[0] || free == pair[1]) {
        this.free = pair[0];
        int other = given[free == pair[0] ? pair[1] : pair[0]];
        this.partner = new Partner(comparison, compared, other);
      } else {
        this.free = free;
        this.partner = null;
        int[] first = {given[pair[0]]};
        int[] second = {given[pair[1]]};
        factors.set(axis, comparison.table(compared, first, second));
        this.given[pair[0]] = 0;
      }
    }
    this.factors = List.copyOf(factors);
    this.freeRank = partner == null ? freeFactor.rank() : partner.comparison().rank();
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (int t = 0; t < pattern.count(); t++) {
      kinds.add(kind(t));
    }
    this.identityStart = kinds.contains(Kind.ATTRIBUTES) ? freeRank : 0;
    this.constantStart = identityStart + (kinds.contains(Kind.IDENTITY) ? freeRank : 0);
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
      throw new InputException(
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
   * Entities of the free mode, for {@link #evaluate}.
   *
   * @throws InputException if an entity does not exist
   */
  public Candidates candidates(int[] listed, int from, int to) {
    int[] offsets = new int[to - from];
    double[] values = partner == null ? freeFactor.values() : new double[offsets.length * freeRank];
    for (int i = 0; i < offsets.length; i++) {
      int candidate = listed[from + i];
      checkEntity(free, candidate);
      if (partner == null) {
        offsets[i] = candidate * freeRank;
      } else {
        offsets[i] = i * freeRank;
        partner
            .comparison()
            .write(partner.entities(), candidate, partner.entity(), values, i * freeRank);
      }
    }
    return new Candidates(values, offsets);
  }

  /**
   * {@code out[i · PANEL + lane] = ⟨W_lane, x_i⟩} for the inputs with these entities.
   *
   * @param panel contracted tensors side by side, number c of a lane at {@code c · PANEL + lane}
   * @param candidates as {@link #candidates} tells them
   * @param places {@code i · PANEL} for each of them
   */
  public void evaluate(double[] panel, Candidates candidates, int[] places, double[] out) {
    boolean further = false;
    if (identityStart > 0) {
      times(0, panel, 0, candidates, places, out, false);
      further = true;
    }
    if (constantStart > identityStart) {
      int identities = entities[free] * freeRank;
      times(identities, panel, identityStart, candidates, places, out, further);
      further = true;
    }
    if (rank > constantStart) {
      int constant = constantStart * Kernels.PANEL;
      for (int i = 0; i < candidates.offsets().length; i++) {
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
      Candidates candidates,
      int[] places,
      double[] out,
      boolean further) {
    kernels.timesPanel(
        candidates.values(),
        candidates.offsets(),
        shift,
        panel,
        first * Kernels.PANEL,
        freeRank,
        out,
        places,
        0,
        0,
        candidates.offsets().length,
        further);
  }
}
