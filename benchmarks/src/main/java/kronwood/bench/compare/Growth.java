package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.List;
import kronwood.bench.contest.Measured;
import kronwood.bench.contest.Table;

/** What a sample costs as a problem grows, against the targets set for it. */
final class Growth {
  private static final double INNER_PRODUCTS_TARGET = 4;
  private static final double TIME_TARGET = 6;

  private Growth() {}

  /** Time on the clock per sample, in microseconds. */
  private static double micros(Measured side) {
    return 1e6 * side.medianWall() / side.contestant().shape().samples();
  }

  private static double products(Measured side) {
    return side.perSample(side.work().innerProducts());
  }

  /** The targets are for 16 times as many neurons. */
  static List<String> ofWidths(List<Measured> measured) {
    Measured first = measured.getFirst();
    Table table =
        new Table(
            ">neurons", ">us a sample", ">growth", ">inner products", ">growth", ">fired", ">MB");
    for (Measured side : measured) {
      table.add(
          Table.number("%d", side.contestant().shape().neurons()),
          Table.number("%.1f", micros(side)),
          Table.ratio(micros(side) / micros(first)),
          Table.number("%,.0f", products(side)),
          Table.ratio(products(side) / products(first)),
          Table.number("%.1f", side.perSample(side.work().fired())),
          megabytes(side));
    }
    Measured last = measured.getLast();
    double time = micros(last) / micros(first);
    double inner = products(last) / products(first);
    List<String> lines = new ArrayList<>(List.of("Per sample.", ""));
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        Table.number(
            "- Targets for 16 times the neurons: inner products grow at most %.0f times: %s, time"
                + " at most %.0f times: %s.",
            INNER_PRODUCTS_TARGET,
            met(inner <= INNER_PRODUCTS_TARGET),
            TIME_TARGET,
            met(time <= TIME_TARGET)));
    return lines;
  }

  /**
   * The time per sample against the number of entities.
   *
   * @param grids the grids measured, in the same order
   */
  static List<String> ofGrids(List<Measured> measured, List<Grid> grids) {
    Measured first = measured.getFirst();
    Table table =
        new Table(
            "grid",
            ">pairs",
            ">left + right",
            ">growth",
            ">us a sample",
            ">growth",
            ">inner products",
            ">epoch s",
            ">MB");
    boolean met = true;
    for (int i = 0; i < grids.size(); i++) {
      Measured side = measured.get(i);
      Grid grid = grids.get(i);
      double entities = (double) grid.entities() / grids.getFirst().entities();
      double time = micros(side) / micros(first);
      met &= time <= entities;
      table.add(
          grid.label(),
          Table.number("%,d", grid.pairs()),
          Table.number("%d", grid.entities()),
          Table.ratio(entities),
          Table.number("%.1f", micros(side)),
          Table.ratio(time),
          Table.number("%,.0f", products(side)),
          Table.number("%.3f", side.medianWall()),
          megabytes(side));
    }
    List<String> lines = new ArrayList<>(List.of("Per sample.", ""));
    lines.addAll(table.lines());
    lines.add("");
    lines.add("- Target: time per sample grows no faster than left + right: " + met(met) + ".");
    return lines;
  }

  private static String megabytes(Measured side) {
    return Table.number("%.1f", side.first().memory() / 1048576.0);
  }

  private static String met(boolean met) {
    return met ? "met" : "missed";
  }
}
