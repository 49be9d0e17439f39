package kronwood.bench.contest;

import java.util.ArrayList;
import java.util.List;

/** Our engine and other programs: the table, and the losses of both. */
public final class PeerTable {
  private PeerTable() {}

  /** Time, memory and work of each side; the first is the one to compare with. */
  public static Table of(List<Measured> measured) {
    Table table =
        new Table(
            "run",
            ">neurons",
            ">samples",
            ">batch",
            ">epoch s",
            ">times " + measured.getFirst().contestant().label(),
            ">timed",
            ">inner products",
            ">memory MB");
    double base = measured.getFirst().medianWall();
    for (Measured side : measured) {
      Contestant.Shape shape = side.contestant().shape();
      long memory = side.first().memory();
      table.add(
          side.contestant().label(),
          Table.number("%d", shape.neurons()),
          Table.number("%d", shape.samples()),
          Table.number("%d", shape.batch()),
          Table.number("%.3f", side.medianWall()),
          Table.ratio(side.medianWall() / base),
          Table.number("%.0f %%", 100 * timedShare(side)),
          Table.number("%,.0f", side.perSample(side.work().innerProducts())),
          memory < 0 ? "?" : Table.number("%.1f", memory / 1048576.0));
    }
    return table;
  }

  private static double timedShare(Measured side) {
    return side.runs().getFirst().epochs().getLast().share();
  }

  /** Each side's losses, how far they are from the first of the same training, and the fastest. */
  public static List<String> remarks(List<Measured> measured) {
    List<String> lines = new ArrayList<>();
    lines.add("Loss of each epoch; difference to the first side with the same batches.");
    lines.add("");
    int epochs = measured.getFirst().first().epochs().size();
    List<String> header = new ArrayList<>(List.of("run", ">batch"));
    for (int e = 1; e <= epochs; e++) {
      header.add(">epoch " + e);
    }
    header.add(">largest difference");
    Table table = new Table(header.toArray(String[]::new));
    for (Measured side : measured) {
      table.add(lossRow(side, firstOfTraining(measured, side)));
    }
    lines.addAll(table.lines());
    lines.add("");
    lines.add(fastest(measured));
    return lines;
  }

  private static Measured firstOfTraining(List<Measured> measured, Measured side) {
    for (Measured other : measured) {
      if (other.contestant().training().equals(side.contestant().training())) {
        return other;
      }
    }
    throw new IllegalArgumentException("not one of the sides");
  }

  private static String[] lossRow(Measured side, Measured first) {
    List<String> row = new ArrayList<>();
    row.add(side.contestant().label());
    row.add(Table.number("%d", side.contestant().shape().batch()));
    double largest = 0;
    for (int e = 0; e < side.first().epochs().size(); e++) {
      double loss = side.first().epochs().get(e).loss();
      double expected = first.first().epochs().get(e).loss();
      row.add(Table.number("%.7f", loss));
      largest = Math.max(largest, Math.abs(loss - expected) / Math.abs(expected));
    }
    row.add(Table.number("%.1e", largest));
    return row.toArray(String[]::new);
  }

  private static String fastest(List<Measured> measured) {
    Measured first = measured.getFirst();
    Measured best = null;
    for (Measured side : measured) {
      if (side.contestant().isPeer() && (best == null || side.medianWall() < best.medianWall())) {
        best = side;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("no peer among the sides");
    }
    return Table.number(
        "- The fastest epoch of a peer is that of %s at batch %d: %.2f s, %s times that of %s at"
            + " batch %d.",
        best.contestant().label(),
        best.contestant().shape().batch(),
        best.medianWall(),
        Table.ratio(best.medianWall() / first.medianWall()),
        first.contestant().label(),
        first.contestant().shape().batch());
  }
}
