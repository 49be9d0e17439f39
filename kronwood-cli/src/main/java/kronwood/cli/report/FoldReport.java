package kronwood.cli.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Text;
import kronwood.data.Setting;
import kronwood.measure.Spread;
import kronwood.validate.FoldResult;
import kronwood.validate.FoldTask;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a cross-validation.
 *
 * @param settings the settings, in the order asked for
 * @param folds what each fold found, in the order of settings, repeats and folds
 * @param counts folds of a division, and how often it was repeated
 * @param seconds time for all folds that were run
 * @param warnings what was warned of
 */
public record FoldReport(
    List<Setting> settings,
    Map<FoldTask, FoldResult> folds,
    Counts counts,
    double seconds,
    List<String> warnings) {
  private static final int NAME_WIDTH = 10;
  private static final int VALUE_WIDTH = 21;

  /**
   * How many of what.
   *
   * @param folds folds of a division
   * @param repeats divisions
   * @param parallel folds that ran at the same time
   */
  public record Counts(int folds, int repeats, int parallel) {}

  /** Mean and deviation of each metric, by its key. */
  private Map<String, Spread> spreads(Setting setting) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    folds.forEach(
        (task, result) -> {
          if (task.setting().equals(setting)) {
            result
                .metrics()
                .forEach(
                    (key, value) -> values.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
          }
        });
    Map<String, Spread> spreads = new LinkedHashMap<>();
    values.forEach(
        (key, list) ->
            spreads.put(key, Spread.of(list.stream().mapToDouble(Double::doubleValue).toArray())));
    return spreads;
  }

  /** For machines. */
  public ObjectNode json() {
    ObjectNode root = JsonReport.object();
    ArrayNode all = root.putArray("settings");
    for (Setting setting : settings) {
      ObjectNode one = all.addObject().put("setting", setting.name());
      ObjectNode metrics = one.putObject("metrics");
      spreads(setting)
          .forEach(
              (key, spread) -> {
                ObjectNode metric = metrics.putObject(key);
                JsonReport.put(metric, "mean", spread.mean());
                JsonReport.put(metric, "deviation", spread.deviation());
                metric.put("count", spread.count()).put("undefined", spread.undefined());
              });
    }
    ArrayNode each = root.putArray("folds");
    folds.forEach((task, result) -> put(each.addObject(), task, result).put("kept", result.kept()));
    root.put("parallel", counts.parallel());
    root.put("seconds", seconds).put("peakBytes", Machine.peakBytes());
    root.set("warnings", JsonReport.texts(warnings));
    return root;
  }

  /** Writes what one fold found. */
  static ObjectNode put(ObjectNode root, FoldTask task, FoldResult result) {
    root.put("setting", task.setting().name());
    root.put("repeat", task.repeat() + 1).put("fold", task.fold() + 1);
    ObjectNode samples = root.putObject("samples").put("train", result.train());
    if (result.validation() > 0) {
      samples.put("validation", result.validation());
    }
    samples.put("test", result.test());
    root.set("metrics", JsonReport.metrics(result.metrics()));
    return root.put("epoch", result.epoch())
        .put("plan", result.plan())
        .put("seconds", result.seconds());
  }

  /** For people. */
  public void print(PrintStream to) {
    Map<Setting, Map<String, Spread>> spreads = new LinkedHashMap<>();
    Set<String> keys = new LinkedHashSet<>();
    for (Setting setting : settings) {
      Map<String, Spread> ofSetting = spreads(setting);
      spreads.put(setting, ofSetting);
      keys.addAll(ofSetting.keySet());
    }
    int width = keys.stream().mapToInt(String::length).reduce(NAME_WIDTH, Math::max);
    to.println(line("", width, settings.stream().map(Setting::name).toList()));
    for (String key : keys) {
      List<String> values = new ArrayList<>();
      for (Map<String, Spread> ofSetting : spreads.values()) {
        Spread spread = ofSetting.getOrDefault(key, new Spread(Double.NaN, Double.NaN, 0, 0));
        values.add(Text.number(spread.mean()) + " ± " + Text.number(spread.deviation()));
      }
      to.println(line(key, width, values));
    }
    to.println();
    int each = counts.folds() * counts.repeats();
    to.printf(
        Locale.ROOT,
        "mean ± standard deviation over %d test parts each (%d folds × %d)%n",
        each,
        counts.folds(),
        counts.repeats());
    spreads.forEach(
        (setting, metrics) ->
            metrics.forEach(
                (key, spread) -> {
                  if (spread.undefined() > 0) {
                    to.printf(
                        Locale.ROOT,
                        "%s of %s is undefined in %d of %d and left out there%n",
                        key,
                        setting.name(),
                        spread.undefined(),
                        each);
                  }
                }));
    long kept = folds.values().stream().filter(FoldResult::kept).count();
    to.printf(
        Locale.ROOT,
        "%d trainings in %s, %d at a time%s%n",
        folds.size() - kept,
        Text.seconds(seconds),
        counts.parallel(),
        kept == 0 ? "" : "; " + kept + " found finished");
  }

  private static String line(String name, int width, List<String> values) {
    StringBuilder line = new StringBuilder(name);
    line.repeat(' ', Math.max(0, width - name.length()));
    for (String value : values) {
      line.repeat(' ', Math.max(1, VALUE_WIDTH - value.length())).append(value);
    }
    return line.toString();
  }
}
