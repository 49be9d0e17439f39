package kronwood.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.report.page.Cell;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.train.EpochReport;
import kronwood.train.TrainingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sections of a report on something that is not over yet, with the charts that the report will
 * have. There is no section as long as there is nothing to show in it.
 */
public final class ProgressSections {
  private ProgressSections() {}

  /** Learning curves: loss of the training samples, and metrics after each epoch. */
  public static List<Section> curves(TrainingRecord record) {
    return record.epochs().isEmpty() ? List.of() : List.of(sections(record).curves());
  }

  /** Seconds and samples per second of each epoch, and the work of a sample. */
  public static List<Section> speed(TrainingRecord record) {
    return record.epochs().isEmpty() ? List.of() : List.of(sections(record).speed());
  }

  /** The plan, and how many neurons fired and were visited in each epoch. */
  public static List<Section> work(TrainingRecord record) {
    return record.started() == null
        ? List.of()
        : List.of(sections(record).work(new Origin("", null, Map.of(), List.of())));
  }

  /** Trials of a tuning. */
  public static List<Section> trials(TrainingRecord record) {
    return record.trials().isEmpty() ? List.of() : List.of(sections(record).trials());
  }

  /**
   * How the neurons that fire on one sample were found: the tree that was searched, and bounds
   * against the shift.
   *
   * @param name what the sample is called
   */
  public static List<Section> search(TrainingEvent.Searched searched, String name) {
    SearchFigures figures = new SearchFigures(name, searched.search());
    return List.of(
        new Section(
            "search",
            "The search of one sample",
            List.of(
                new Paragraph(
                    "So were the neurons that fire on %s found in epoch %,d."
                        .formatted(name, searched.epoch())),
                figures.tree(),
                figures.bounds())));
  }

  /** Metrics at the end, if they were measured. */
  public static List<Section> result(TrainingRecord record) {
    TrainingEvent.Finished finished = record.finished();
    if (finished == null) {
      return List.of();
    }
    List<String> parts =
        finished.metrics().keySet().stream()
            .filter(part -> !finished.metrics().getOrDefault(part, Map.of()).isEmpty())
            .toList();
    if (parts.isEmpty()) {
      return List.of();
    }
    List<String> heads = new ArrayList<>(List.of("metric"));
    heads.addAll(parts);
    TreeSet<String> keys = new TreeSet<>();
    finished.metrics().values().forEach(values -> keys.addAll(values.keySet()));
    List<List<Cell>> rows = new ArrayList<>();
    for (String key : keys) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(key)));
      for (String part : parts) {
        Map<String, Double> values = finished.metrics().getOrDefault(part, Map.of());
        row.add(Cell.of(values.getOrDefault(key, Double.NaN)));
      }
      rows.add(row);
    }
    return List.of(
        new Section("result", "Metrics at the end", List.of(new Table("Metrics", heads, rows))));
  }

  /**
   * Folds of a cross-validation: metrics so far, and each fold.
   *
   * @param folds those that are finished, at least one
   */
  public static List<Section> folds(List<TrainingEvent.FoldDone> folds) {
    FoldSections sections = new FoldSections(folds);
    return List.of(sections.metrics(), sections.each());
  }

  private static TrainingSections sections(TrainingRecord record) {
    return new TrainingSections(record, task(record));
  }

  /** What is learned, from which metrics there are. */
  private static Task task(TrainingRecord record) {
    TrainingEvent.Started started = record.started();
    for (EpochReport epoch : record.epochs()) {
      MetricReport report = any(epoch);
      if (report != null && report.contains(Metric.MSE)) {
        return Task.REGRESSION;
      }
    }
    return started != null && started.outputs() > 1 ? Task.MULTICLASS : Task.BINARY;
  }

  private static @Nullable MetricReport any(EpochReport epoch) {
    return epoch.validation() == null ? epoch.test() : epoch.validation();
  }
}
