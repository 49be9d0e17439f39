package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import kronwood.engine.Engine;
import kronwood.math.Parallel;
import kronwood.network.Exchange;
import kronwood.network.OutputLayer;
import kronwood.tree.FiredNeurons;

/**
 * The outputs of a batch's samples: sums over the neurons held here, then over all processes.
 *
 * <p>The same sum tells each process how many of them were asked to stop.
 */
final class BatchOutputs {
  private static final int QUERIES_PER_TASK = 8;

  private final Engine engine;
  private final Exchange exchange;
  private final Parallel parallel;
  private final List<FiredNeurons> fired = new ArrayList<>();
  private double[] outputs = new double[0];

  BatchOutputs(Engine engine, Exchange exchange, Parallel parallel) {
    this.engine = engine;
    this.exchange = exchange;
    this.parallel = parallel;
  }

  /**
   * Computes the outputs for {@code order[from … to − 1]}. All samples of a batch see the same
   * weights, so the order of their queries does not matter.
   *
   * @param stop whether this process was asked to stop
   * @return whether none was
   */
  boolean compute(int[] order, int from, int to, OutputLayer output, boolean stop) {
    engine.prepare(order, from, to);
    while (fired.size() < to - from) {
      fired.add(new FiredNeurons());
    }
    int width = output.width();
    int length = Math.multiplyExact(to - from, width);
    if (outputs.length <= length) {
      outputs = new double[length + 1];
    }
    parallel.forRange(
        to - from,
        QUERIES_PER_TASK,
        (first, last, worker) -> {
          double[] sums = new double[output.workspace()];
          for (int i = first; i < last; i++) {
            engine.query(order[from + i], fired.get(i));
            output.evaluate(fired.get(i), sums, outputs, i * width);
          }
        });
    outputs[length] = stop ? 1 : 0;
    exchange.sum(outputs, length + 1);
    return outputs[length] == 0;
  }

  /** The units held here that fire on the i-th sample of the batch. */
  FiredNeurons fired(int i) {
    return fired.get(i);
  }

  /** Copies the outputs for the i-th sample. */
  void read(int i, double[] f) {
    System.arraycopy(outputs, i * f.length, f, 0, f.length);
  }
}
