package kronwood.gram;

import java.util.List;
import kronwood.math.Kernels;

/**
 * Inner products of weight tensors with inputs that share their entities in all modes but one, the
 * free mode.
 *
 * <p>A tensor W of shape rank_1 × … × rank_K is contracted once with the given entities, to rank_f
 * numbers w, f being the free mode; then {@code ⟨W, x⟩ = ⟨w, u⟩} for every entity u of that mode.
 * Cost: about Π_k rank_k multiplications a tensor, and rank_f for each entity. Immutable and
 * thread-safe.
 */
public final class PartialContraction {
  private final Kernels kernels = Kernels.active();
  private final List<FactorTable> factors;
  private final int[] given;
  private final int free;

  /**
   * Prepares for given entities.
   *
   * @param factors coordinates by mode
   * @param given an entity for each mode; that of the free mode is not read
   * @param free the free mode
   * @throws IllegalArgumentException if there is not one entity per mode, an entity or the free
   *     mode does not exist
   */
  public PartialContraction(List<FactorTable> factors, int[] given, int free) {
    this.factors = List.copyOf(factors);
    this.given = given.clone();
    this.free = free;
    if (free < 0 || free >= factors.size() || given.length != factors.size()) {
      throw new IllegalArgumentException(
          "mode "
              + free
              + " given "
              + given.length
              + " entities does not fit "
              + factors.size()
              + " modes");
    }
    for (int mode = 0; mode < given.length; mode++) {
      if (mode != free) {
        checkEntity(mode, given[mode]);
      }
    }
  }

  private void checkEntity(int mode, int entity) {
    int entities = factors.get(mode).entities();
    if (entity < 0 || entity >= entities) {
      throw new IllegalArgumentException(
          "there is no entity " + entity + " of mode " + mode + ", which has " + entities);
    }
  }

  /** Coordinates of an entity of the free mode. */
  public int rank() {
    return factors.get(free).rank();
  }

  /**
   * What is left of a tensor once all modes but the free one are contracted: {@link #rank()}
   * numbers.
   *
   * @param tensor Π_k rank_k numbers, row-major; not changed
   */
  public double[] contract(double[] tensor) {
    double[] left = tensor;
    for (int mode = factors.size() - 1; mode > free; mode--) {
      FactorTable factor = factors.get(mode);
      int rank = factor.rank();
      double[] next = new double[left.length / rank];
      kernels.rowsTimes(left, 0, next.length, rank, factor.values(), given[mode] * rank, next, 0);
      left = next;
    }
    for (int mode = 0; mode < free; mode++) {
      FactorTable factor = factors.get(mode);
      int rank = factor.rank();
      double[] next = new double[left.length / rank];
      kernels.timesRows(factor.values(), given[mode] * rank, left, 0, rank, next.length, next, 0);
      left = next;
    }
    return factors.size() == 1 ? tensor.clone() : left;
  }

  /**
   * Where the coordinates of entities of the free mode begin, for {@link #evaluate}.
   *
   * @throws IllegalArgumentException if an entity does not exist
   */
  public int[] offsets(int[] entities, int from, int to) {
    int[] offsets = new int[to - from];
    for (int i = from; i < to; i++) {
      checkEntity(free, entities[i]);
      offsets[i - from] = entities[i] * rank();
    }
    return offsets;
  }

  /**
   * {@code out[i · PANEL + lane] = ⟨w_lane, u_i⟩} for the entities of {@code offsets}.
   *
   * @param panel contracted tensors side by side, number c of a lane at {@code c · PANEL + lane}
   * @param offsets as {@link #offsets} tells them
   * @param places {@code i · PANEL} for each of them
   */
  public void evaluate(double[] panel, int[] offsets, int[] places, double[] out) {
    double[] coordinates = factors.get(free).values();
    kernels.timesPanel(
        coordinates, offsets, 0, panel, 0, rank(), out, places, 0, 0, offsets.length, false);
  }
}
