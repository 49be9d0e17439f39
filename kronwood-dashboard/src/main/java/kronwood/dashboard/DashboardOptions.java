package kronwood.dashboard;

import kronwood.fault.InputException;

/**
 * What a dashboard shows, and where.
 *
 * @param title heading of the page, such as the name of the model
 * @param port TCP port, 0 for any free one, {@link #NEXT_FREE} for the first free one from {@value
 *     #DEFAULT_PORT} on
 * @param folds folds of a cross-validation that are to be run, 0 for a single training
 */
public record DashboardOptions(String title, int port, int folds) {
  /** The port that is tried first if none is named. */
  public static final int DEFAULT_PORT = 7860;

  /** No port is named. */
  public static final int NEXT_FREE = -1;

  /**
   * Checks the ranges.
   *
   * @throws InputException if the port is out of range
   */
  public DashboardOptions {
    if (port < NEXT_FREE || port > 0xFFFF) {
      throw new InputException("port is " + port + ", expected a number from 0 to 65535");
    }
    if (folds < 0) {
      throw new InputException("folds are " + folds + ", expected at least 0");
    }
  }

  /** Of a training or a tuning, on the next free port. */
  public static DashboardOptions ofTraining(String title) {
    return new DashboardOptions(title, NEXT_FREE, 0);
  }

  /**
   * Of a cross-validation, on the next free port.
   *
   * @param folds folds that are to be run
   */
  public static DashboardOptions ofFolds(String title, int folds) {
    return new DashboardOptions(title, NEXT_FREE, Math.max(1, folds));
  }

  /** The same on a port that is named. */
  public DashboardOptions withPort(int other) {
    return new DashboardOptions(title, other, folds);
  }
}
