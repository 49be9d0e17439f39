package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int[] NONE = {};

  @Test
  void allSamplesMayTrain() {
    Split split = Split.trainOnAll(3);
    assertArrayEquals(new int[] {0, 1, 2}, split.train());
    assertEquals(0, split.validation().length);
    assertEquals(0, split.test().length);
  }

  @Test
  void samplesMayBeLeftOut() {
    Split split = new Split(new int[] {7}, NONE, new int[] {3});
    assertArrayEquals(new int[] {7}, split.train());
    assertArrayEquals(new int[] {3}, split.test());
  }

  @Test
  void somethingMustTrain() {
    assertRefused(() -> new Split(NONE, new int[] {1}, new int[] {2}), "no training samples");
    assertRefused(() -> Split.trainOnAll(0), "no training samples");
  }

  @Test
  void noSampleIsInTwoPartsNorTwiceInOne() {
    assertRefused(() -> new Split(new int[] {0, 4}, NONE, new int[] {4}), "sample 4", "twice");
    assertRefused(() -> new Split(new int[] {0}, new int[] {0}, NONE), "sample 0", "twice");
    assertRefused(() -> new Split(new int[] {0}, new int[] {5}, new int[] {5}), "sample 5");
    assertRefused(() -> new Split(new int[] {2, 2}, NONE, NONE), "sample 2", "twice");
  }

  @Test
  void aNegativeSampleIsRefused() {
    assertRefused(() -> new Split(new int[] {0}, NONE, new int[] {-1}), "-1");
  }

  @Test
  void theCallersArraysAreNotShared() {
    int[] train = {0};
    int[] validation = {1};
    int[] test = {2};
    Split split = new Split(train, validation, test);
    train[0] = 2;
    validation[0] = 2;
    test[0] = 0;
    assertArrayEquals(new int[] {0}, split.train());
    assertArrayEquals(new int[] {1}, split.validation());
    assertArrayEquals(new int[] {2}, split.test());
  }
}
