package kronwood.plan;

import java.util.Locale;
import kronwood.engine.BlockEngine;
import kronwood.engine.DenseEngine;
import kronwood.engine.EagerEngine;
import kronwood.fault.InputException;

/** Which engine to train with. */
public enum EngineChoice {
  /** The one with the least estimated time, of those that fit in memory. */
  AUTO,
  /** {@link BlockEngine}. */
  BLOCK,
  /** {@link BlockEngine} whose weights are the state: memory does not grow with the samples. */
  WEIGHTS,
  /** {@link EagerEngine}. */
  EAGER,
  /** {@link DenseEngine}. */
  DENSE;

  /** Name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of that name.
   *
   * @throws InputException if there is none; the message lists them
   */
  public static EngineChoice of(String key) {
    for (EngineChoice choice : values()) {
      if (choice.key().equals(key)) {
        return choice;
      }
    }
    throw new InputException(
        "unknown engine '" + key + "', expected auto, block, weights, eager or dense");
  }
}
