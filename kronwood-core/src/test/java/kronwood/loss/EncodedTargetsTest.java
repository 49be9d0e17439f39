package kronwood.loss;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class EncodedTargetsTest {
  private static final ClassTargets LABELS =
      ClassTargets.of("digit", List.of("a", "b", "c"), new int[] {2, 0, 1});
  private static final ClassTargets TWO =
      ClassTargets.of("bound", List.of("no", "yes"), new int[] {1, 0, 1});

  @Test
  void realTargetsAreStandardisedByTheTrainingSamples() {
    // The training samples are 2 and 6: mean 4, standard deviation 2.
    RealTargets targets = RealTargets.of(List.of("y"), new float[] {2, 10, 6, 4});
    EncodedTargets encoded = EncodedTargets.of(targets, new SquaredLoss(), new int[] {0, 2});
    assertArrayEquals(new double[] {-1, 3, 1, 0}, encoded.values());
    assertEquals(4, encoded.offset(0));
    assertEquals(2, encoded.scale(0));
    assertEquals(1, encoded.outputs());
    assertEquals(List.of("y"), encoded.names());
    assertEquals(List.of(), encoded.classes());
  }

  @Test
  void eachOutputHasItsOwnScale() {
    RealTargets targets = RealTargets.of(List.of("y", "t"), new float[] {2, 0, 6, 0.5f});
    EncodedTargets encoded = EncodedTargets.of(targets, new HuberLoss(1), new int[] {0, 1});
    assertArrayEquals(new double[] {-1, -1, 1, 1}, encoded.values());
    assertEquals(0.25, encoded.offset(1));
    assertEquals(0.25, encoded.scale(1));
  }

  @Test
  void aConstantTargetKeepsItsScale() {
    for (float value : new float[] {0, 0.1f, -7e5f, 1 / 3f}) {
      float[] values = new float[30];
      Arrays.fill(values, value);
      EncodedTargets encoded =
          EncodedTargets.of(
              RealTargets.of(List.of("y"), values), new SquaredLoss(), Problems.range(0, 29));
      assertEquals(1, encoded.scale(0), "target " + value);
      assertEquals(0, encoded.values()[29], 1e-9, "target " + value);
    }
  }

  @Test
  void decodingGivesTheTargetsBack() {
    RealTargets targets = Problems.realTargets(new Random(1), 20, 3);
    EncodedTargets encoded = EncodedTargets.of(targets, new SquaredLoss(), Problems.range(3, 11));
    for (int i = 0; i < 20; i++) {
      for (int c = 0; c < 3; c++) {
        double decoded = encoded.offset(c) + encoded.scale(c) * encoded.values()[3 * i + c];
        assertEquals(targets.value(i, c), decoded, 1e-12);
      }
    }
  }

  @Test
  void twoClassesBecomeZeroAndOne() {
    EncodedTargets encoded = EncodedTargets.of(TWO, new LogisticLoss(), new int[] {0});
    assertArrayEquals(new double[] {1, 0, 1}, encoded.values());
    assertEquals(1, encoded.outputs());
    assertEquals(0, encoded.offset(0));
    assertEquals(1, encoded.scale(0));
    assertEquals(List.of("no", "yes"), encoded.classes());
    assertEquals(List.of("bound"), encoded.names());
  }

  @Test
  void classesUnderSoftmaxBecomeOneHot() {
    EncodedTargets encoded = EncodedTargets.of(LABELS, new SoftmaxLoss(), new int[] {0});
    assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, encoded.values());
    assertEquals(3, encoded.outputs());
    assertEquals(0, encoded.offset(2));
    assertEquals(1, encoded.scale(2));
    assertEquals(2, EncodedTargets.of(TWO, new SoftmaxLoss(), new int[] {0}).outputs());
  }

  @Test
  void aLossThatCannotLearnTheTargetsSaysWhichCan() {
    RealTargets real = RealTargets.of(List.of("y"), new float[3]);
    int[] training = {0};
    assertRefused(
        () -> EncodedTargets.of(real, new LogisticLoss(), training),
        "logistic",
        "[y]",
        "squared and huber");
    assertRefused(() -> EncodedTargets.of(real, new SoftmaxLoss(), training), "softmax");
    assertRefused(
        () -> EncodedTargets.of(LABELS, new SquaredLoss(), training),
        "squared",
        "[digit]",
        "logistic and softmax");
    assertRefused(
        () -> EncodedTargets.of(LABELS, new LogisticLoss(), training), "two classes", "found 3");
  }
}
