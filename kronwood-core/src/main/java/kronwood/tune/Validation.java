package kronwood.tune;

import java.util.Arrays;
import java.util.List;
import kronwood.train.EncodedTargets;

/**
 * The validation samples of all divisions, one after another.
 *
 * @param outputs numbers per sample, C
 * @param targets encoded, a row of C per sample
 * @param weights relative to their sum
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package
record Validation(int outputs, double[] targets, double[] weights) {
  static Validation of(List<Division> divisions) {
    int outputs = divisions.getFirst().targets().outputs();
    int size = divisions.stream().mapToInt(division -> division.split().validation().length).sum();
    double[] targets = new double[Math.multiplyExact(size, outputs)];
    double[] weights = new double[size];
    int row = 0;
    for (Division division : divisions) {
      EncodedTargets encoded = division.targets();
      for (int sample : division.split().validation()) {
        System.arraycopy(encoded.values(), sample * outputs, targets, row * outputs, outputs);
        weights[row++] = division.samples().weight(sample);
      }
    }
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < size; i++) {
      weights[i] /= sum;
    }
    return new Validation(outputs, targets, weights);
  }

  /** Number of samples. */
  int size() {
    return weights.length;
  }
}
