package kronwood.train;

import java.util.Arrays;
import java.util.function.IntPredicate;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.input.StructuredInputs;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;

/**
 * The network, its loss and its gradient step by their formulas, on materialised inputs: nothing is
 * taken over from the code under test but the initial weights and signs.
 */
final class NaiveNetwork {
  final double[][] x;
  final double[][] y;
  final double[] weight;
  final double[][] start;
  final double[][] w;
  final double[][] startOutput;
  final double[][] a;
  private final Loss loss;
  private final double shift;
  private final boolean odd;
  private final boolean trainOutput;
  private final double skip;
  final double[][] linearStart;
  final double[][] linear;
  private final double[][] velocity;
  private final double[][] outputVelocity;
  private final double[][] linearVelocity;

  /** Linear units, if there are any, start from zero. */
  NaiveNetwork(TrainingProblem problem, NetworkOptions network) {
    this(problem, network, new double[0][]);
  }

  /**
   * @param linearWeights for each output the weights that its linear unit starts from, or none
   */
  NaiveNetwork(TrainingProblem problem, NetworkOptions network, double[][] linearWeights) {
    this(problem, network, linearWeights, 0, i -> false);
  }

  /**
   * A member of an ensemble as a network by itself, for which hidden samples have weight 0.
   *
   * @param linearWeights for each output the weights that its linear unit starts from, or none
   */
  NaiveNetwork(
      TrainingProblem problem,
      NetworkOptions network,
      double[][] linearWeights,
      int member,
      IntPredicate hidden) {
    this.loss = problem.loss();
    this.shift = network.shift();
    this.odd = problem.inputs().structure().isOdd();
    this.trainOutput = network.trainOutput();
    this.x = materialise(problem.inputs());
    this.y = encode(problem, hidden);
    this.weight = weights(problem, hidden);
    int[] neurons = neurons(network, member);
    int outputs = y[0].length;
    InitialWeights initial = new InitialWeights(network, outputs);
    this.start = new double[neurons.length][x[0].length];
    this.startOutput = new double[neurons.length][outputs];
    for (int r = 0; r < neurons.length; r++) {
      initial.weights(neurons[r], start[r]);
      for (int c = 0; c < outputs; c++) {
        startOutput[r][c] = initial.sign(c, neurons[r]);
      }
    }
    this.w = copy(start);
    this.a = copy(startOutput);
    this.skip = network.skip();
    this.linearStart = linearWeights.length > 0 ? linearWeights : new double[outputs][x[0].length];
    this.linear = copy(linearStart);
    this.velocity = new double[neurons.length][x[0].length];
    this.outputVelocity = new double[neurons.length][outputs];
    this.linearVelocity = new double[outputs][x[0].length];
  }

  /** Neurons of a member: its share of the first half, and their partners. */
  static int[] neurons(NetworkOptions network, int member) {
    int[] neurons = new int[network.neurons() / network.ensemble().members()];
    int parts = network.paired() ? 2 : 1;
    int share = neurons.length / parts;
    for (int i = 0; i < neurons.length; i++) {
      neurons[i] = i / share * (network.neurons() / parts) + member * share + i % share;
    }
    return neurons;
  }

  private static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      copy[r] = rows[r].clone();
    }
    return copy;
  }

  private static double[][] materialise(StructuredInputs inputs) {
    double[][] x = new double[inputs.size()][(int) inputs.dimension()];
    for (int i = 0; i < x.length; i++) {
      inputs.materialise(i, x[i]);
    }
    return x;
  }

  private static double[][] encode(TrainingProblem problem, IntPredicate hidden) {
    int n = problem.samples().size();
    return switch (problem.samples().targets()) {
      case RealTargets real ->
          standardise(
              real,
              Arrays.stream(problem.split().train()).filter(hidden.negate()).toArray(),
              n,
              !problem.inputs().structure().isOdd());
      case ClassTargets classes -> {
        boolean binary = problem.loss() instanceof LogisticLoss;
        double[][] y = new double[n][binary ? 1 : classes.classes().size()];
        for (int i = 0; i < n; i++) {
          if (binary) {
            y[i][0] = classes.label(i);
          } else {
            y[i][classes.label(i)] = 1;
          }
        }
        yield y;
      }
    };
  }

  private static double[][] standardise(RealTargets real, int[] train, int n, boolean centred) {
    double[][] y = new double[n][real.outputs()];
    for (int c = 0; c < real.outputs(); c++) {
      double sum = 0;
      for (int i : train) {
        sum += real.value(i, c);
      }
      double mean = centred ? sum / train.length : 0;
      double squares = 0;
      for (int i : train) {
        squares += (real.value(i, c) - mean) * (real.value(i, c) - mean);
      }
      double deviation = Math.sqrt(squares / train.length);
      for (int i = 0; i < n; i++) {
        y[i][c] = (real.value(i, c) - mean) / deviation;
      }
    }
    return y;
  }

  private static double[] weights(TrainingProblem problem, IntPredicate hidden) {
    double mean = 0;
    for (int i : problem.split().train()) {
      double weight = hidden.test(i) ? 0 : problem.samples().weight(i);
      mean += weight / problem.split().train().length;
    }
    double[] weights = new double[problem.samples().size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = hidden.test(i) ? 0 : problem.samples().weight(i) / mean;
    }
    return weights;
  }

  double z(int r, int i) {
    return dot(w[r], x[i]);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      sum += a[p] * b[p];
    }
    return sum;
  }

  /** Distance of the pre-activation nearest to the shift: 0 is a kink of the loss. */
  double distanceFromKink(int[] samples) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i : samples) {
      for (int r = 0; r < w.length; r++) {
        double z = odd ? Math.abs(z(r, i)) : z(r, i);
        nearest = Math.min(nearest, Math.abs(z - shift));
      }
    }
    return nearest;
  }

  private double active(double z) {
    return Math.max(z - shift, 0) - (odd ? Math.max(-z - shift, 0) : 0);
  }

  double[] outputs(int i) {
    double[] f = new double[a[0].length];
    for (int c = 0; c < f.length; c++) {
      f[c] = skip * dot(linear[c], x[i]);
    }
    for (int r = 0; r < w.length; r++) {
      for (int c = 0; c < f.length; c++) {
        f[c] += a[r][c] * active(z(r, i)) / Math.sqrt(w.length);
      }
    }
    return f;
  }

  double loss(int i) {
    double[] f = outputs(i);
    double sum = 0;
    double normaliser = 0;
    for (int c = 0; c < f.length; c++) {
      double e = f[c] - y[i][c];
      normaliser += Math.exp(f[c]);
      sum +=
          switch (loss) {
            case SquaredLoss squared -> e * e / 2;
            case HuberLoss huber ->
                Math.abs(e) <= huber.delta()
                    ? e * e / 2
                    : huber.delta() * Math.abs(e) - huber.delta() * huber.delta() / 2;
            case LogisticLoss logistic -> Math.log(1 + Math.exp(f[c])) - y[i][c] * f[c];
            case SoftmaxLoss softmax -> -y[i][c] * f[c];
          };
    }
    return loss instanceof SoftmaxLoss ? Math.log(normaliser) + sum : sum;
  }

  /** Weighted mean of the loss over some samples. */
  double meanLoss(int[] samples) {
    double sum = 0;
    for (int i : samples) {
      sum += weight[i] * loss(i) / samples.length;
    }
    return sum;
  }

  private double[] lossGradient(int i) {
    double[] f = outputs(i);
    double normaliser = 0;
    for (double output : f) {
      normaliser += Math.exp(output);
    }
    double[] gradient = new double[f.length];
    for (int c = 0; c < f.length; c++) {
      double e = f[c] - y[i][c];
      gradient[c] =
          switch (loss) {
            case SquaredLoss squared -> e;
            case HuberLoss huber -> Math.clamp(e, -huber.delta(), huber.delta());
            case LogisticLoss logistic -> 1 / (1 + Math.exp(-f[c])) - y[i][c];
            case SoftmaxLoss softmax -> Math.exp(f[c]) / normaliser - y[i][c];
          };
    }
    return gradient;
  }

  /** One step of gradient descent on a batch, weights and output layer at the same time. */
  void step(int[] batch, double learningRate, double weightDecay) {
    step(batch, learningRate, weightDecay, 0);
  }

  /** The same with momentum μ. */
  void step(int[] batch, double learningRate, double weightDecay, double momentum) {
    double[][] linearGradient = new double[linear.length][x[0].length];
    double[][] weightGradient = new double[w.length][w[0].length];
    double[][] outputGradient = new double[a.length][a[0].length];
    for (int i : batch) {
      double[] gradient = lossGradient(i);
      for (int c = 0; c < gradient.length; c++) {
        for (int p = 0; p < x[i].length; p++) {
          linearGradient[c][p] += skip * weight[i] / batch.length * gradient[c] * x[i][p];
        }
      }
      double share = weight[i] / batch.length / Math.sqrt(w.length);
      for (int r = 0; r < w.length; r++) {
        double z = z(r, i);
        if (active(z) != 0) {
          for (int c = 0; c < gradient.length; c++) {
            outputGradient[r][c] += share * gradient[c] * active(z);
            for (int p = 0; p < x[i].length; p++) {
              weightGradient[r][p] += share * gradient[c] * a[r][c] * x[i][p];
            }
          }
        }
      }
    }
    double keep = Math.max(0, 1 - learningRate * weightDecay);
    move(w, start, keep, learningRate, weightGradient, momentum, velocity);
    move(linear, linearStart, keep, learningRate, linearGradient, momentum, linearVelocity);
    if (trainOutput) {
      move(a, startOutput, keep, learningRate, outputGradient, momentum, outputVelocity);
    }
  }

  private static void move(
      double[][] w,
      double[][] start,
      double keep,
      double learningRate,
      double[][] gradient,
      double momentum,
      double[][] velocity) {
    for (int r = 0; r < w.length; r++) {
      for (int p = 0; p < w[r].length; p++) {
        velocity[r][p] = momentum * velocity[r][p] - learningRate * gradient[r][p];
        w[r][p] = start[r][p] + keep * (w[r][p] - start[r][p]) + velocity[r][p];
      }
    }
  }
}
