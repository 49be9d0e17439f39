package kronwood.math;

/**
 * Standard normal numbers, each made of a seed and its own number alone, so that any of them can be
 * made again without those before it.
 *
 * <p>With the mixing function M of a 64-bit integer (SplitMix64's), arithmetic modulo 2⁶⁴,
 *
 * <pre>
 *   h = M(seed + M((number + 1) · 0x9E3779B97F4A7C15))
 *   x = Φ⁻¹((⌊h / 2¹¹⌋ + ½) / 2⁵³)
 * </pre>
 *
 * <p>where the inverse Φ⁻¹ of the normal distribution is evaluated as M. J. Wichura's algorithm AS
 * 241 does (Applied Statistics 37, 1988): a ratio of two polynomials of degree 7, relative error
 * about 10⁻¹⁶. Model files rely on these numbers: they never change. Cost: some 20 multiplications.
 */
public final class NormalNumbers {
  /** No number is larger, nor any smaller than minus this: Φ⁻¹(1 − 2⁻⁵⁴) is below it. */
  public static final double LARGEST = 8.3;

  private static final long STEP = 0x9E3779B97F4A7C15L;

  private static final double[] CENTRE_NUMERATOR = {
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665
  };

  private static final double[] CENTRE_DENOMINATOR = {
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1.0
  };

  private static final double[] NEAR_NUMERATOR = {
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835
  };

  private static final double[] NEAR_DENOMINATOR = {
    1.0507500716444169e-09,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1.0
  };

  private static final double[] FAR_NUMERATOR = {
    2.0103343992922881e-07,
    2.7115555687434876e-05,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103
  };

  private static final double[] FAR_DENOMINATOR = {
    2.0442631033899397e-15,
    1.421511758316446e-07,
    1.8463183175100548e-05,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1.0
  };

  private NormalNumbers() {}

  /** The number of that seed and number. */
  public static double of(long seed, long number) {
    return quantile(seed + mixed(number));
  }

  /** What {@link #of} takes for a number, where many seeds share it. */
  static long mixed(long number) {
    return mix((number + 1) * STEP);
  }

  /**
   * Adds {@code factor} times the number of each seed: {@code sums[i] += factor · of(seeds[i],
   * number)}.
   */
  public static void addTo(double[] sums, double factor, long[] seeds, long number) {
    long mixed = mixed(number);
    for (int i = 0; i < seeds.length; i++) {
      sums[i] += factor * quantile(seeds[i] + mixed);
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static double quantile(long position) {
    double q = ((mix(position) >>> 11) + 0.5) * 0x1p-53 - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * polynomial(CENTRE_NUMERATOR, r) / polynomial(CENTRE_DENOMINATOR, r);
    }
    double r = Math.sqrt(-StrictMath.log(0.5 - Math.abs(q)));
    double x =
        r <= 5
            ? polynomial(NEAR_NUMERATOR, r - 1.6) / polynomial(NEAR_DENOMINATOR, r - 1.6)
            : polynomial(FAR_NUMERATOR, r - 5) / polynomial(FAR_DENOMINATOR, r - 5);
    return q < 0 ? -x : x;
  }

  /** Coefficients of the highest power first. */
  private static double polynomial(double[] c, double x) {
    return ((((((c[0] * x + c[1]) * x + c[2]) * x + c[3]) * x + c[4]) * x + c[5]) * x + c[6]) * x
        + c[7];
  }
}
