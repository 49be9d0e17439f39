package kronwood.bench.contest;

/** Runs that must give the same answer did not, so that their times must not be compared. */
public final class DifferentAnswersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DifferentAnswersException(String message) {
    super(message);
  }
}
