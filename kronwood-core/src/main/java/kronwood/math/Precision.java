package kronwood.math;

import java.util.Locale;

/** How many bits a number that is kept takes. */
public enum Precision {
  /** 4 bytes a number, relative rounding error 2⁻²⁴ ≈ 6·10⁻⁸. */
  SINGLE(Float.BYTES, 0x1p-24),
  /** 8 bytes a number, relative rounding error 2⁻⁵³ ≈ 10⁻¹⁶. */
  DOUBLE(Double.BYTES, 0x1p-53);

  private final int bytes;
  private final double roundingError;

  Precision(int bytes, double roundingError) {
    this.bytes = bytes;
    this.roundingError = roundingError;
  }

  /** Bytes of a number. */
  public int bytes() {
    return bytes;
  }

  /** Largest relative error of rounding a number, ε. */
  public double roundingError() {
    return roundingError;
  }

  /** Name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The precision of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Precision of(String key) {
    for (Precision precision : values()) {
      if (precision.key().equals(key)) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "unknown precision '" + key + "', expected single or double");
  }

  /** Numbers of this precision, all 0. */
  public RealArray array(int length) {
    return this == SINGLE ? new FloatArray(new float[length]) : new DoubleArray(new double[length]);
  }
}
