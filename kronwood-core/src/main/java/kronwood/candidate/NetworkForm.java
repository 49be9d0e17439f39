package kronwood.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kronwood.fit.ModelOptions;
import kronwood.network.NetworkOptions;
import kronwood.train.TrainingOptions;

/**
 * How the network is trained, relative to the options it was given with.
 *
 * @param rate factor on the step size
 * @param decay share by which weight decay shrinks the change of the weights in an epoch, 0 for
 *     what the options say
 * @param shift factor on the shift b
 * @param momentum μ, NaN for what the options say
 */
public record NetworkForm(double rate, double decay, double shift, double momentum) {
  /** As it was given. */
  public static final NetworkForm GIVEN = new NetworkForm(1, 0, 1, Double.NaN);

  private static final List<Double> DECAYS = List.of(0.0, 0.02, 0.1, 0.4);
  private static final List<Double> SHIFTS = List.of(0.0, 0.5, 1.0, 1.5);
  private static final double SMALLEST_RATE = 1.0 / 16;

  /** The ways in which forms may differ. */
  public static List<CoordinateSearch.Coordinate<NetworkForm>> coordinates() {
    return List.of(
        (form, direction) ->
            // A larger step than the spectrum allows diverges.
            direction > 0 || form.rate / 2 < SMALLEST_RATE
                ? Optional.empty()
                : Optional.of(form.withRate(form.rate / 2)),
        (form, direction) ->
            neighbour(DECAYS, form.decay, direction)
                .map(decay -> new NetworkForm(form.rate, decay, form.shift, form.momentum)),
        (form, direction) ->
            neighbour(SHIFTS, form.shift, -direction)
                .map(shift -> new NetworkForm(form.rate, form.decay, shift, form.momentum)));
  }

  private static Optional<Double> neighbour(List<Double> scale, double at, int direction) {
    int next = scale.indexOf(at) + direction;
    return next < 0 || next >= scale.size() ? Optional.empty() : Optional.of(scale.get(next));
  }

  public NetworkForm withRate(double other) {
    return new NetworkForm(other, decay, shift, momentum);
  }

  public NetworkForm withMomentum(double other) {
    return new NetworkForm(rate, decay, shift, other);
  }

  public NetworkOptions apply(NetworkOptions given) {
    return new NetworkOptions(
        given.neurons(),
        shift * given.shift(),
        given.paired(),
        given.trainOutput(),
        given.skip(),
        given.ensemble(),
        given.seed());
  }

  /** The training options of this form before a step size is known. */
  public TrainingOptions begin(TrainingOptions given) {
    return Double.isNaN(momentum) ? given : given.withMomentum(momentum);
  }

  /**
   * The training options of this form.
   *
   * @param learningRate the step size that it is relative to
   * @param batches steps in an epoch
   */
  public TrainingOptions apply(TrainingOptions given, double learningRate, double batches) {
    TrainingOptions options = begin(given);
    if (rate != 1) {
      options = options.withLearningRate(rate * learningRate);
    }
    return decay == 0 ? options : options.withWeightDecay(decay / (rate * learningRate * batches));
  }

  /** For people: what differs from the options given. */
  public String describe(ModelOptions given) {
    List<String> differences = new ArrayList<>();
    if (rate != 1) {
      differences.add("step size × " + Numbers.text(rate));
    }
    if (!Double.isNaN(momentum)) {
      differences.add("momentum " + Numbers.text(momentum));
    }
    if (decay != 0) {
      differences.add("decay " + Numbers.text(decay) + " an epoch");
    }
    if (shift != 1) {
      differences.add("shift " + Numbers.text(shift * given.network().shift()));
    }
    return differences.isEmpty() ? "as given" : String.join(", ", differences);
  }
}
