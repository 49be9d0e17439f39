package kronwood.tune;

import kronwood.trial.NetworkTrial;

/**
 * The chosen settings of a final training.
 *
 * @param configuration form of the inputs and of the network's training
 * @param learningRate step size that the form of the training is relative to
 * @param batch samples per step that it was found with
 * @param report what was tried and chosen, with epochs, λ and factors
 */
record TunedSettings(
    Configuration configuration, double learningRate, int batch, TuningReport report) {
  static TunedSettings of(BlendedTrial chosen, TuningReport report) {
    NetworkTrial network = chosen.network();
    return new TunedSettings(
        chosen.configuration(), network.learningRate(), network.batch(), report);
  }

  /** Whether there is a linear part. */
  boolean hasLinear() {
    return !report.lambda().isEmpty() && report.linearFactor() > 0;
  }

  /** Whether there is a network. */
  boolean hasNetwork() {
    return report.networkFactor() > 0;
  }
}
