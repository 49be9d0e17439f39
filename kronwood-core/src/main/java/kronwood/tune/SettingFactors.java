package kronwood.tune;

import java.util.List;
import kronwood.data.Dataset;
import kronwood.fit.ModelOptions;
import kronwood.loss.EncodedTargets;
import kronwood.measure.SpreadCalibration;
import org.jspecify.annotations.Nullable;

/**
 * How much network and linear model count in one setting: {@code f = w · a · f_network + (1 − w) ·
 * b · f_linear + offset}. See {@link FactorChoice} for how they are chosen.
 *
 * @param network a · w
 * @param linear b · (1 − w)
 * @param offset added
 * @param spread of an ensemble that predicts numbers, for each output, what the spread between
 *     members says about the error in this setting; else empty
 * @param line for people, with λ
 */
record SettingFactors(
    double network,
    double linear,
    double offset,
    List<SpreadCalibration> spread,
    SettingReport.Line line) {

  /**
   * What was found out on one division.
   *
   * @param targets of all samples, encoded as those that the division trains on have them
   * @param network outputs of the network for the held-out samples in the order of {@link
   *     SettingHoldout#all}, null where only the linear model was fitted
   * @param members what each member of an ensemble predicts for them, E · C numbers each in the
   *     units of the targets; null where {@code network} is
   * @param linear predictions of the linear model by output and λ, null where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // stays in this package
  record Trial(
      SettingHoldout division,
      EncodedTargets targets,
      double @Nullable [] network,
      double @Nullable [] members,
      double @Nullable [][][] linear) {}

  /**
   * Chooses, or returns null if the samples cannot tell. Where there are too few for the network,
   * but not for the linear model, that counts alone.
   *
   * @param modes the sets of new modes that are one setting: two if exchanging two entities changes
   *     nothing
   */
  static @Nullable SettingFactors of(
      Dataset data, ModelOptions options, List<Trial> trials, List<Integer> modes) {
    boolean hasLinear = trials.stream().allMatch(trial -> trial.linear != null);
    List<Trial> withNetwork = trials.stream().filter(trial -> trial.network != null).toList();
    HeldOutOutputs network = HeldOutOutputs.of(data, options, withNetwork, modes);
    HeldOutOutputs linear = hasLinear ? HeldOutOutputs.of(data, options, trials, modes) : null;
    return network == null && linear == null
        ? null
        : new FactorChoice(options, network, linear).choose();
  }
}
