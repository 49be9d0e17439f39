package kronwood.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kronwood.candidate.Numbers;

/**
 * Factors of network and linear model in each setting, that is for each set of modes whose entities
 * are new, and the held-out samples they were fitted on.
 *
 * @param settings one for each set of new modes
 */
public record SettingReport(List<Line> settings) {
  /** The report of a model that is a network alone. */
  public static final SettingReport NONE = new SettingReport(List.of());

  /**
   * One setting.
   *
   * @param name A to D of pairs, else the new modes
   * @param samples number of held-out samples; 0 if there were too few, in which case the factors
   *     are those of the most similar setting
   * @param network factor on the network's outputs
   * @param linear factor on those of the linear model
   * @param lambda λ of the linear model for each output, relative to the mean squared norm of the
   *     inputs
   * @param networkError mean loss of the network alone, scaled to fit, on these samples; NaN if it
   *     was not trained without them
   * @param linearError of the linear model alone, NaN if there is none
   * @param meanError of the constant prediction
   * @param error of both together
   */
  public record Line(
      String name,
      int samples,
      double network,
      double linear,
      List<Double> lambda,
      double networkError,
      double linearError,
      double meanError,
      double error) {
    /** The same in another setting, which is judged on the same samples. */
    Line judged(String other) {
      return inSetting(other, samples);
    }

    /** The same weights in another setting, which the samples could not judge. */
    Line unjudged(String other) {
      return inSetting(other, 0);
    }

    private Line inSetting(String other, int judging) {
      return new Line(
          other, judging, network, linear, lambda, networkError, linearError, meanError, error);
    }

    /** For people. */
    public String text() {
      String parts =
          String.format(Locale.ROOT, "%.2f · network", network)
              + (linear == 0
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      " + %.2f · linear (λ %s)",
                      linear,
                      String.join(", ", lambda.stream().map(Numbers::text).toList())));
      return samples == 0
          ? parts + ", as in the setting most like it"
          : parts
              + String.format(
                  Locale.ROOT,
                  "; loss %s (network %s, linear %s, mean %s) on %,d held-out samples",
                  Numbers.text(error),
                  Double.isNaN(networkError) ? "-" : Numbers.text(networkError),
                  Double.isNaN(linearError) ? "-" : Numbers.text(linearError),
                  Numbers.text(meanError),
                  samples);
    }
  }

  /** Copies the list. */
  public SettingReport {
    settings = List.copyOf(settings);
  }

  /** For people, a line for each setting that could be judged. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Line line : settings) {
      if (line.samples() > 0) {
        lines.add("setting " + line.name() + ": " + line.text());
      } else {
        others.add(line.name());
      }
    }
    if (!others.isEmpty()) {
      lines.add(
          "too few held-out samples to tell: %s; weighed as the setting most like it"
              .formatted(String.join(", ", others)));
    }
    return lines;
  }

  /**
   * The report of a model that predicts known and new entities by two models.
   *
   * @param others report of the model for new entities; empty if it is a network alone
   */
  SettingReport withOthers(SettingReport others) {
    List<Line> both = new ArrayList<>();
    if (!settings.isEmpty()) {
      both.add(settings.getFirst());
    }
    if (!others.settings.isEmpty()) {
      both.addAll(others.settings.subList(1, others.settings.size()));
    }
    return new SettingReport(both);
  }

  /** By name, for provenance. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    settings.forEach(line -> facts.put("setting " + line.name(), line.text()));
    return facts;
  }
}
