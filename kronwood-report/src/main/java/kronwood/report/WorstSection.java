package kronwood.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.loss.Task;
import kronwood.report.page.Cell;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/** The entities and samples with the largest errors, by name. */
final class WorstSection {
  private static final int MOST = 10;
  private static final int MOST_SAMPLES = 20;
  private static final int FEWEST = 3;

  private WorstSection() {}

  static Section of(Subject subject) {
    List<Part> parts = new ArrayList<>();
    for (int mode = 0; mode < subject.modes(); mode++) {
      if (subject.model().modeNames().indexOf(subject.mode(mode)) == mode) {
        parts.add(entities(subject, mode));
      }
    }
    parts.add(samples(subject));
    return new Section("worst", "Where predictions are worst", parts);
  }

  private static Table entities(Subject subject, int mode) {
    double[] sums = new double[subject.entities(mode)];
    double[] bias = new double[sums.length];
    long[] counts = new long[sums.length];
    for (int i = 0; i < subject.size(); i++) {
      int entity = subject.samples().tuples().entity(i, mode);
      sums[entity] += subject.error(i);
      bias[entity] += subject.predicted(i, 0) - subject.actual(i, 0);
      counts[entity]++;
    }
    boolean numbers = subject.task() == Task.REGRESSION;
    List<List<Cell>> rows =
        IntStream.range(0, sums.length)
            .filter(e -> counts[e] >= FEWEST)
            .boxed()
            .sorted(Comparator.comparingDouble(e -> -sums[e] / counts[e]))
            .limit(MOST)
            .map(
                e -> {
                  List<Cell> row = new ArrayList<>();
                  row.add(Cell.of(subject.id(mode, e)));
                  row.add(Cell.of(counts[e]));
                  row.add(Cell.of(sums[e] / counts[e]));
                  if (numbers) {
                    row.add(Cell.of(bias[e] / counts[e]));
                  }
                  return row;
                })
            .toList();
    List<String> heads = new ArrayList<>();
    heads.addAll(List.of(subject.mode(mode), "samples", "mean " + subject.errorName()));
    if (numbers) {
      heads.add("predicted less actual");
    }
    return new Table(
        "%s with the largest mean error, of those with at least %d %s samples"
            .formatted(subject.mode(mode), FEWEST, subject.part()),
        heads,
        rows);
  }

  private static Table samples(Subject subject) {
    boolean numbers = subject.task() == Task.REGRESSION;
    List<String> classes = subject.model().target().classes();
    List<List<Cell>> rows =
        IntStream.range(0, subject.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -subject.error(i)))
            .limit(MOST_SAMPLES)
            .map(
                i ->
                    List.of(
                        Cell.of(subject.name(i)),
                        numbers
                            ? Cell.of(subject.actual(i, 0))
                            : Cell.of(classes.get((int) subject.actual(i, 0))),
                        numbers
                            ? Cell.of(subject.predicted(i, 0))
                            : Cell.of(classes.get(subject.predictedClass(i))),
                        Cell.of(subject.error(i))))
            .toList();
    return new Table(
        "Samples with the largest error",
        List.of(
            String.join(" × ", subject.model().modeNames()),
            "actual",
            "predicted",
            subject.errorName()),
        rows);
  }
}
