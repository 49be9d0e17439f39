package kronwood.safetensors;

import java.io.IOException;

/** A file is no safetensors file, or one that is damaged. The message says what was found. */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** It does not begin as a safetensors file does. */
    OTHER_FORMAT,
    /** It ends before its contents do. */
    TRUNCATED,
    /** Its contents contradict each other or their digest. */
    CORRUPTED
  }

  private final Fault fault;

  private SafetensorsException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  static SafetensorsException otherFormat(String found) {
    return new SafetensorsException(Fault.OTHER_FORMAT, found);
  }

  static SafetensorsException truncated(long expected, long found) {
    return new SafetensorsException(
        Fault.TRUNCATED, "expected " + expected + " bytes, found " + found);
  }

  static SafetensorsException corrupted(String found) {
    return new SafetensorsException(Fault.CORRUPTED, found);
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }
}
