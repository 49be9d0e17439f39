package kronwood.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart.
 *
 * @param label what it shows, with the unit
 * @param low value at its beginning
 * @param high value at its end, above {@code low}
 * @param categories names of the values 0, 1, …; empty for numbers
 */
public record Axis(String label, double low, double high, List<String> categories) {
  private static final int TICKS = 6;

  /** Copies the list, and widens a range that is empty or not finite. */
  public Axis {
    categories = List.copyOf(categories);
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      low = 0;
      high = 1;
    } else if (!(high > low)) {
      double margin = low == 0 ? 1 : Math.abs(low) * 0.1;
      low -= margin;
      high += margin;
    }
  }

  /** Of numbers from {@code low} to {@code high}. */
  public static Axis of(String label, double low, double high) {
    return new Axis(label, low, high, List.of());
  }

  /** Of numbers that include all finite ones of {@code values}, with a margin. */
  public static Axis around(String label, double[]... values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] some : values) {
      for (double value : some) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    double margin = (high - low) * 0.05;
    return of(label, low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin);
  }

  /** Of names, each with the same space. */
  public static Axis of(String label, List<String> categories) {
    return new Axis(label, -0.5, Math.max(0.5, categories.size() - 0.5), categories);
  }

  /** Where a value is, from 0 to 1 within the axis. */
  double place(double value) {
    return (value - low) / (high - low);
  }

  /** Round numbers within the axis, or the number of each category. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (!categories.isEmpty()) {
      int step = Math.max(1, (categories.size() + 15) / 16);
      for (int i = 0; i < categories.size(); i += step) {
        ticks.add((double) i);
      }
      return ticks;
    }
    double step = step();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private double step() {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digits = rough / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }

  /** What is written at a tick. */
  String text(double tick) {
    if (!categories.isEmpty()) {
      String name = categories.get((int) tick);
      return name.length() <= 14 ? name : name.substring(0, 13) + "…";
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    if (size >= 1e6 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.3g", tick);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step()) + 1e-9));
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", tick);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }
}
