package kronwood.loss;

import java.util.List;
import kronwood.fault.InputException;

/**
 * A loss of the network's outputs {@code f ∈ R^C} and an encoded target {@code y ∈ R^C} ({@link
 * EncodedTargets}).
 *
 * <p>Implementations have no state; arrays are read at an offset and hold C values from there.
 */
public sealed interface Loss permits SquaredLoss, HuberLoss, LogisticLoss, SoftmaxLoss {
  /** Names of all losses. */
  List<String> KEYS = List.of("squared", "huber", "logistic", "softmax");

  /** Name on the command line and in model files. */
  String key();

  /** What the outputs predict. */
  Task task();

  /**
   * Returns {@code ℓ(f, y)} and writes {@code ∂ℓ/∂f} to {@code gradient}.
   *
   * @param f outputs, length C
   * @param y encoded targets, C values from {@code offset} on
   * @param gradient length C
   */
  double evaluate(double[] f, double[] y, int offset, double[] gradient);

  /** Largest eigenvalue that {@code ∂²ℓ/∂f²} can have: bounds the step size. */
  double curvature();

  /**
   * Largest eigenvalue of {@code ∂²ℓ/∂f²} where training begins, at C outputs of 0. That of a mean
   * over samples stays in this region, however large that of a single one may become.
   */
  double initialCurvature(int outputs);

  /**
   * Turns outputs into predictions in place: real values stay as they are, others become
   * probabilities.
   *
   * @param f C outputs from {@code offset} on
   */
  void link(double[] f, int offset, int outputs);

  /**
   * The loss of that name with its default parameters.
   *
   * @throws InputException if there is none; the message lists them
   */
  static Loss of(String key) {
    return switch (key) {
      case "squared" -> new SquaredLoss();
      case "huber" -> new HuberLoss(HuberLoss.DEFAULT_DELTA);
      case "logistic" -> new LogisticLoss();
      case "softmax" -> new SoftmaxLoss();
      default ->
          throw new InputException(
              "unknown loss '" + key + "', expected one of " + String.join(", ", KEYS));
    };
  }
}
