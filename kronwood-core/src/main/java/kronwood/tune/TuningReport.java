package kronwood.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.candidate.Numbers;

/**
 * The trials and the chosen options.
 *
 * @param setting name of the setting that validation samples were held out in
 * @param goal key of the goal, {@code loss} or a metric; for a metric the errors here are its
 *     values
 * @param divisions number of divisions that choices were made on
 * @param trials in the order they were made
 * @param inputs how the chosen inputs differ from the given ones
 * @param network how the chosen training differs from the given one
 * @param epochs epochs that the network was trained for
 * @param lambda λ of the linear model for each output, relative to the mean squared norm of the
 *     inputs; empty if there is none
 * @param networkFactor factor on the network's outputs
 * @param linearFactor factor on the linear model's outputs
 * @param offset added to both; 0 except for two classes
 * @param linearError mean loss on the validation samples of the linear model alone, NaN if there is
 *     none
 * @param networkError of the network alone
 * @param error of both together
 * @param seconds time taken
 */
public record TuningReport(
    String setting,
    String goal,
    int divisions,
    List<TuningTrial> trials,
    String inputs,
    String network,
    int epochs,
    List<Double> lambda,
    double networkFactor,
    double linearFactor,
    double offset,
    double linearError,
    double networkError,
    double error,
    double seconds) {
  /** Copies the lists. */
  public TuningReport {
    trials = List.copyOf(trials);
    lambda = List.copyOf(lambda);
  }

  /** What was chosen, by name, for provenance. */
  Map<String, String> facts(TuningOptions options) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("tuned within", options.budget());
    facts.put(
        "tuned on",
        divisions
            + (divisions == 1 ? " division" : " divisions")
            + " of the training samples in setting "
            + setting);
    facts.put("tuned inputs", inputs);
    facts.put("tuned network", network);
    facts.put("tuned epochs", Integer.toString(epochs));
    if (!lambda.isEmpty()) {
      facts.put(
          "linear model",
          "ridge regression, λ / mean squared norm = "
              + String.join(", ", lambda.stream().map(Numbers::text).toList()));
    }
    facts.put(
        "outputs",
        Numbers.text(networkFactor)
            + " · network + "
            + Numbers.text(linearFactor)
            + " · linear"
            + (offset == 0 ? "" : (offset > 0 ? " + " : " − ") + Numbers.text(Math.abs(offset))));
    facts.put(
        "validation " + goal,
        "linear "
            + Numbers.text(linearError)
            + ", network "
            + Numbers.text(networkError)
            + ", both "
            + Numbers.text(error));
    for (int i = 0; i < trials.size(); i++) {
      TuningTrial trial = trials.get(i);
      facts.put(
          "trial " + (i + 1),
          trial.what()
              + ", "
              + trial.choice()
              + ": "
              + Numbers.text(trial.error())
              + (trial.best() ? ", best so far" : ""));
    }
    return facts;
  }
}
