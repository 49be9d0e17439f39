package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.input.SparseInputs;
import kronwood.input.StructuredInputs;
import kronwood.model.ModelNetwork;
import kronwood.network.EntryWeights;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/**
 * The tournament tree over the trained neurons for one sample: each node holds the largest
 * pre-activation below it, and a search visits the children of those above the shift only.
 */
final class TreeSection {
  private static final long MOST_WORK = 400_000_000;
  private static final int MOST_LEVELS = 10;

  private TreeSection() {}

  static Section of(Subject subject) {
    ModelNetwork network = subject.model().network();
    int dimension = network.weights()[0].length;
    if ((long) dimension * network.memberNeurons() > MOST_WORK) {
      return new Section(
          "tree",
          "The tree of one sample",
          List.of(new Paragraph("Left out: the neurons have too many weights to go through.")));
    }
    int sample = 0;
    StructuredInputs inputs = subject.inputs(subject.samples().tuples().select(new int[] {sample}));
    double[] z = preActivations(network, inputs);
    for (int r = 0; r < z.length && subject.model().activation().isOdd(); r++) {
      z[r] = Math.abs(z[r]);
    }
    return new Section(
        "tree",
        "The tree of one sample",
        List.of(figure(subject.name(sample), z, network.shift())));
  }

  /** Those of the first member's neurons on the one input. */
  private static double[] preActivations(ModelNetwork network, StructuredInputs inputs) {
    EntryWeights entries = network.entries();
    if (entries != null) {
      double[] all = new double[network.neurons()];
      entries.read(new SparseInputs(inputs), 0, all);
      return Arrays.copyOf(all, network.memberNeurons());
    }
    double[] x = new double[network.weights()[0].length];
    inputs.materialise(0, x);
    double[] z = new double[network.memberNeurons()];
    for (int r = 0; r < z.length; r++) {
      float[] weights = network.weights()[r];
      for (int i = 0; i < x.length; i++) {
        z[r] += weights[i] * x[i];
      }
    }
    return z;
  }

  private static Figure figure(String name, double[] z, double shift) {
    int leaves = Integer.highestOneBit(Math.max(1, z.length - 1)) * 2;
    leaves = z.length == 1 ? 1 : leaves;
    double[] node = new double[2 * leaves];
    Arrays.fill(node, Double.NEGATIVE_INFINITY);
    System.arraycopy(z, 0, node, leaves, z.length);
    for (int i = leaves - 1; i >= 1; i--) {
      node[i] = Math.max(node[2 * i], node[2 * i + 1]);
    }
    int levels = Integer.numberOfTrailingZeros(leaves) + 1;
    int drawn = Math.min(levels, MOST_LEVELS);
    List<List<Cell>> rows = new ArrayList<>();
    long visitedInAll = 0;
    long fired = Arrays.stream(z).filter(value -> value > shift).count();
    String title = "The tree of " + name;
    List<String> names = new ArrayList<>();
    for (int level = drawn - 1; level >= 0; level--) {
      names.add(level == 0 ? "root" : level == levels - 1 ? "neurons" : "level " + level);
    }
    Chart chart =
        new Chart(
            title,
            "Each level of the tree is a row, from all neurons at the top to single ones.",
            Axis.of("neurons", 0, leaves),
            Axis.of("", names),
            640,
            60 + 26 * drawn + 40);
    for (int level = 0; level < levels; level++) {
      int width = leaves >> level;
      long exist = 0;
      long visited = 0;
      long above = 0;
      for (int i = 0; i < 1 << level; i++) {
        double value = node[(1 << level) + i];
        if (value == Double.NEGATIVE_INFINITY) {
          continue;
        }
        exist++;
        boolean isVisited = level == 0 || node[((1 << level) + i) / 2] > shift;
        boolean isAbove = value > shift;
        visited += isVisited ? 1 : 0;
        above += isAbove ? 1 : 0;
        if (level < drawn && isVisited) {
          double y = drawn - 1.0 - level;
          double gap = width * 0.04;
          chart.cell(
              i * (double) width + gap,
              (i + 1) * (double) width - gap,
              y - 0.4,
              y + 0.4,
              isAbove ? 1 : 0);
        }
      }
      visitedInAll += visited;
      rows.add(List.of(Cell.of((long) level), Cell.of(exist), Cell.of(visited), Cell.of(above)));
    }
    chart.meaning("visited, above the shift", 1).meaning("visited, below it", 0);
    String finding =
        "%d of %d neurons fire (shift %s); a search that goes down only where the largest"
                .formatted(fired, z.length, Cell.text(shift))
            + " pre-activation is above the shift visits %d nodes.".formatted(visitedInAll);
    return new Figure(
        title,
        finding,
        chart.svg(),
        new Table(title, List.of("level", "nodes", "visited", "above the shift"), rows));
  }
}
