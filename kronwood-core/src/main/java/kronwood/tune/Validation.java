package kronwood.tune;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.train.EncodedTargets;

/**
 * The validation samples of all divisions, one after another.
 *
 * @param outputs numbers per sample, C
 * @param targets encoded, a row of C per sample
 * @param weights relative to their sum
 * @param clusters number of each sample's cluster, see {@link Score}
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package
record Validation(int outputs, double[] targets, double[] weights, int[] clusters) {
  static Validation of(List<Division> divisions, Setting setting) {
    int outputs = divisions.getFirst().targets().outputs();
    int size = divisions.stream().mapToInt(division -> division.split().validation().length).sum();
    double[] targets = new double[Math.multiplyExact(size, outputs)];
    double[] weights = new double[size];
    int[] clusters = new int[size];
    Map<List<Integer>, Integer> numbers = new HashMap<>();
    int row = 0;
    for (Division division : divisions) {
      EncodedTargets encoded = division.targets();
      for (int sample : division.split().validation()) {
        System.arraycopy(encoded.values(), sample * outputs, targets, row * outputs, outputs);
        weights[row] = division.samples().weight(sample);
        List<Integer> cluster = cluster(division.samples(), sample, setting);
        clusters[row] = numbers.computeIfAbsent(cluster, _ -> numbers.size());
        row++;
      }
    }
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < size; i++) {
      weights[i] /= sum;
    }
    return new Validation(outputs, targets, weights, clusters);
  }

  /** Samples of one entity of the first new mode belong together; where none is new, none do. */
  private static List<Integer> cluster(Samples samples, int sample, Setting setting) {
    return setting.isRandom()
        ? List.of(sample)
        : List.of(samples.tuples().entity(sample, setting.newModes().getFirst()));
  }

  /** Number of samples. */
  int size() {
    return weights.length;
  }
}
