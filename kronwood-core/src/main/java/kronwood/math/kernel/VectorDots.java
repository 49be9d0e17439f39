package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Inner products, on the Vector API; see {@link VectorKernels} for the rules. */
final class VectorDots {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int FLOAT_LANES = FLOATS.length();

  // One field each, for up to 2048 bit: only a static final field itself, not an element of an
  // array, is a constant to the compiler.
  private static final VectorShuffle<Double> DOUBLES_BY_16 = rotation(DOUBLES, 16);
  private static final VectorShuffle<Double> DOUBLES_BY_8 = rotation(DOUBLES, 8);
  private static final VectorShuffle<Double> DOUBLES_BY_4 = rotation(DOUBLES, 4);
  private static final VectorShuffle<Double> DOUBLES_BY_2 = rotation(DOUBLES, 2);
  private static final VectorShuffle<Double> DOUBLES_BY_1 = rotation(DOUBLES, 1);
  private static final VectorShuffle<Float> FLOATS_BY_32 = rotation(FLOATS, 32);
  private static final VectorShuffle<Float> FLOATS_BY_16 = rotation(FLOATS, 16);
  private static final VectorShuffle<Float> FLOATS_BY_8 = rotation(FLOATS, 8);
  private static final VectorShuffle<Float> FLOATS_BY_4 = rotation(FLOATS, 4);
  private static final VectorShuffle<Float> FLOATS_BY_2 = rotation(FLOATS, 2);
  private static final VectorShuffle<Float> FLOATS_BY_1 = rotation(FLOATS, 1);

  private VectorDots() {}

  private static <E> VectorShuffle<E> rotation(VectorSpecies<E> species, int distance) {
    return VectorShuffle.iota(species, distance % species.length(), 1, true);
  }

  static double dot(double[] a, int aOffset, double[] b, int bOffset, int n) {
    int i = 0;
    double sum = 0;
    if (n >= LANES) {
      // Four sums: one alone would wait for the latency of every multiplication.
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = DoubleVector.zero(DOUBLES);
      DoubleVector s2 = DoubleVector.zero(DOUBLES);
      DoubleVector s3 = DoubleVector.zero(DOUBLES);
      for (; i <= n - 4 * LANES; i += 4 * LANES) {
        int p = aOffset + i;
        int q = bOffset + i;
        DoubleVector a0 = DoubleVector.fromArray(DOUBLES, a, p);
        DoubleVector a1 = DoubleVector.fromArray(DOUBLES, a, p + LANES);
        DoubleVector a2 = DoubleVector.fromArray(DOUBLES, a, p + 2 * LANES);
        DoubleVector a3 = DoubleVector.fromArray(DOUBLES, a, p + 3 * LANES);
        s0 = a0.fma(DoubleVector.fromArray(DOUBLES, b, q), s0);
        s1 = a1.fma(DoubleVector.fromArray(DOUBLES, b, q + LANES), s1);
        s2 = a2.fma(DoubleVector.fromArray(DOUBLES, b, q + 2 * LANES), s2);
        s3 = a3.fma(DoubleVector.fromArray(DOUBLES, b, q + 3 * LANES), s3);
      }
      for (; i <= n - LANES; i += LANES) {
        DoubleVector a0 = DoubleVector.fromArray(DOUBLES, a, aOffset + i);
        s0 = a0.fma(DoubleVector.fromArray(DOUBLES, b, bOffset + i), s0);
      }
      DoubleVector s = s0.add(s1).add(s2.add(s3));
      if (LANES > 16) {
        s = s.add(s.rearrange(DOUBLES_BY_16));
      }
      if (LANES > 8) {
        s = s.add(s.rearrange(DOUBLES_BY_8));
      }
      if (LANES > 4) {
        s = s.add(s.rearrange(DOUBLES_BY_4));
      }
      if (LANES > 2) {
        s = s.add(s.rearrange(DOUBLES_BY_2));
      }
      if (LANES > 1) {
        s = s.add(s.rearrange(DOUBLES_BY_1));
      }
      sum = s.lane(0);
    }
    for (; i < n; i++) {
      sum = Math.fma(a[aOffset + i], b[bOffset + i], sum);
    }
    return sum;
  }

  static float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    int i = 0;
    float sum = 0;
    if (n >= FLOAT_LANES) {
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = FloatVector.zero(FLOATS);
      FloatVector s2 = FloatVector.zero(FLOATS);
      FloatVector s3 = FloatVector.zero(FLOATS);
      for (; i <= n - 4 * FLOAT_LANES; i += 4 * FLOAT_LANES) {
        int p = aOffset + i;
        int q = bOffset + i;
        FloatVector a0 = FloatVector.fromArray(FLOATS, a, p);
        FloatVector a1 = FloatVector.fromArray(FLOATS, a, p + FLOAT_LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, a, p + 2 * FLOAT_LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, a, p + 3 * FLOAT_LANES);
        s0 = a0.fma(FloatVector.fromArray(FLOATS, b, q), s0);
        s1 = a1.fma(FloatVector.fromArray(FLOATS, b, q + FLOAT_LANES), s1);
        s2 = a2.fma(FloatVector.fromArray(FLOATS, b, q + 2 * FLOAT_LANES), s2);
        s3 = a3.fma(FloatVector.fromArray(FLOATS, b, q + 3 * FLOAT_LANES), s3);
      }
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        FloatVector a0 = FloatVector.fromArray(FLOATS, a, aOffset + i);
        s0 = a0.fma(FloatVector.fromArray(FLOATS, b, bOffset + i), s0);
      }
      FloatVector s = s0.add(s1).add(s2.add(s3));
      if (FLOAT_LANES > 32) {
        s = s.add(s.rearrange(FLOATS_BY_32));
      }
      if (FLOAT_LANES > 16) {
        s = s.add(s.rearrange(FLOATS_BY_16));
      }
      if (FLOAT_LANES > 8) {
        s = s.add(s.rearrange(FLOATS_BY_8));
      }
      if (FLOAT_LANES > 4) {
        s = s.add(s.rearrange(FLOATS_BY_4));
      }
      if (FLOAT_LANES > 2) {
        s = s.add(s.rearrange(FLOATS_BY_2));
      }
      if (FLOAT_LANES > 1) {
        s = s.add(s.rearrange(FLOATS_BY_1));
      }
      sum = s.lane(0);
    }
    for (; i < n; i++) {
      sum = Math.fma(a[aOffset + i], b[bOffset + i], sum);
    }
    return sum;
  }
}
