package kronwood.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import kronwood.report.ProgressSections;
import kronwood.report.TrainingRecord;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingEvent;

/**
 * What happened as HTML. All pages that are open share it: it is made at most twice a second, and a
 * section only if it has changed.
 */
final class Rendering {
  private static final long PERIOD_NANOS = 450_000_000;

  private final Watched watched;
  private final Buttons buttons;
  private final SampleWatch sample;
  private final int folds;
  private final Map<String, Made> made = new LinkedHashMap<>();
  private Map<String, String> sections = Map.of();
  private long madeAt;
  private boolean first = true;
  private volatile String failure = "";

  /** HTML, and what it was made of. */
  private record Made(Object of, String html) {}

  /**
   * Makes HTML.
   *
   * @param folds folds that are to be run, 0 for a training
   */
  Rendering(Watched watched, Buttons buttons, SampleWatch sample, int folds) {
    this.watched = watched;
    this.buttons = buttons;
    this.sample = sample;
    this.folds = folds;
  }

  /** The run failed. */
  void failed(String why) {
    failure = why;
  }

  /**
   * State, share of the work that is done, and the buttons that can be pressed: {@code running 0.25
   * pause stop lower}.
   */
  String state() {
    Buttons.State state = buttons.state();
    StringBuilder text = new StringBuilder(state.name().toLowerCase(Locale.ROOT));
    text.append(String.format(Locale.ROOT, " %.3f", done()));
    switch (state) {
      case RUNNING -> text.append(" pause stop");
      case PAUSING, PAUSED -> text.append(" resume stop");
      case STOPPING, ENDED, FAILED -> {}
    }
    text.append(buttons.lowers() ? " lower" : "");
    return text.append(sample.canChoose() ? " sample" : "").toString();
  }

  private double done() {
    Watched.Progress progress = watched.progress();
    if (folds > 0) {
      return Math.min(1, progress.folds() / (double) folds);
    }
    return progress.epochs() == 0 ? 0 : Math.min(1, progress.at() / progress.epochs());
  }

  /**
   * All sections by id, in order.
   *
   * @param now whether they are made now, however lately they were made
   */
  synchronized Map<String, String> sections(boolean now) {
    long time = System.nanoTime();
    if (now || first || time - madeAt >= PERIOD_NANOS) {
      first = false;
      madeAt = time;
      sections = make(watched.snapshot());
    }
    return sections;
  }

  private Map<String, String> make(Watched.Snapshot seen) {
    TrainingRecord record = seen.record();
    Map<String, String> all = new LinkedHashMap<>();
    put(all, List.of("now"), seen.changes() + buttons.state().name() + failure, () -> now(seen));
    put(all, List.of("result"), seen.ends(), () -> ProgressSections.result(record));
    if (folds > 0) {
      put(
          all,
          List.of("metrics", "folds"),
          seen.folds().size(),
          () -> seen.folds().isEmpty() ? List.of() : ProgressSections.folds(seen.folds()));
      return all;
    }
    Object epochs = seen.starts() + " " + seen.epochs();
    put(all, List.of("learning"), epochs, () -> ProgressSections.curves(record));
    put(all, List.of("batches"), seen.changes(), () -> batches(seen));
    put(all, List.of("speed"), epochs, () -> ProgressSections.speed(record));
    put(all, List.of("work"), epochs, () -> ProgressSections.work(record));
    SampleWatch.View view = sample.look();
    put(all, List.of("search"), view.changes(), () -> search(view));
    put(all, List.of("tuning"), seen.trials(), () -> ProgressSections.trials(record));
    return all;
  }

  /** Makes the sections with these ids, unless what they are made of is the same. */
  private void put(
      Map<String, String> to, List<String> ids, Object of, Supplier<List<Section>> maker) {
    Made before = made.get(ids.getFirst());
    if (before == null || !before.of().equals(of)) {
      List<Section> fresh = maker.get();
      for (String id : ids) {
        StringBuilder html = new StringBuilder();
        fresh.stream()
            .filter(section -> section.id().equals(id))
            .forEach(section -> html.append(section.html()));
        made.put(id, new Made(of, html.toString()));
      }
    }
    for (String id : ids) {
      Made latest = made.get(id);
      if (latest != null) {
        to.put(id, latest.html());
      }
    }
  }

  private List<Section> now(Watched.Snapshot seen) {
    List<List<Cell>> rows = new ArrayList<>();
    String failed = failure;
    if (!failed.isEmpty()) {
      rows.add(row("error", failed));
    }
    if (!seen.phase().isEmpty()) {
      rows.add(row("now", seen.phase()));
    }
    if (folds > 0) {
      rows.add(row("folds", "%,d of %,d are finished".formatted(seen.folds().size(), folds)));
    }
    TrainingEvent.Started started = seen.started();
    if (started != null) {
      TrainingEvent.BatchDone batch = seen.batch();
      rows.add(
          row(
              "epoch",
              batch == null
                  ? "%,d epochs are planned".formatted(started.epochs())
                  : "%,d of %,d, %,d of its %,d samples done"
                      .formatted(
                          batch.epoch(),
                          started.epochs(),
                          batch.samplesDone(),
                          batch.samplesTotal())));
      double share = buttons.share();
      rows.add(
          row(
              "step size",
              Cell.text(started.learningRate() * share)
                  + (share == 1 ? "" : ", lowered from " + Cell.text(started.learningRate()))));
      rows.add(row("plan", started.plan().summary()));
      rows.add(
          row(
              "samples",
              "%,d to train on, %,d to validate, %,d to test"
                  .formatted(
                      started.trainSamples(), started.validationSamples(), started.testSamples())));
    }
    if (!seen.saved().isEmpty()) {
      rows.add(row("checkpoint", seen.saved()));
    }
    if (rows.isEmpty()) {
      return List.of(
          new Section(
              "now", "Now", List.of(new Paragraph("Data are read, or a training is made ready."))));
    }
    return List.of(
        new Section(
            "now",
            "Now",
            List.of(new Table("The run at this moment", List.of("what", "value"), rows))));
  }

  private static List<Section> search(SampleWatch.View view) {
    TrainingEvent.Searched latest = view.latest();
    if (view.chosen() == TrainingControl.NO_SAMPLE) {
      return List.of();
    }
    if (latest != null) {
      return ProgressSections.search(latest, view.name());
    }
    String text = "It is shown as soon as the training takes a step with it.";
    if (view.missing()) {
      text =
          "No step of a whole epoch was made with %s: it is no training sample."
              .formatted(view.name());
    } else if (!view.learns()) {
      text = "The network learned to its end without a step with it.";
    }
    return List.of(new Section("search", "The search of one sample", List.of(new Paragraph(text))));
  }

  private static List<Cell> row(String name, String value) {
    return List.of(Cell.of(name), Cell.of(value));
  }

  private static List<Section> batches(Watched.Snapshot seen) {
    double[] at = seen.at();
    double[] losses = seen.losses();
    if (at.length == 0) {
      return List.of();
    }
    String title = "Loss of the last batches";
    String finding =
        "The last %,d batches; the newest has %s (lower is better)."
            .formatted(at.length, Cell.text(losses[losses.length - 1]));
    Chart chart =
        new Chart(
            title,
            finding,
            Axis.of("epochs", at[0], at[at.length - 1]),
            Axis.around("mean loss of a batch, lower is better", losses));
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = Math.max(0, at.length - 20); i < at.length; i++) {
      rows.add(List.of(Cell.of(at[i]), Cell.of(losses[i])));
    }
    return List.of(
        new Section(
            "batches",
            "Batches",
            List.of(
                new Figure(
                    title,
                    finding,
                    chart.line("", at, losses).svg(),
                    new Table("Loss of the last 20 batches", List.of("epochs", "loss"), rows)))));
  }
}
