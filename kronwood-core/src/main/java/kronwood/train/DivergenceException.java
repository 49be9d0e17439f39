package kronwood.train;

import java.util.Locale;

/** The training loss is no longer a finite number. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergenceException(int epoch, double learningRate) {
    super(
        String.format(
            Locale.ROOT,
            "training diverged in epoch %d: the loss is no longer a finite number;"
                + " take a learning rate below %.4g",
            epoch,
            learningRate));
  }
}
