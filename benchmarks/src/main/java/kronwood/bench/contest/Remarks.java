package kronwood.bench.contest;

import java.util.ArrayList;
import java.util.List;
import kronwood.engine.WorkCounters;

/** What the tables say, in words and in smaller tables. */
public final class Remarks {
  /** How far from 1 the ratio of two epochs that must cost the same may be. */
  private static final double DIMENSION_TARGET = 0.10;

  private Remarks() {}

  /** Judges the first two sides, which do the same work. */
  public static List<String> dimension(List<Measured> measured) {
    Measured narrow = measured.get(0);
    Measured wide = measured.get(1);
    double wall = wide.medianWall() / narrow.medianWall();
    double cpu = wide.medianCpu() / narrow.medianCpu();
    double[] paired = wide.cpuOfEpochs();
    double[] base = narrow.cpuOfEpochs();
    for (int i = 0; i < paired.length; i++) {
      paired[i] /= base[i];
    }
    boolean met = Math.abs(cpu - 1) <= DIMENSION_TARGET;
    return List.of(
        Table.number(
            "- %s against %s: an epoch takes %.3f times the processor time (middle half of the"
                + " epoch-by-epoch ratios %.3f to %.3f), %.3f times the time on the clock.",
            wide.contestant().label(),
            narrow.contestant().label(),
            cpu,
            Measured.quantile(paired, 0.25),
            Measured.quantile(paired, 0.75),
            wall),
        Table.number(
            "- Target: equal processor time within %.0f %%: %s.",
            100 * DIMENSION_TARGET, met ? "met" : "missed"),
        Table.number(
            "- Before the first batch: coordinates %.3f against %.3f, engine and step size %.3f"
                + " against %.3f processor seconds.",
            wide.median(run -> run.prepare().cpu()),
            narrow.median(run -> run.prepare().cpu()),
            wide.median(run -> run.start().cpu()),
            narrow.median(run -> run.start().cpu())),
        sameLosses(measured));
  }

  public static List<String> sameAnswer(List<Measured> measured) {
    return List.of(sameLosses(measured));
  }

  public static List<String> samples(List<Measured> measured) {
    List<String> lines = new ArrayList<>();
    for (Measured side : measured) {
      int samples = side.contestant().shape().samples();
      lines.add(
          Table.number(
              "- %s: %.1f microseconds of processor time and %.0f inner products a sample.",
              side.contestant().label(),
              1e6 * side.medianCpu() / samples,
              side.perSample(side.work().innerProducts())));
    }
    return lines;
  }

  /** Largest relative difference of losses among the sides of the first one's training. */
  private static String sameLosses(List<Measured> measured) {
    Measured first = measured.getFirst();
    double largest = 0;
    double firedApart = 0;
    List<String> labels = new ArrayList<>();
    for (Measured side : measured) {
      if (!side.contestant().training().equals(first.contestant().training())) {
        continue;
      }
      labels.add(side.contestant().label());
      for (int e = 0; e < side.first().epochs().size(); e++) {
        double expected = first.first().epochs().get(e).loss();
        double found = side.first().epochs().get(e).loss();
        largest = Math.max(largest, Math.abs(found - expected) / Math.abs(expected));
        long firedFirst = first.first().epochs().get(e).work().fired();
        long fired = side.first().epochs().get(e).work().fired();
        firedApart = Math.max(firedApart, (double) Math.abs(fired - firedFirst) / firedFirst);
      }
    }
    String neurons =
        firedApart == 0
            ? "equally many neurons fired in each epoch"
            : Table.number("numbers of fired neurons differ by at most %.1e", firedApart);
    return Table.number(
        "- Same answer (%s): %s, losses differ by at most %.1e of their value.",
        String.join(", ", labels), neurons, largest);
  }

  /**
   * Nodes visited per fired neuron against log₂ m.
   *
   * @throws DifferentAnswersException if queries visited more than the proven {@code 2 · fired ·
   *     ⌈log₂ m⌉ + 1} nodes
   */
  public static List<String> width(List<Measured> measured) {
    Table table =
        new Table(
            ">neurons",
            ">fired",
            ">fired %",
            ">visited",
            ">visited / m",
            ">visited / fired",
            ">log2 m",
            ">quotient");
    for (Measured side : measured) {
      int m = side.contestant().shape().neurons();
      WorkCounters work = side.work();
      int depth = 32 - Integer.numberOfLeadingZeros(m - 1);
      if (work.nodesVisited() > 2 * work.fired() * depth + work.samples()) {
        throw new DifferentAnswersException(
            side.contestant().label() + ": queries visited more nodes than they ever need");
      }
      double fired = side.perSample(work.fired());
      double visited = side.perSample(work.nodesVisited());
      double logarithm = Math.log(m) / Math.log(2);
      table.add(
          Table.number("%d", m),
          Table.number("%.1f", fired),
          Table.number("%.1f", 100 * fired / m),
          Table.number("%.1f", visited),
          Table.number("%.2f", visited / m),
          Table.number("%.2f", visited / fired),
          Table.number("%.1f", logarithm),
          Table.number("%.2f", visited / fired / logarithm));
    }
    List<String> lines = new ArrayList<>();
    lines.add("Counted, not timed: what one query visits.");
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }
}
