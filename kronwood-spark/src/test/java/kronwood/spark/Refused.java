package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import kronwood.fault.InputException;

/** Checks what people are told. */
public final class Refused {
  private Refused() {}

  /** Something that throws. */
  public interface Call {
    void run();
  }

  /**
   * The call fails by an {@link InputException} or its parent, in a task perhaps, whose message has
   * the parts.
   */
  public static void in(Call call, String... parts) {
    try {
      call.run();
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      Throwable cause = e;
      while (!(cause instanceof IllegalArgumentException) && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (!(cause instanceof IllegalArgumentException)) {
        throw new AssertionError("not a refusal", e);
      }
      for (String part : parts) {
        String message = String.valueOf(cause.getMessage());
        assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
      }
      return;
    }
    fail("nothing was refused");
  }
}
