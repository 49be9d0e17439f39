package kronwood.bench.compare;

/** A program that is compared with failed. */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PeerException(String message, Throwable cause) {
    super(message, cause);
  }
}
