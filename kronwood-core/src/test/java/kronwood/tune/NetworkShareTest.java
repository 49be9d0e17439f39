package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.loss.SquaredLoss;
import kronwood.trial.Validation;
import org.junit.jupiter.api.Test;

class NetworkShareTest {
  private static Validation validation(double[] targets, int[]... clusters) {
    double[] weights = new double[targets.length];
    Arrays.fill(weights, 1.0 / targets.length);
    return new Validation(
        new SquaredLoss(), false, 1, targets, weights, new int[] {targets.length}, clusters);
  }

  private static int[] each(int samples) {
    return IntStream.range(0, samples).toArray();
  }

  private static double[] gaussian(Random random, int samples, double deviation) {
    return random.doubles(samples, -1, 1).map(x -> deviation * x).toArray();
  }

  @Test
  void manySamplesGiveTheBestShare() {
    Random random = new Random(1);
    int n = 20_000;
    double[] targets = new double[n];
    double[] network = gaussian(random, n, 1);
    double[] linear = gaussian(random, n, 2);
    // Independent errors: shares in the inverse ratio of variances, 1 to 4.
    assertEquals(0.8, NetworkShare.of(validation(targets, each(n)), network, linear), 1e-12);
  }

  @Test
  void aPartThatIsClearlyWorseGetsNothing() {
    Random random = new Random(2);
    double[] targets = gaussian(random, 500, 1);
    double[] bad = Arrays.stream(targets).map(y -> -y).toArray();
    assertEquals(1, NetworkShare.of(validation(targets, each(500)), targets, bad));
    assertEquals(0, NetworkShare.of(validation(targets, each(500)), bad, targets));
  }

  @Test
  void equalPartsShareEqually() {
    double[] targets = gaussian(new Random(3), 50, 1);
    double[] f = gaussian(new Random(4), 50, 1);
    assertEquals(0.5, NetworkShare.of(validation(targets, each(50)), f, f));
  }

  @Test
  void samplesOfFewEntitiesDecideLessThanSamplesOfMany() {
    // Of four entities one is far off for the linear model, the others a little for the network.
    int n = 400;
    int[] entity = IntStream.range(0, n).map(i -> i % 4).toArray();
    double[] targets = new double[n];
    double[] network = IntStream.range(0, n).mapToDouble(i -> i % 4 == 0 ? 0 : 0.5).toArray();
    double[] linear = IntStream.range(0, n).mapToDouble(i -> i % 4 == 0 ? 2 : 0).toArray();
    double ofSamples = NetworkShare.of(validation(targets, each(n)), network, linear);
    double ofEntities = NetworkShare.of(validation(targets, entity), network, linear);
    // The least error of all samples is at 4 / (4 + 3 · 0.25) = 0.84.
    assertEquals(0.85, ofSamples, 1e-12);
    // A bootstrap sample of entities lacks the first with probability (3/4)⁴ = 0.32: share 0 then.
    assertTrue(ofEntities < 0.7, () -> "share " + ofEntities);
    assertTrue(ofEntities > 0.3, () -> "share " + ofEntities);
  }

  @Test
  void bothKindsOfNewEntitiesAreDrawn() {
    int n = 400;
    int[] left = IntStream.range(0, n).map(i -> i % 4).toArray();
    int[] right = IntStream.range(0, n).map(i -> i / 4).toArray();
    double[] targets = new double[n];
    double[] network = IntStream.range(0, n).mapToDouble(i -> i % 4 == 0 ? 0 : 0.5).toArray();
    double[] linear = IntStream.range(0, n).mapToDouble(i -> i % 4 == 0 ? 2 : 0).toArray();
    double ofLeft = NetworkShare.of(validation(targets, left), network, linear);
    double ofBoth = NetworkShare.of(validation(targets, left, right), network, linear);
    // The right entities are alike, so drawing them changes little.
    assertEquals(ofLeft, ofBoth, 0.1);
  }

  @Test
  void theSameSamplesGiveTheSameShare() {
    double[] targets = gaussian(new Random(5), 60, 1);
    double[] network = gaussian(new Random(6), 60, 1);
    double[] linear = gaussian(new Random(7), 60, 1);
    double[] shares =
        IntStream.range(0, 3)
            .mapToDouble(i -> NetworkShare.of(validation(targets, each(60)), network, linear))
            .toArray();
    assertArrayEquals(new double[] {shares[0], shares[0], shares[0]}, shares);
  }
}
