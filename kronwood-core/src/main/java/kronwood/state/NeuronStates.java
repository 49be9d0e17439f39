package kronwood.state;

import kronwood.input.StructuredInputs;
import kronwood.input.Terms;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/**
 * The trained part of all neurons, {@code Q_r = Σ_j c_{r,j} x_j}, in the coordinates a {@link
 * StateLayout} names.
 *
 * <p>A state is a tensor with one axis per mode. Along each axis an input has a read vector ρ and a
 * write vector ω with {@code ⟨ρ(i), ω(j)⟩ = G[i, j]}, those of its {@link Representation}: (u, u)
 * for WEIGHT, (one-hot, row of G) for VALUE, (row of G, one-hot) for COEFFICIENT. So
 *
 * <pre>
 *   absorb     Q_r += Σ_j c_{r,j} · ω(j_1) ⊗ … ⊗ ω(j_K)
 *   refresh    ⟨Q_r, x_i⟩ = ⟨Q_r, ρ(i_1) ⊗ … ⊗ ρ(i_K)⟩
 * </pre>
 *
 * <p>Neurons lie side by side in panels of {@link Kernels#PANEL}, see {@link StatePanels}; panels
 * are worked on in parallel, tile by tile of their VALUE axes. Results do not depend on the number
 * of threads. In single precision a number read is off by about {@code 2⁻²⁴ · √(blocks absorbed)}
 * of the state's size. Memory: 4 or 8 bytes · m · Π size_k, m rounded up to a multiple of 16.
 */
public final class NeuronStates {
  private final Terms terms;
  private final StateShape shape;
  private final Precision precision;
  private final Parallel parallel;
  private final int panels;
  private final StatePanels states;

  /**
   * States that are all zero.
   *
   * @throws ArithmeticException if the states of 16 neurons exceed the range of an array
   */
  public NeuronStates(
      StructuredInputs inputs,
      StateLayout layout,
      int neurons,
      Precision precision,
      Parallel parallel) {
    // Whole inputs are entities of their own, sums or not.
    this.terms = layout.composite() ? Terms.whole(inputs) : inputs.terms();
    this.shape = new StateShape(terms.products(), layout);
    this.precision = precision;
    this.parallel = parallel;
    this.panels = stride(neurons) / Kernels.PANEL;
    this.states =
        switch (precision) {
          case SINGLE -> new FloatPanels(shape, panels);
          case DOUBLE -> new DoublePanels(shape, panels);
        };
  }

  /** Numbers between one input's inner products and the next one's: m, rounded up to panels. */
  public static int stride(int neurons) {
    return Math.ceilDiv(neurons, Kernels.PANEL) * Kernels.PANEL;
  }

  /**
   * Takes the log of the last block in and reads the inputs of the next: {@code out[p · stride + r]
   * = ⟨Q_r, x_{block[p]}⟩} for all neurons. Cost: Π update_k an entry of the log, m · Π read_k an
   * input; of inputs that are sums, for each of their {@link Terms}.
   *
   * <p>Both are done for one tile of one panel before the next, while it is in the cache. Inputs
   * are read in the order of their VALUE entities, so that one load of a VALUE entry serves all
   * inputs that read it.
   *
   * @param log coefficients of the last block, not changed
   * @param part which of the log's parts these are the states of
   * @param logged inputs that the positions in the log stand for
   * @param block inputs of the next block
   * @param out of the states' precision, length at least {@code block.length · stride}
   */
  public void refresh(CoefficientLog log, int part, int[] logged, int[] block, RealArray out) {
    WrittenInputs written = new WrittenInputs(shape, terms, logged, precision, parallel);
    ReadInputs[] read = new ReadInputs[terms.readCount()];
    for (int t = 0; t < read.length; t++) {
      read[t] = new ReadInputs(shape, terms, t, block, panels * Kernels.PANEL, precision, parallel);
    }
    parallel.forRange(
        panels,
        1,
        (first, last, worker) -> {
          for (int panel = first; panel < last; panel++) {
            states.refresh(panel, log, part, written, read, out);
          }
        });
  }

  /** Absorbs a log and reads nothing. */
  public void absorb(CoefficientLog log, int part, int[] logged) {
    refresh(log, part, logged, new int[0], precision.array(0));
  }

  /** Multiplies all states by {@code factor}. */
  public void scale(double factor) {
    parallel.forRange(
        panels,
        1,
        (first, last, worker) -> {
          for (int panel = first; panel < last; panel++) {
            states.panel(panel).multiply(factor);
          }
        });
  }

  /** Releases the memory; nothing can be read or absorbed afterwards. */
  public void release() {
    states.release();
  }

  /** Number of panels. */
  public int panels() {
    return panels;
  }

  /** All numbers of the neurons of one panel, not copied: to be saved, or to be filled again. */
  public RealArray panel(int panel) {
    return states.panel(panel);
  }
}
