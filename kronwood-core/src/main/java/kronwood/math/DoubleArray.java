package kronwood.math;

/**
 * Numbers in double precision.
 *
 * @param values the numbers, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // is the array, with a type in common with the other one
public record DoubleArray(double[] values) implements RealArray {
  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  @Override
  public int length() {
    return values.length;
  }

  @Override
  public double get(int index) {
    return values[index];
  }

  @Override
  public void set(int index, double value) {
    values[index] = value;
  }

  @Override
  public void multiply(double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] * factor);
    }
  }

  @Override
  public void write(int offset, double[] source, int count) {
    for (int i = 0; i < count; i++) {
      values[offset + i] = source[i];
    }
  }

  @Override
  public void read(int offset, double[] target, int count) {
    for (int i = 0; i < count; i++) {
      target[i] = values[offset + i];
    }
  }

  @Override
  public void addTo(double[] target, int offset, double factor, int from, int count) {
    for (int i = 0; i < count; i++) {
      target[offset + i] += factor * values[from + i];
    }
  }

  @Override
  public DoubleArray copy() {
    return new DoubleArray(values.clone());
  }
}
