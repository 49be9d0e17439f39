package kronwood.train;

import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

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
    this.neurons = initial.options().neurons();
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

  /** Gives the memory back. */
  void release() {
    for (int i = 0; i < ofSample.length; i++) {
      ofSample[i] = ofSample[i].precision().array(0);
    }
  }
}
