package kronwood.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.data.Samples;
import kronwood.input.StructuredInputs;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RandomHoldout;
import kronwood.linear.RidgeFit;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgeProblem;
import kronwood.loss.Task;
import kronwood.math.Parallel;
import kronwood.network.NetworkOptions;

/**
 * Initial weights of the linear skip. For real targets each member starts from the linear Kronecker
 * model of its own training samples, so the neurons only have to learn the residual. That model is
 * fitted by conjugate gradients; its regulariser is chosen on held-out training samples. For
 * classes the skip starts from zero.
 *
 * @param coefficients for each output of each member {@code α / s} for each input, or none
 * @param description for people and provenance, empty without a linear skip
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, in this package
record LinearStart(double[][] coefficients, String description) {
  private static final double HELD_OUT = 0.1;

  static LinearStart of(
      TrainingProblem problem,
      NetworkOptions network,
      MemberLosses losses,
      double memory,
      Parallel parallel) {
    int outputs = losses.targets().outputs();
    double[][] start = new double[losses.targets().width()][0];
    if (!network.hasSkip()) {
      return new LinearStart(start, "");
    }
    if (problem.loss().task() != Task.REGRESSION) {
      return new LinearStart(start, "zero");
    }
    StringJoiner lambdas = new StringJoiner(", ");
    for (int e = 0; e < losses.members(); e++) {
      if (e > 0 && losses.hidden().hidden().length == 0) {
        // What is shown to the first member is shown to all.
        System.arraycopy(start, 0, start, e * outputs, outputs);
        continue;
      }
      // Samples of weight 0 say nothing, and must not be all that is held out.
      int member = e;
      int[] train =
          Arrays.stream(problem.split().train())
              .filter(i -> losses.weight(i, member) > 0)
              .toArray();
      if (train.length < 10) {
        return new LinearStart(new double[start.length][0], "zero");
      }
      RidgeFit fit = fit(problem, network, losses, e, train, memory, parallel);
      for (int c = 0; c < outputs; c++) {
        double[] from = new double[problem.samples().size()];
        double[] coefficients = fit.coefficients(c);
        for (int p = 0; p < coefficients.length; p++) {
          from[fit.samples()[p]] += coefficients[p] / network.skip();
        }
        start[e * outputs + c] = from;
      }
      Arrays.stream(fit.lambda())
          .forEach(lambda -> lambdas.add(String.format(Locale.ROOT, "%.3g", lambda)));
    }
    return new LinearStart(start, "ridge regression with λ = " + lambdas);
  }

  private static RidgeFit fit(
      TrainingProblem problem,
      NetworkOptions network,
      MemberLosses losses,
      int member,
      int[] train,
      double memory,
      Parallel parallel) {
    int outputs = losses.targets().outputs();
    int width = losses.targets().width();
    double[] all = losses.targets().values();
    double[] values = new double[problem.samples().size() * outputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[i / outputs * width + member * outputs + i % outputs];
    }
    RidgeProblem ridge =
        new RidgeProblem(problem.inputs(), outputs, values, weights(problem.samples()));
    RandomHoldout heldOut = heldOut(problem.inputs(), train, network.seed());
    return KroneckerRidge.fit(
        ridge,
        heldOut.train(),
        heldOut.validation(),
        RidgeOptions.DEFAULT.within(memory),
        parallel);
  }

  /** Where two entities can be exchanged, a pair and its reverse are held out together. */
  static RandomHoldout heldOut(StructuredInputs inputs, int[] train, long seed) {
    if (!inputs.structure().pairsOneTable()) {
      return RandomHoldout.of(train, HELD_OUT, seed);
    }
    Map<Set<List<Integer>>, List<Integer>> ofPair = new LinkedHashMap<>();
    for (int sample : train) {
      // Terms of a pair are those of its reverse; of two that are compared there is one for both.
      Set<List<Integer>> pair =
          IntStream.range(0, inputs.terms().count())
              .mapToObj(term -> entities(inputs, sample, term))
              .collect(Collectors.toSet());
      ofPair.computeIfAbsent(pair, _ -> new ArrayList<>()).add(sample);
    }
    if (ofPair.size() < 2) {
      return RandomHoldout.of(train, HELD_OUT, seed);
    }
    List<List<Integer>> pairs = List.copyOf(ofPair.values());
    RandomHoldout held =
        RandomHoldout.of(IntStream.range(0, pairs.size()).toArray(), HELD_OUT, seed);
    return new RandomHoldout(samples(pairs, held.train()), samples(pairs, held.validation()));
  }

  private static List<Integer> entities(StructuredInputs inputs, int sample, int term) {
    StructuredInputs products = inputs.terms().products();
    int product = inputs.terms().index(sample, term);
    return IntStream.range(0, products.modes())
        .mapToObj(mode -> products.entity(product, mode))
        .toList();
  }

  private static int[] samples(List<List<Integer>> pairs, int[] chosen) {
    return Arrays.stream(chosen)
        .flatMap(pair -> pairs.get(pair).stream().mapToInt(Integer::intValue))
        .toArray();
  }

  private static double[] weights(Samples samples) {
    double[] weights = new double[samples.size()];
    Arrays.setAll(weights, samples::weight);
    return weights;
  }
}
