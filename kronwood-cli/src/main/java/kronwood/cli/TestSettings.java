package kronwood.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.measure.MetricReport;
import kronwood.model.Model;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The test samples of a training by what is new about them: of pairs A nothing, B the left entity,
 * C the right one, D both. An entity is new if it occurs in no training sample, in whichever mode.
 *
 * @param parts by setting, how many test samples it has and how good predictions for them are
 */
record TestSettings(Map<String, Part> parts) {
  /**
   * One of them.
   *
   * @param samples number of test samples
   * @param metrics of these
   */
  record Part(int samples, MetricReport metrics) {}

  /** Predicts the test samples once more. Cost: as of the evaluation of the test part. */
  static TestSettings of(Dataset data, Split split, Model model, int threads) {
    int[] tableOfMode = data.tableOfMode();
    boolean[][] seen = new boolean[data.tables().size()][];
    for (int table = 0; table < seen.length; table++) {
      seen[table] = new boolean[data.tables().get(table).size()];
    }
    for (int sample : split.train()) {
      for (int mode = 0; mode < tableOfMode.length; mode++) {
        seen[tableOfMode[mode]][data.samples().tuples().entity(sample, mode)] = true;
      }
    }
    int[] test = split.test();
    String[] settings = new String[test.length];
    for (int i = 0; i < test.length; i++) {
      settings[i] = setting(data, tableOfMode, seen, test[i]);
    }
    Predictor predictor = model.predictor(threads);
    Map<String, Part> parts = new TreeMap<>();
    for (String name : new TreeSet<>(List.of(settings))) {
      int[] samples =
          IntStream.range(0, test.length)
              .filter(i -> settings[i].equals(name))
              .map(i -> test[i])
              .toArray();
      double[] predictions = predictor.predict(data.samples().tuples().select(samples));
      parts.put(
          name, new Part(samples.length, PairEvaluation.of(data.samples(), samples, predictions)));
    }
    return new TestSettings(parts);
  }

  private static String setting(Dataset data, int[] tableOfMode, boolean[][] seen, int sample) {
    StringBuilder fresh = new StringBuilder();
    int code = 0;
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      if (!seen[tableOfMode[mode]][data.samples().tuples().entity(sample, mode)]) {
        code |= 1 << mode;
        fresh.append(fresh.isEmpty() ? "new " : "+").append(data.modes().get(mode).name());
      }
    }
    return tableOfMode.length == 2
        ? "ABCD".substring(code, code + 1)
        : code == 0 ? "none new" : fresh.toString();
  }

  /** For machines. */
  ArrayNode json() {
    ArrayNode all = JsonReport.array();
    parts.forEach(
        (name, part) -> {
          ObjectNode one = all.addObject().put("setting", name).put("samples", part.samples);
          one.set("metrics", JsonReport.metrics(part.metrics));
        });
    return all;
  }

  /** For people: a column per setting, nothing if there is but one. */
  List<String> lines() {
    if (parts.size() < 2) {
      return List.of();
    }
    MetricTable table = new MetricTable();
    parts.forEach((name, part) -> table.add("test " + name, part.samples, part.metrics));
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }
}
