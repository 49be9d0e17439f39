package kronwood.cli.report;

import java.util.List;
import java.util.Locale;
import kronwood.cli.terminal.Text;
import kronwood.train.TrainingEvent;
import kronwood.tune.TuningReport;
import kronwood.tune.TuningTrial;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was tried and chosen, for people and for machines. */
final class TuningLines {
  private TuningLines() {}

  /** {@code tune: linear, left identity 0.5: 0.1509, best so far (1.3 s)}. */
  static String line(TrainingEvent.TrialDone trial) {
    return String.format(
        Locale.ROOT,
        "tune: %s, %s: %s%s (%s)",
        trial.what(),
        trial.choice(),
        Text.number(trial.error()),
        trial.best() ? ", best so far" : "",
        Text.seconds(trial.seconds()));
  }

  static List<String> lines(TuningReport report) {
    return List.of(
        String.format(
            Locale.ROOT,
            "tuned in %s by %d trials on %d %s of setting %s; inputs: %s; network: %s, %d epochs",
            Text.seconds(report.seconds()),
            report.trials().size(),
            report.divisions(),
            report.divisions() == 1 ? "division" : "divisions",
            report.setting(),
            report.inputs(),
            report.network(),
            report.epochs()),
        String.format(
            Locale.ROOT,
            "%.2f × network + %.2f × linear model%s; validation %s %s, of the network alone %s,"
                + " of the linear model alone %s",
            report.networkFactor(),
            report.linearFactor(),
            report.offset() == 0 ? "" : String.format(Locale.ROOT, " %+.2f", report.offset()),
            report.goal(),
            Text.number(report.error()),
            Text.number(report.networkError()),
            Text.number(report.linearError())));
  }

  static ObjectNode json(TuningReport report) {
    ObjectNode root = JsonReport.object();
    root.put("setting", report.setting())
        .put("goal", report.goal())
        .put("divisions", report.divisions())
        .put("inputs", report.inputs())
        .put("network", report.network())
        .put("epochs", report.epochs())
        .put("networkFactor", report.networkFactor())
        .put("linearFactor", report.linearFactor())
        .put("offset", report.offset());
    ArrayNode lambda = root.putArray("lambda");
    report.lambda().forEach(lambda::add);
    JsonReport.put(root, "linearLoss", report.linearError());
    JsonReport.put(root, "networkLoss", report.networkError());
    JsonReport.put(root, "loss", report.error());
    root.put("seconds", report.seconds());
    ArrayNode trials = root.putArray("trials");
    for (TuningTrial trial : report.trials()) {
      ObjectNode node = trials.addObject();
      node.put("what", trial.what()).put("choice", trial.choice());
      JsonReport.put(node, "loss", trial.error());
      node.put("best", trial.best()).put("seconds", trial.seconds());
    }
    return root;
  }
}
