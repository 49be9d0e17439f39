package kronwood.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kronwood.loss.Task;
import kronwood.report.page.Cell;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/** Which class is taken for which. */
final class ConfusionSection {
  private static final int MOST_CLASSES = 30;
  private static final int MOST_PAIRS = 40;

  private ConfusionSection() {}

  static Section of(Subject subject) {
    if (subject.task() == Task.REGRESSION) {
      return new Section(
          "confusion",
          "Confusion of classes",
          List.of(new Paragraph("Left out: the target is a number, not a class.")));
    }
    List<String> classes = subject.model().target().classes();
    int[][] counts = new int[classes.size()][classes.size()];
    for (int i = 0; i < subject.size(); i++) {
      counts[(int) subject.actual(i, 0)][subject.predictedClass(i)]++;
    }
    Part part = classes.size() <= MOST_CLASSES ? matrix(classes, counts) : pairs(classes, counts);
    return new Section("confusion", "Confusion of classes", List.of(part));
  }

  private static Table matrix(List<String> classes, int[][] counts) {
    List<String> columns = new ArrayList<>(List.of("actual"));
    classes.forEach(name -> columns.add("predicted " + name));
    columns.add("recall");
    List<List<Cell>> rows = new ArrayList<>();
    for (int actual = 0; actual < counts.length; actual++) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(classes.get(actual))));
      long all = 0;
      for (int count : counts[actual]) {
        row.add(Cell.of((long) count));
        all += count;
      }
      row.add(Cell.of(all == 0 ? Double.NaN : (double) counts[actual][actual] / all));
      rows.add(row);
    }
    return new Table("Samples by actual and predicted class", columns, rows);
  }

  private static Table pairs(List<String> classes, int[][] counts) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        if (actual != predicted && counts[actual][predicted] > 0) {
          rows.add(
              List.of(
                  Cell.of(classes.get(actual)),
                  Cell.of(classes.get(predicted)),
                  Cell.of((long) counts[actual][predicted])));
        }
      }
    }
    rows.sort(Comparator.comparingDouble(row -> -row.get(2).value()));
    return new Table(
        "The most frequent confusions",
        List.of("actual", "predicted", "samples"),
        rows.subList(0, Math.min(MOST_PAIRS, rows.size())));
  }
}
