package kronwood.server;

import java.util.List;

/**
 * Why a request gets no answer: a body as RFC 9457 has it, {@code application/problem+json}.
 *
 * <p>Texts say what is wrong and where, and repeat nothing long of the request.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Of errors in a request so many are listed. */
  static final int MOST_ERRORS = 20;

  private final int status;
  private final String title;
  private final transient List<At> errors;

  /**
   * One error in a request.
   *
   * @param pointer where, a JSON pointer such as {@code /pairs/3/0}, or row and column of a table
   * @param detail what is wrong
   */
  record At(String pointer, String detail) {}

  Problem(int status, String title, String detail) {
    this(status, title, detail, List.of());
  }

  Problem(int status, String title, String detail, List<At> errors) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.errors = List.copyOf(errors);
  }

  /** A request that is not as it should be. */
  static Problem bad(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  /** A request with an error at one place. */
  static Problem at(String pointer, String detail) {
    return new Problem(
        400, "Bad request", pointer + ": " + detail, List.of(new At(pointer, detail)));
  }

  /** A request with errors at several places. */
  static Problem of(List<At> errors, long count) {
    At first = errors.getFirst();
    String more = count == 1 ? "" : ", and " + (count - 1) + " more";
    return new Problem(400, "Bad request", first.pointer() + ": " + first.detail() + more, errors);
  }

  /** More work than can be done now. */
  static Problem busy() {
    return new Problem(503, "Busy", "too many requests wait, ask again later");
  }

  /** HTTP status. */
  int status() {
    return status;
  }

  /** The kind of problem, the same for all of one kind. */
  String title() {
    return title;
  }

  /** What is wrong. */
  String detail() {
    return String.valueOf(getMessage());
  }

  /** Where. */
  List<At> errors() {
    return errors;
  }

  /** A text of a stranger's, made short and plain. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("'");
    int length = Math.min(text.length(), 40);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      quoted.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return quoted.append(text.length() > length ? "…'" : "'").toString();
  }
}
