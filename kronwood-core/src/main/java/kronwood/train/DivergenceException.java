package kronwood.train;

import java.util.Locale;

/** The training loss is no longer a finite number. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final double learningRate;

  DivergenceException(int epoch, double learningRate) {
    super(
        String.format(
            Locale.ROOT,
            "training diverged in epoch %d: the loss is no longer a finite number;"
                + " take a learning rate below %.4g",
            epoch,
            learningRate));
    this.epoch = epoch;
    this.learningRate = learningRate;
  }

  /** The epoch in which it happened, counted from 1; the ones before were finished. */
  public int epoch() {
    return epoch;
  }

  /** The step size η. */
  public double learningRate() {
    return learningRate;
  }
}
