package kronwood.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.model.Model;
import kronwood.report.page.Cell;
import kronwood.report.page.Document;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.validate.FoldResult;
import kronwood.validate.FoldRunner;
import kronwood.validate.FoldTask;
import org.jspecify.annotations.Nullable;

/**
 * Makes reports. A section that the data do not allow is there all the same, and says why it is
 * empty.
 *
 * <p>Cost: thirty evaluations of the samples for the intervals, one prediction of all pairs if that
 * is at most 10⁹ neurons, and ridge regression on the training samples if there are at most 400,000
 * of them times outputs.
 */
public final class Report {
  private Report() {}

  /**
   * A training: all of {@link #ofModel}, and how training went.
   *
   * @param subject the trained model on its data
   * @param record the listener that watched the training
   */
  public static Document ofTraining(Subject subject, TrainingRecord record, Origin origin) {
    return ofModel(subject, record, origin);
  }

  /** A model on samples whose truth is known. */
  public static Document ofModel(Subject subject, Origin origin) {
    return ofModel(subject, null, origin);
  }

  private static Document ofModel(Subject subject, @Nullable TrainingRecord record, Origin origin) {
    Model model = subject.model();
    MetricsSection metrics = new MetricsSection(subject);
    GridSections grid = new GridSections(subject);
    List<Section> sections = new ArrayList<>();
    sections.add(ModelSections.about(model, origin));
    sections.add(metrics.section());
    sections.add(ActualSection.of(subject));
    sections.add(ConfusionSection.of(subject));
    sections.add(CalibrationSection.of(subject));
    sections.add(SeenSection.of(subject));
    sections.add(grid.maps());
    sections.add(WorstSection.of(subject));
    sections.add(grid.top());
    sections.add(ConcordanceSection.of(subject, metrics.reports()));
    if (record != null) {
      TrainingSections training = new TrainingSections(record, subject.task());
      sections.add(training.curves());
      sections.add(training.trials());
      sections.add(training.work(origin));
    }
    sections.add(TreeSection.of(subject));
    sections.add(ModelSections.provenance(model.provenance().facts(), origin));
    return new Document(title(model), summary(subject, metrics.overall()), sections);
  }

  private static String title(Model model) {
    return "Kronwood: %s from %s"
        .formatted(
            String.join(", ", model.target().names()), String.join(" and ", model.modeNames()));
  }

  private static String summary(Subject subject, MetricReport report) {
    Metric metric = MetricsSection.main(subject.task());
    return "On %,d %s samples, the model has %s %s (%s)."
        .formatted(
            subject.size(),
            subject.part(),
            metric.key(),
            Cell.text(report.get(metric)),
            MetricsSection.direction(metric));
  }

  /**
   * A cross-validation.
   *
   * @param folds what each fold found, in the order to show them, at least one
   * @param facts what the folds depend on, by name
   */
  public static Document ofFolds(
      Map<FoldTask, FoldResult> folds, Map<String, String> facts, Origin origin) {
    FoldSections sections =
        new FoldSections(
            folds.entrySet().stream()
                .map(entry -> FoldRunner.event(entry.getKey(), entry.getValue()))
                .toList());
    return new Document(
        "Kronwood: cross-validation",
        sections.summary(),
        List.of(
            sections.metrics(),
            sections.each(),
            sections.work(folds.values().stream().map(FoldResult::plan).toList()),
            ModelSections.provenance(facts, origin)));
  }

  /**
   * Two models on the same samples.
   *
   * @param first the model A
   * @param second the model B, on samples with the same targets in the same order
   * @throws InputException if the models predict other targets or classes, or take other modes
   */
  public static Document ofComparison(
      Subject first, String firstName, Subject second, String secondName, Origin origin) {
    checkComparable(first.model(), firstName, second.model(), secondName);
    ComparisonSection comparison = new ComparisonSection(first, second);
    return new Document(
        "Kronwood: %s and %s".formatted(firstName, secondName),
        "Two models that predict %s, on %,d samples."
            .formatted(String.join(", ", first.model().target().names()), first.size()),
        List.of(
            comparison.section(firstName, secondName),
            renamed(ModelSections.about(first.model(), named(firstName)), "model-a", "A"),
            renamed(ModelSections.about(second.model(), named(secondName)), "model-b", "B"),
            ModelSections.provenance(Map.of(), origin)));
  }

  /**
   * Checks that two models can be compared.
   *
   * @throws InputException if they predict other targets or classes, or take other modes
   */
  public static void checkComparable(
      Model first, String firstName, Model second, String secondName) {
    if (!first.modeNames().equals(second.modeNames())) {
      throw new InputException(
          "%s and %s cannot be compared: the modes of the one are %s, of the other %s"
              .formatted(
                  firstName,
                  secondName,
                  String.join(", ", first.modeNames()),
                  String.join(", ", second.modeNames())));
    }
    if (!first.target().names().equals(second.target().names())
        || !first.target().classes().equals(second.target().classes())) {
      throw new InputException(
          "%s and %s cannot be compared: the one predicts %s, the other %s"
              .formatted(
                  firstName,
                  secondName,
                  ModelSections.prediction(first.target()),
                  ModelSections.prediction(second.target())));
    }
  }

  private static Origin named(String name) {
    return new Origin(name, null, Map.of(), List.of());
  }

  private static Section renamed(Section section, String id, String name) {
    return new Section(id, "Model " + name, section.parts());
  }

  /**
   * A model card: what the model is, how good it was, what is not known of it, where it comes from.
   *
   * @param subject the model on samples whose truth is known, null if there are none
   */
  public static Document card(Model model, @Nullable Subject subject, Origin origin) {
    List<Section> sections = new ArrayList<>();
    sections.add(ModelSections.about(model, origin));
    if (subject != null) {
      MetricsSection metrics = new MetricsSection(subject);
      sections.add(metrics.section());
      sections.add(CalibrationSection.of(subject));
      sections.add(SeenSection.of(subject));
      sections.add(WorstSection.of(subject));
    }
    sections.add(new Section("use", "Use and limits", List.of(new Paragraph(limits(model)))));
    sections.add(ModelSections.provenance(model.provenance().facts(), origin));
    return new Document(
        title(model),
        "It predicts %s for %s."
            .formatted(
                ModelSections.prediction(model.target()), String.join(" and ", model.modeNames())),
        sections);
  }

  private static String limits(Model model) {
    StringBuilder limits = new StringBuilder();
    limits.append(
        "The model predicts for the entities it knows, and for new ones that are described");
    limits.append(" like these. ");
    if (model.tables().stream().allMatch(table -> table.training() != null)) {
      limits.append("Predictions for entities that occur in no training sample are less certain:");
      limits.append(" look at settings B, C and D. ");
    }
    limits.append(
        model.network().members() > 1
            ? "It gives a standard deviation with each prediction."
            : "It gives no standard deviations.");
    return limits.toString();
  }
}
