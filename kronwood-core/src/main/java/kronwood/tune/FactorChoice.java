package kronwood.tune;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import kronwood.candidate.Score;
import kronwood.fit.ModelOptions;
import kronwood.linear.RidgeOptions;
import kronwood.loss.Task;
import kronwood.measure.SpreadCalibration;
import kronwood.trial.Blend;
import kronwood.trial.LinearTrial;
import kronwood.trial.Validation;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the factors of network and linear model in one setting. First λ, and the scales a and b
 * by which each part fits the held-out samples by itself; a part that is worse than the mean
 * prediction, by more than chance, gets 0. Then the share w of the network: see {@link
 * NetworkShare}.
 *
 * <p>The linear model costs little, so it is fitted on more divisions than the network; λ and b are
 * chosen on all of them, a and w where both were trained.
 */
final class FactorChoice {
  private final ModelOptions options;
  private final @Nullable HeldOutOutputs ofNetwork;
  private final @Nullable HeldOutOutputs ofLinear;

  /**
   * Makes ready.
   *
   * @param ofNetwork divisions on which the network was trained, null if they cannot tell
   * @param ofLinear all, on each of which the linear model was fitted; null if it was not, or if
   *     they cannot tell. One of the two is there
   */
  FactorChoice(
      ModelOptions options, @Nullable HeldOutOutputs ofNetwork, @Nullable HeldOutOutputs ofLinear) {
    this.options = options;
    this.ofNetwork = ofNetwork;
    this.ofLinear = ofLinear;
  }

  SettingFactors choose() {
    if (ofLinear == null) {
      return networkAlone(Objects.requireNonNull(ofNetwork));
    }
    int[] lambda = ofLinear.lambda();
    Blend linear = linear(ofLinear.validation(), ofLinear.linear(lambda));
    return ofNetwork == null
        ? linearAlone(ofLinear, lambda, linear)
        : both(ofNetwork, lambda, linear);
  }

  private SettingFactors networkAlone(HeldOutOutputs heldOut) {
    Blend network = network(heldOut.validation(), heldOut.network());
    double error = network.score().error();
    SettingReport.Line line =
        line(heldOut, network.network(), 0, List.of(), error, Double.NaN, error);
    return new SettingFactors(
        network.network(),
        0,
        network.offset(),
        spread(
            heldOut,
            scaled(heldOut.network(), network.network(), network.offset()),
            network.network()),
        line);
  }

  private SettingFactors linearAlone(HeldOutOutputs heldOut, int[] lambda, Blend linear) {
    double error = linear.score().error();
    SettingReport.Line line =
        line(heldOut, 0, linear.linear(), relative(lambda), Double.NaN, error, error);
    return new SettingFactors(
        0,
        linear.linear(),
        linear.offset(),
        spread(heldOut, scaled(heldOut.linear(lambda), linear.linear(), linear.offset()), 0),
        line);
  }

  private SettingFactors both(HeldOutOutputs heldOut, int[] lambda, Blend linear) {
    Validation validation = heldOut.validation();
    Blend network = network(validation, heldOut.network());
    double[] fNetwork = scaled(heldOut.network(), network.network(), network.offset());
    double[] fLinear = scaled(heldOut.linear(lambda), linear.linear(), linear.offset());
    double share = NetworkShare.of(validation, fNetwork, fLinear);
    double[] mixed = NetworkShare.mixed(fNetwork, fLinear, share);
    double error = validation.error(mixed);
    double networkFactor = share * network.network();
    double linearFactor = (1 - share) * linear.linear();
    return new SettingFactors(
        networkFactor,
        linearFactor,
        share * network.offset() + (1 - share) * linear.offset(),
        spread(heldOut, mixed, networkFactor),
        line(
            heldOut,
            networkFactor,
            linearFactor,
            relative(lambda),
            network.score().error(),
            validation.error(fLinear),
            error));
  }

  private List<SpreadCalibration> spread(HeldOutOutputs heldOut, double[] f, double network) {
    return options.network().ensemble().isSeveral()
        ? heldOut.spread(f, network, options.network().ensemble().members())
        : List.of();
  }

  private List<Double> relative(int[] lambda) {
    RidgeOptions ridge = LinearTrial.ridgeOptions(options.memory());
    return Arrays.stream(lambda).mapToObj(ridge::relative).toList();
  }

  private static SettingReport.Line line(
      HeldOutOutputs heldOut,
      double network,
      double linear,
      List<Double> lambda,
      double networkError,
      double linearError,
      double error) {
    Validation validation = heldOut.validation();
    double[] nothing = new double[validation.size() * validation.outputs()];
    return new SettingReport.Line(
        heldOut.setting().name(),
        validation.size(),
        network,
        linear,
        lambda,
        networkError,
        linearError,
        Blend.ofNetwork(validation, nothing).score().error(),
        error);
  }

  /** The network as it is, unless it is better scaled. */
  private static Blend network(Validation validation, double[] outputs) {
    Blend asItIs = new Blend(1, 0, 0, validation.score(outputs));
    return better(validation, Blend.ofNetwork(validation, outputs), asItIs);
  }

  /** Likewise; of classes its outputs are no logarithms of odds, and must be scaled. */
  private Blend linear(Validation validation, double[] outputs) {
    Blend scaled = Blend.ofLinear(validation, outputs);
    return options.loss().task() == Task.REGRESSION
        ? better(validation, scaled, new Blend(0, 1, 0, validation.score(outputs)))
        : scaled;
  }

  private static Blend better(Validation validation, Blend scaled, Blend asItIs) {
    Score score = new Score(scaled.score().losses(), validation.clusters(), new double[0]);
    return score.isBetterThan(asItIs.score()) ? scaled : asItIs;
  }

  private static double[] scaled(double[] f, double factor, double offset) {
    return Arrays.stream(f).map(value -> factor * value + offset).toArray();
  }
}
