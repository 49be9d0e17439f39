package kronwood.math;

/**
 * An array of numbers in one {@link Precision}, for code that is the same in both and not the
 * innermost loop. Innermost loops take the arrays themselves.
 */
public sealed interface RealArray permits FloatArray, DoubleArray {

  /** How numbers are kept. */
  Precision precision();

  /** How many there are. */
  int length();

  /** The number at {@code index}. */
  double get(int index);

  /** Replaces the number at {@code index}, rounded to this precision. */
  void set(int index, double value);

  /** Adds to the number at {@code index} and rounds. */
  default void add(int index, double value) {
    set(index, get(index) + value);
  }

  /** Multiplies all numbers by {@code factor}. */
  void multiply(double factor);

  /** {@code this[offset + i] = values[i]} for i in [0, count). */
  void write(int offset, double[] values, int count);

  /** {@code values[i] = this[offset + i]} for i in [0, count). */
  void read(int offset, double[] values, int count);

  /** {@code target[offset + i] += factor · this[from + i]} for i in [0, count). */
  void addTo(double[] target, int offset, double factor, int from, int count);

  /** A copy that shares nothing with this. */
  RealArray copy();
}
