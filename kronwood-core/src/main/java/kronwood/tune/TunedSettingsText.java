package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.NetworkForm;
import kronwood.candidate.TableForm;
import kronwood.data.FeatureKernel;
import kronwood.fault.InputException;
import kronwood.loss.Goal;

/** Writes chosen settings as texts by name, and reads them back without loss. */
final class TunedSettingsText {
  private static final String COMPONENTS = "components of ";

  private final Map<String, String> texts;

  private TunedSettingsText(Map<String, String> texts) {
    this.texts = texts;
  }

  static Map<String, String> write(TunedSettings choice) {
    Map<String, String> texts = new LinkedHashMap<>();
    InputConfiguration inputs = choice.configuration().inputs();
    texts.put("constant", Double.toString(inputs.constant()));
    for (int t = 0; t < inputs.tables().size(); t++) {
      TableForm form = inputs.tables().get(t);
      texts.put("table " + t + " identity", Double.toString(form.identity()));
      texts.put("table " + t + " weights", numbers(form.weights()));
      texts.put(
          "table " + t + " kernels",
          form.kernels().stream().map(FeatureKernel::key).collect(Collectors.joining(" ")));
    }
    inputs
        .components()
        .forEach((table, kept) -> texts.put(COMPONENTS + table, Integer.toString(kept)));
    texts.put("tables", Integer.toString(inputs.tables().size()));
    NetworkForm form = choice.configuration().form();
    texts.put("rate", Double.toString(form.rate()));
    texts.put("decay", Double.toString(form.decay()));
    texts.put("shift", Double.toString(form.shift()));
    texts.put("momentum", Double.toString(form.momentum()));
    texts.put("learning rate", Double.toString(choice.learningRate()));
    texts.put("batch", Integer.toString(choice.batch()));
    writeReport(choice.report(), texts);
    return texts;
  }

  private static void writeReport(TuningReport report, Map<String, String> texts) {
    texts.put("setting", report.setting());
    texts.put("goal", report.goal());
    texts.put("divisions", Integer.toString(report.divisions()));
    texts.put("inputs", report.inputs());
    texts.put("network", report.network());
    texts.put("epochs", Integer.toString(report.epochs()));
    texts.put("lambda", numbers(report.lambda()));
    texts.put("network factor", Double.toString(report.networkFactor()));
    texts.put("linear factor", Double.toString(report.linearFactor()));
    texts.put("offset", Double.toString(report.offset()));
    texts.put("linear error", Double.toString(report.linearError()));
    texts.put("network error", Double.toString(report.networkError()));
    texts.put("error", Double.toString(report.error()));
    texts.put("seconds", Double.toString(report.seconds()));
    texts.put("trials", Integer.toString(report.trials().size()));
    for (int i = 0; i < report.trials().size(); i++) {
      TuningTrial trial = report.trials().get(i);
      String prefix = "trial " + i + " ";
      texts.put(prefix + "what", trial.what());
      texts.put(prefix + "choice", trial.choice());
      texts.put(prefix + "error", Double.toString(trial.error()));
      texts.put(prefix + "best", Boolean.toString(trial.best()));
      texts.put(prefix + "seconds", Double.toString(trial.seconds()));
    }
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InputException if it is anything else
   */
  static TunedSettings read(Map<String, String> texts) {
    TunedSettingsText from = new TunedSettingsText(texts);
    List<TableForm> tables = new ArrayList<>();
    int count = from.whole("tables");
    for (int t = 0; t < count; t++) {
      tables.add(
          new TableForm(
              from.real("table " + t + " identity"),
              from.reals("table " + t + " weights"),
              from.words("table " + t + " kernels").stream().map(FeatureKernel::of).toList()));
    }
    return new TunedSettings(
        new Configuration(
            new InputConfiguration(from.real("constant"), tables, from.components()),
            new NetworkForm(
                from.real("rate"), from.real("decay"), from.real("shift"), from.real("momentum"))),
        from.real("learning rate"),
        from.whole("batch"),
        from.report());
  }

  private TuningReport report() {
    List<TuningTrial> trials = new ArrayList<>();
    int count = whole("trials");
    for (int i = 0; i < count; i++) {
      String prefix = "trial " + i + " ";
      trials.add(
          new TuningTrial(
              text(prefix + "what"),
              text(prefix + "choice"),
              real(prefix + "error"),
              Boolean.parseBoolean(text(prefix + "best")),
              real(prefix + "seconds")));
    }
    return new TuningReport(
        text("setting"),
        texts.getOrDefault("goal", Goal.LOSS.key()),
        whole("divisions"),
        trials,
        text("inputs"),
        text("network"),
        whole("epochs"),
        reals("lambda"),
        real("network factor"),
        real("linear factor"),
        real("offset"),
        real("linear error"),
        real("network error"),
        real("error"),
        real("seconds"));
  }

  private Map<String, Integer> components() {
    Map<String, Integer> components = new LinkedHashMap<>();
    for (String name : texts.keySet()) {
      if (name.startsWith(COMPONENTS)) {
        components.put(name.substring(COMPONENTS.length()), whole(name));
      }
    }
    return components;
  }

  private String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new InputException("there is no '" + name + "'");
    }
    return text;
  }

  private int whole(String name) {
    return Integer.parseInt(text(name));
  }

  private double real(String name) {
    return Double.parseDouble(text(name));
  }

  private List<String> words(String name) {
    return Arrays.stream(text(name).split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private List<Double> reals(String name) {
    return words(name).stream().map(Double::valueOf).toList();
  }
}
