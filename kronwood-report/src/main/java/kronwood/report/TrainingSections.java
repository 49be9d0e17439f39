package kronwood.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import kronwood.engine.WorkCounters;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.plan.EnginePlan;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.train.EpochReport;
import kronwood.train.TrainingEvent;
import org.jspecify.annotations.Nullable;

/** How a training went: learning curves, trials, seconds and work. */
final class TrainingSections {
  private final TrainingRecord record;
  private final List<EpochReport> epochs;
  private final double[] numbers;
  private final Task task;

  TrainingSections(TrainingRecord record, Task task) {
    this.record = record;
    this.epochs = record.epochs();
    this.numbers = epochs.stream().mapToDouble(EpochReport::epoch).toArray();
    this.task = task;
  }

  Section curves() {
    if (epochs.isEmpty()) {
      return leftOut("learning", "Learning curves", "no epoch was finished in this run.");
    }
    List<Part> parts = new ArrayList<>();
    if (record.resumed() > 0) {
      parts.add(
          new Paragraph("The first " + record.resumed() + " epochs were done by an earlier run."));
    }
    double[] losses = epochs.stream().mapToDouble(EpochReport::loss).toArray();
    parts.add(
        figure(
            "Loss of the training samples",
            "It goes from %s to %s (lower is better)."
                .formatted(Cell.text(losses[0]), Cell.text(losses[losses.length - 1])),
            "mean loss at the moment of each batch, lower is better",
            Map.of("loss", losses)));
    Metric metric = MetricsSection.main(task);
    Map<String, double[]> measured = new LinkedHashMap<>();
    add(measured, "validation", metric, EpochReport::validation);
    add(measured, "test", metric, EpochReport::test);
    if (measured.isEmpty()) {
      parts.add(
          new Paragraph(
              "There are no metrics of each epoch: that needs validation samples"
                  + " (--validation-where, --validation-share)."));
    } else {
      parts.add(
          figure(
              metric.key() + " after each epoch",
              "Curves that turn for the worse while the loss still improves are a sign of"
                  + " overfitting.",
              metric.key() + ", " + MetricsSection.direction(metric),
              measured));
    }
    return new Section("learning", "Learning curves", parts);
  }

  private interface Of {
    @Nullable MetricReport of(EpochReport epoch);
  }

  private void add(Map<String, double[]> to, String name, Metric metric, Of part) {
    double[] values =
        epochs.stream()
            .map(part::of)
            .mapToDouble(r -> r == null || !r.contains(metric) ? Double.NaN : r.get(metric))
            .toArray();
    for (double value : values) {
      if (!Double.isNaN(value)) {
        to.put(name, values);
        return;
      }
    }
  }

  private Figure figure(String title, String finding, String label, Map<String, double[]> lines) {
    Chart chart =
        new Chart(
            title,
            finding,
            Axis.of(
                "epoch", numbers[0] - (numbers.length == 1 ? 1 : 0), numbers[numbers.length - 1]),
            Axis.around(label, lines.values().toArray(double[][]::new)));
    List<String> heads = new ArrayList<>(List.of("epoch"));
    lines.forEach(
        (name, values) -> {
          // Alone, these are named by the axis.
          boolean named = lines.size() > 1 || !List.of("loss", "samples/s").contains(name);
          chart.line(named ? name : "", numbers, values);
          heads.add(name);
        });
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of((long) numbers[i])));
      for (double[] values : lines.values()) {
        row.add(Cell.of(values[i]));
      }
      rows.add(row);
    }
    return new Figure(title, finding, chart.svg(), new Table(title, heads, rows));
  }

  Section trials() {
    List<TrainingEvent.TrialDone> trials = record.trials();
    if (trials.isEmpty()) {
      return leftOut("tuning", "Trials of the tuning", "nothing was tuned (--tune 60s).");
    }
    Map<String, List<double[]>> byKind = new LinkedHashMap<>();
    List<List<Cell>> rows = new ArrayList<>();
    for (TrainingEvent.TrialDone trial : trials) {
      byKind
          .computeIfAbsent(trial.what(), _ -> new ArrayList<>())
          .add(new double[] {trial.number(), trial.error()});
      rows.add(
          List.of(
              Cell.of((long) trial.number()),
              Cell.of(trial.what()),
              Cell.of(trial.choice()),
              Cell.of(trial.error()),
              Cell.of(trial.best() ? "best so far" : ""),
              Cell.of(trial.seconds())));
    }
    double[][] errors =
        byKind.values().stream()
            .map(list -> list.stream().mapToDouble(point -> point[1]).toArray())
            .toArray(double[][]::new);
    String title = "Error of each trial";
    String finding =
        "%d trials, each judged on validation samples: by the loss, of which less is better, unless --tune-for named a metric."
            .formatted(trials.size());
    Chart chart =
        new Chart(
            title,
            finding,
            Axis.of("trial", 0, trials.size() + 1.0),
            Axis.around("mean loss on validation samples, lower is better", errors));
    byKind.forEach(
        (what, points) ->
            chart.points(
                what,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray()));
    return new Section(
        "tuning",
        "Trials of the tuning",
        List.of(
            new Figure(
                title,
                finding,
                chart.svg(),
                new Table(
                    title,
                    List.of("trial", "model", "choice", "error", "best", "seconds"),
                    rows))));
  }

  Section work(Origin origin) {
    List<Part> parts = new ArrayList<>();
    if (!origin.seconds().isEmpty()) {
      parts.add(seconds(origin.seconds()));
    }
    TrainingEvent.Started started = record.started();
    if (started != null) {
      parts.add(plan(started));
    }
    if (!epochs.isEmpty()) {
      parts.add(neurons());
    }
    return parts.isEmpty()
        ? leftOut("work", "Time and work", "the training was not watched.")
        : new Section("work", "Time and work", parts);
  }

  static Figure seconds(Map<String, Double> phases) {
    List<String> names = List.copyOf(phases.keySet());
    double[] values = phases.values().stream().mapToDouble(Double::doubleValue).toArray();
    double sum = 0;
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      rows.add(List.of(Cell.of(names.get(i)), Cell.of(values[i])));
    }
    String title = "Seconds of each phase";
    String finding = "%.1f seconds in all.".formatted(sum);
    String svg =
        new Chart(
                title,
                finding,
                Axis.of("phase", names),
                Axis.around("seconds", values, new double[] {0}))
            .bars("", values)
            .svg();
    return new Figure(title, finding, svg, new Table(title, List.of("phase", "seconds"), rows));
  }

  private Table plan(TrainingEvent.Started started) {
    EnginePlan plan = started.plan();
    double seconds = 0;
    long samples = 0;
    for (EpochReport epoch : epochs) {
      seconds += epoch.seconds();
      samples += epoch.work().samples();
    }
    return new Table(
        "The plan and what was measured",
        List.of("what", "detail", "value"),
        List.of(
            List.of(Cell.of("plan"), Cell.of(plan.summary()), Cell.of("")),
            List.of(Cell.of("memory"), Cell.of("estimated, MB"), Cell.of(plan.bytes() / 1e6)),
            List.of(
                Cell.of("time of a sample"),
                Cell.of("estimated, µs on one thread"),
                Cell.of(plan.nanosPerSample() / 1e3)),
            List.of(
                Cell.of("time of a sample"),
                Cell.of("measured, µs on all threads"),
                Cell.of(samples == 0 ? Double.NaN : seconds / samples * 1e6)),
            List.of(Cell.of("neurons"), Cell.of("in all"), Cell.of((long) started.neurons())),
            List.of(Cell.of("step size"), Cell.of(""), Cell.of(started.learningRate())),
            List.of(Cell.of("batch"), Cell.of("samples a step"), Cell.of((long) started.batch()))));
  }

  private Figure neurons() {
    double[] fired = perSample(WorkCounters::fired);
    double[] visited = perSample(WorkCounters::candidates);
    String title = "Neurons that fired and that were visited";
    String finding =
        "In the last epoch %.1f neurons fired on a sample, and %.1f were visited to find them."
            .formatted(fired[fired.length - 1], visited[visited.length - 1]);
    Map<String, double[]> lines = new LinkedHashMap<>();
    lines.put("fired", fired);
    lines.put("visited", visited);
    return figure(title, finding, "neurons per sample", lines);
  }

  /** How fast each epoch was, and its work to find the neurons that fire. At least one is done. */
  Section speed() {
    double[] seconds = epochs.stream().mapToDouble(EpochReport::seconds).toArray();
    double[] rate = epochs.stream().mapToDouble(e -> e.work().samples() / e.seconds()).toArray();
    double[] nodes = perSample(WorkCounters::nodesVisited);
    double[] fired = perSample(WorkCounters::fired);
    double[] visited = perSample(WorkCounters::candidates);
    double[] products = perSample(WorkCounters::innerProducts);
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < seconds.length; i++) {
      rows.add(
          List.of(
              Cell.of((long) numbers[i]),
              Cell.of(seconds[i]),
              Cell.of(Math.round(rate[i])),
              Cell.of(fired[i]),
              Cell.of(visited[i]),
              Cell.of(nodes[i]),
              Cell.of(products[i])));
    }
    Figure drawn =
        figure(
            "Samples per second",
            "The last epoch took %.3g s, without evaluation: %,d samples per second (higher is better)."
                .formatted(seconds[seconds.length - 1], Math.round(rate[rate.length - 1])),
            "samples per second, higher is better",
            Map.of("samples/s", rate));
    return new Section(
        "speed",
        "Speed",
        List.of(
            new Figure(
                drawn.title(),
                drawn.finding(),
                drawn.svg(),
                new Table(
                    "Time and work of each epoch; fired, visited, tree nodes and inner products are"
                        + " means over samples",
                    List.of(
                        "epoch",
                        "seconds",
                        "samples/s",
                        "fired",
                        "visited",
                        "tree nodes",
                        "inner products"),
                    rows))));
  }

  private double[] perSample(ToDoubleFunction<WorkCounters> count) {
    return epochs.stream()
        .mapToDouble(e -> count.applyAsDouble(e.work()) / Math.max(1, e.work().samples()))
        .toArray();
  }

  private static Section leftOut(String id, String title, String why) {
    return new Section(id, title, List.of(new Paragraph("Left out: " + why)));
  }
}
