package kronwood.engine.weights;

import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.network.InitialWeights;

/**
 * {@code z⁰ = ⟨W_r(0), x_i⟩} of all samples and units. Memory: 4 or 8 bytes for each sample and
 * unit; partners share theirs.
 */
final class InitialProducts {
  private final int neurons;
  private final int distinct;
  private final RealArray[] ofSample;

  InitialProducts(
      InitialWeights initial,
      ExpandedWeights weights,
      int samples,
      Precision precision,
      Parallel parallel) {
    this.neurons = initial.neurons();
    this.distinct = initial.distinctNeurons();
    this.ofSample = new RealArray[samples];
    for (int i = 0; i < samples; i++) {
      ofSample[i] = precision.array(initial.distinctUnits());
    }
    weights.initialProducts(
        parallel,
        (r, z) -> {
          for (int i = 0; i < z.length; i++) {
            ofSample[i].set(r, z[i]);
          }
        });
  }

  /** {@code ⟨W_unit(0), x_sample⟩}. */
  double get(int sample, int unit) {
    if (unit >= neurons) {
      return ofSample[sample].get(unit - neurons + distinct);
    }
    // A partner is paired with one neuron only.
    return ofSample[sample].get(unit < distinct ? unit : unit - distinct);
  }

  /** Writes those of all units on a sample to {@code out} from {@code offset} on. */
  void copy(int sample, RealArray out, int offset) {
    int linear = ofSample[sample].length() - distinct;
    switch (ofSample[sample]) {
      case FloatArray(float[] z) -> {
        float[] target = ((FloatArray) out).values();
        for (int from = 0; from < neurons; from += distinct) {
          System.arraycopy(z, 0, target, offset + from, distinct);
        }
        System.arraycopy(z, distinct, target, offset + neurons, linear);
      }
      case DoubleArray(double[] z) -> {
        double[] target = ((DoubleArray) out).values();
        for (int from = 0; from < neurons; from += distinct) {
          System.arraycopy(z, 0, target, offset + from, distinct);
        }
        System.arraycopy(z, distinct, target, offset + neurons, linear);
      }
    }
  }

  /** Gives the memory back. */
  void release() {
    for (int i = 0; i < ofSample.length; i++) {
      ofSample[i] = ofSample[i].precision().array(0);
    }
  }
}
