package kronwood.report.chart;

/** Colours as 0xRRGGBB. Those of lines have a contrast of at least 3 : 1 on white and on black. */
public final class Palette {
  private static final String[] SERIES = {"#2f7fc1", "#c9621a", "#2e9159", "#9467bd", "#808890"};

  /** Dashes tell lines apart where colours do not. */
  private static final String[] DASHES = {"", "7 3", "2 3", "9 3 2 3", "4 4"};

  private static final int[] SEQUENCE = {0x2b1a5e, 0x2f5d9b, 0x26928c, 0x6fbf59, 0xf3e04b};
  private static final int[] SIGNED = {0x1f5fae, 0x86b4dd, 0xe9e6df, 0xe8a06a, 0xb4481a};

  /** Steps of a ramp. */
  static final int STEPS = 64;

  private Palette() {}

  static String series(int number) {
    return SERIES[number % SERIES.length];
  }

  static String dash(int number) {
    return DASHES[number % DASHES.length];
  }

  /** From dark to light, for amounts. */
  public static int[] sequence() {
    return ramp(SEQUENCE);
  }

  /** From blue by grey to orange, for numbers of both signs. */
  public static int[] signed() {
    return ramp(SIGNED);
  }

  private static int[] ramp(int[] stops) {
    int[] ramp = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double at = i * (stops.length - 1) / (STEPS - 1.0);
      int from = Math.min((int) at, stops.length - 2);
      int mixed = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int a = stops[from] >> shift & 255;
        int b = stops[from + 1] >> shift & 255;
        mixed |= (int) Math.round(a + (b - a) * (at - from)) << shift;
      }
      ramp[i] = mixed;
    }
    return ramp;
  }
}
