package kronwood.dashboard;

/** Why a request is refused. The detail is a fixed text without quotes. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  Problem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  /** HTTP status. */
  int status() {
    return status;
  }

  /** What is wrong. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
