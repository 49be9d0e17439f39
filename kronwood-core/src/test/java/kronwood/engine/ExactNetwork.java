package kronwood.engine;

import kronwood.input.StructuredInputs;
import kronwood.network.InitialWeights;
import org.jspecify.annotations.Nullable;

/**
 * Pre-activations of all units on all inputs, moved by the update rule as it is written down, in
 * double precision: {@code V ← μ V + Σ_j c_j x_j} and {@code W ← W(0) + k (W − W(0)) + V}, each
 * seen through its inner products with the inputs. Shares nothing with the engines but the initial
 * weights.
 */
final class ExactNetwork {
  final int units;
  private final double momentum;
  private final double[][] inner;
  private final double[][] z;
  private final double[][] initial;
  private final double[] @Nullable [] velocity;
  private final double[] moved;

  ExactNetwork(StructuredInputs inputs, InitialWeights weights, double momentum) {
    int samples = inputs.size();
    this.units = weights.units();
    this.momentum = momentum;
    this.inner = new double[samples][samples];
    this.initial = new double[samples][units];
    this.moved = new double[units];
    double[][] x = new double[samples][(int) inputs.dimension()];
    for (int i = 0; i < samples; i++) {
      inputs.materialise(i, x[i]);
    }
    for (int i = 0; i < samples; i++) {
      for (int j = 0; j <= i; j++) {
        inner[i][j] = dot(x[i], x[j]);
        inner[j][i] = inner[i][j];
      }
    }
    double[] tensor = new double[x[0].length];
    for (int r = 0; r < units; r++) {
      if (r < weights.options().neurons()) {
        weights.weights(r, tensor);
        for (int i = 0; i < samples; i++) {
          initial[i][r] = dot(tensor, x[i]);
        }
      } else if (weights.linearStart(r).length > 0) {
        for (int i = 0; i < samples; i++) {
          initial[i][r] = dot(weights.linearStart(r), inner[i]);
        }
      }
    }
    this.z = new double[samples][];
    this.velocity = new double[samples][];
    for (int i = 0; i < samples; i++) {
      z[i] = initial[i].clone();
      velocity[i] = momentum > 0 ? new double[units] : null;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      sum += a[p] * b[p];
    }
    return sum;
  }

  double norm(int sample) {
    return Math.sqrt(inner[sample][sample]);
  }

  /** Pre-activations of all units on a sample, not to be changed. */
  double[] z(int sample) {
    return z[sample];
  }

  /** A step with share k. */
  void step(BatchCoefficients batch, double keep) {
    for (int i = 0; i < z.length; i++) {
      double[] v = velocity[i];
      if (v == null) {
        if (keep != 1) {
          keep(z[i], initial[i], keep);
        }
        addBatch(batch, i, z[i]);
        continue;
      }
      for (int r = 0; r < units; r++) {
        v[r] *= momentum;
      }
      addBatch(batch, i, v);
      keep(z[i], initial[i], keep);
      for (int r = 0; r < units; r++) {
        z[i][r] += v[r];
      }
    }
  }

  private static void keep(double[] z, double[] start, double keep) {
    for (int r = 0; r < z.length; r++) {
      z[r] = start[r] + keep * (z[r] - start[r]);
    }
  }

  private void addBatch(BatchCoefficients batch, int i, double[] out) {
    for (int j = 0; j < batch.samples(); j++) {
      double along = inner[i][batch.sample(j)];
      for (int e = batch.start(j); e < batch.end(j); e++) {
        out[batch.neuron(e)] += along * batch.coefficient(e);
      }
    }
  }

  /** Adds up {@code |c| ‖x‖} of each unit over all steps. */
  double[] moved(BatchCoefficients batch) {
    for (int j = 0; j < batch.samples(); j++) {
      for (int e = batch.start(j); e < batch.end(j); e++) {
        moved[batch.neuron(e)] += Math.abs(batch.coefficient(e)) * norm(batch.sample(j));
      }
    }
    return moved;
  }
}
