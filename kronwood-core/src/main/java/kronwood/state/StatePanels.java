package kronwood.state;

import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/**
 * States of neurons, {@link Kernels#PANEL} of them side by side: the number of neuron r at index i
 * of a {@link StateShape} lies at {@code i · PANEL + r mod PANEL} of panel {@code r / PANEL}. One
 * load then brings what one input reads from, or writes to, all neurons of a panel.
 */
sealed interface StatePanels permits FloatPanels, DoublePanels {
  /** Numbers of a row that are multiplied before the next input: their panel stays in the cache. */
  int COLUMNS_AT_ONCE = 4096;

  /**
   * Takes a log in and reads inputs, for one panel. Different panels may be refreshed concurrently.
   *
   * @param read what inputs read, term by term of inputs that are sums
   * @param out {@code out[outOffset(input) + r]} takes the inner product with neuron r; of the
   *     states' precision
   */
  void refresh(
      int panel,
      CoefficientLog log,
      int part,
      WrittenInputs written,
      ReadInputs[] read,
      RealArray out);

  /** Gives the memory back. */
  void release();

  /** The numbers of a panel, not copied. */
  RealArray panel(int panel);
}
