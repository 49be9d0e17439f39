package kronwood.report.chart;

import java.util.Arrays;

/**
 * A matrix of numbers, averaged into at most a given number of cells a side.
 *
 * <p>Cells that hold no number are NaN. Rows run downwards.
 *
 * @param rows rows of cells
 * @param columns cells a row
 * @param values mean of the numbers of each cell, row by row; not copied
 */
public record HeatMap(int rows, int columns, double[] values) {

  /**
   * Averages a matrix.
   *
   * @param height rows of the matrix
   * @param width columns of the matrix
   * @param numbers the matrix, row by row; what is NaN does not count
   * @param most most rows and columns of cells
   */
  public static HeatMap of(int height, int width, double[] numbers, int most) {
    int rows = Math.min(height, most);
    int columns = Math.min(width, most);
    double[] sums = new double[rows * columns];
    int[] counts = new int[rows * columns];
    for (int i = 0; i < height; i++) {
      int row = (int) ((long) i * rows / height);
      for (int j = 0; j < width; j++) {
        double number = numbers[i * width + j];
        if (!Double.isNaN(number)) {
          int cell = row * columns + (int) ((long) j * columns / width);
          sums[cell] += number;
          counts[cell]++;
        }
      }
    }
    Arrays.setAll(sums, cell -> counts[cell] == 0 ? Double.NaN : sums[cell] / counts[cell]);
    return new HeatMap(rows, columns, sums);
  }

  /** Smallest number, NaN if there is none. */
  public double least() {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).min().orElse(Double.NaN);
  }

  /** Largest number, NaN if there is none. */
  public double largest() {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElse(Double.NaN);
  }

  /**
   * The picture as PNG, a pixel a cell; cells without a number are clear.
   *
   * @param low number of the first colour
   * @param high number of the last one
   */
  byte[] png(double low, double high, int[] ramp) {
    byte[] pixels = new byte[values.length];
    double range = high > low ? high - low : 1;
    for (int i = 0; i < pixels.length; i++) {
      if (!Double.isNaN(values[i])) {
        long step = Math.round((values[i] - low) / range * (ramp.length - 1));
        pixels[i] = (byte) (1 + Math.clamp(step, 0, ramp.length - 1));
      }
    }
    return Png.write(columns, pixels, ramp);
  }
}
