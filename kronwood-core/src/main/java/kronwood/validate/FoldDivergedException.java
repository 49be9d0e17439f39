package kronwood.validate;

import kronwood.train.DivergenceException;

/** The training of a fold diverged. */
public final class FoldDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient DivergenceException divergence;

  FoldDivergedException(String fold, DivergenceException divergence) {
    super(fold + ": " + divergence.getMessage(), divergence);
    this.divergence = divergence;
  }

  /** How it did. */
  public DivergenceException divergence() {
    return divergence;
  }
}
