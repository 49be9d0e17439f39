package kronwood.report;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.Samples;
import kronwood.loss.Task;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/** Error by how often an entity was seen in training. */
final class SeenSection {
  private static final int[] FROM = {0, 1, 2, 3, 5, 10, 20, 50, 100, 1000};

  private SeenSection() {}

  static Section of(Subject subject) {
    Samples training = subject.training();
    if (training == null) {
      return new Section(
          "seen",
          "Error by how often entities were seen",
          List.of(
              new Paragraph(
                  "Left out: the training samples are not at hand. Give them with"
                      + " --train-where.")));
    }
    return new Section(
        "seen", "Error by how often entities were seen", List.of(figure(subject, training)));
  }

  /** How many training samples each entity of a mode's table is in, in whichever mode. */
  static int[] seen(Subject subject, Samples training, int mode) {
    int[] tables = subject.model().tableOfMode();
    int[] seen = new int[subject.entities(mode)];
    for (int i = 0; i < training.size(); i++) {
      for (int other = 0; other < tables.length; other++) {
        if (tables[other] == tables[mode]) {
          seen[training.tuples().entity(i, other)]++;
        }
      }
    }
    return seen;
  }

  private static Figure figure(Subject subject, Samples training) {
    int modes = subject.modes();
    double[][] errors = new double[modes][FROM.length];
    long[][] counts = new long[modes][FROM.length];
    boolean numbers = subject.task() == Task.REGRESSION;
    for (int mode = 0; mode < modes; mode++) {
      int[] seen = seen(subject, training, mode);
      for (int i = 0; i < subject.size(); i++) {
        int bin = bin(seen[subject.samples().tuples().entity(i, mode)]);
        double error = subject.error(i);
        errors[mode][bin] += numbers ? error * error : error;
        counts[mode][bin]++;
      }
    }
    List<Integer> used = new ArrayList<>();
    for (int b = 0; b < FROM.length; b++) {
      for (int mode = 0; mode < modes; mode++) {
        if (counts[mode][b] > 0 && !used.contains(b)) {
          used.add(b);
        }
      }
    }
    String measure = numbers ? "root of the mean squared error" : "log loss";
    List<List<Cell>> rows = new ArrayList<>();
    double[][] lines = new double[modes][used.size()];
    double[] xs = new double[used.size()];
    for (int k = 0; k < used.size(); k++) {
      xs[k] = k;
      for (int mode = 0; mode < modes; mode++) {
        int b = used.get(k);
        double mean = counts[mode][b] == 0 ? Double.NaN : errors[mode][b] / counts[mode][b];
        lines[mode][k] = numbers ? Math.sqrt(mean) : mean;
        rows.add(
            List.of(
                Cell.of(subject.mode(mode)),
                Cell.of(label(b)),
                Cell.of(counts[mode][b]),
                Cell.of(lines[mode][k])));
      }
    }
    String title = "Error by how often an entity was seen in training";
    String finding =
        "Of the %s samples, %d have %s entity that was seen fewer than 3 times."
            .formatted(subject.part(), fewSeen(counts[0]), "a " + subject.mode(0));
    Chart chart =
        new Chart(
            title,
            finding,
            Axis.of(
                "training samples of the entity", used.stream().map(SeenSection::label).toList()),
            Axis.around(measure + ", lower is better", concat(lines, new double[] {0})));
    for (int mode = 0; mode < modes; mode++) {
      chart.line(subject.mode(mode), xs, lines[mode]);
    }
    return new Figure(
        title,
        finding,
        chart.svg(),
        new Table(title, List.of("mode", "seen", "samples", measure), rows));
  }

  private static double[][] concat(double[][] lines, double[] more) {
    double[][] all = new double[lines.length + 1][];
    System.arraycopy(lines, 0, all, 0, lines.length);
    all[lines.length] = more;
    return all;
  }

  private static long fewSeen(long[] counts) {
    return counts[0] + counts[1] + counts[2];
  }

  private static int bin(int seen) {
    int bin = 0;
    while (bin + 1 < FROM.length && seen >= FROM[bin + 1]) {
      bin++;
    }
    return bin;
  }

  private static String label(int bin) {
    if (bin + 1 == FROM.length) {
      return FROM[bin] + " or more";
    }
    int last = FROM[bin + 1] - 1;
    return last == FROM[bin] ? Integer.toString(last) : FROM[bin] + "–" + last;
  }
}
