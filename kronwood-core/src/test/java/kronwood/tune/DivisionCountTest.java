package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.data.ClassTargets;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.data.Split;
import org.junit.jupiter.api.Test;

class DivisionCountTest {
  /**
   * Ten parts of ten samples each; sample i is of left entity i / 5, positive if i is a multiple of
   * 5.
   */
  private static final List<Split> SPLITS = splits();

  private static List<Split> splits() {
    List<Split> splits = new ArrayList<>();
    for (int part = 0; part < 10; part++) {
      int from = 10 * part;
      splits.add(
          new Split(
              IntStream.range(0, 100).filter(i -> i < from || i >= from + 10).toArray(),
              IntStream.range(from, from + 10).toArray(),
              new int[0]));
    }
    return splits;
  }

  private static Samples samples(boolean classes) {
    int[] entities = new int[200];
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      entities[2 * i] = i / 5;
      entities[2 * i + 1] = i % 5;
      labels[i] = i % 5 == 0 ? 1 : 0;
    }
    return Samples.of(
        EntityTuples.of(2, entities),
        classes
            ? ClassTargets.of("active", List.of("no", "yes"), labels)
            : RealTargets.of(List.of("y"), new float[100]));
  }

  private static int count(DivisionCount evidence, boolean classes, Setting setting) {
    return evidence.count(SPLITS, samples(classes), setting);
  }

  @Test
  void soManyPartsAsHoldEnoughOfTheRarestClass() {
    // Two positives a part.
    assertEquals(4, count(new DivisionCount(7, 1, 1, 1, 10), true, Setting.A));
    assertEquals(10, count(new DivisionCount(99, 1, 1, 1, 10), true, Setting.A));
    assertEquals(6, count(new DivisionCount(99, 1, 1, 1, 6), true, Setting.A));
  }

  @Test
  void ofNumbersEverySampleCounts() {
    assertEquals(3, count(new DivisionCount(99, 25, 1, 1, 10), false, Setting.A));
  }

  @Test
  void newEntitiesCountAsOneWithAllTheirSamples() {
    // Two left entities a part, and ten samples.
    assertEquals(5, count(new DivisionCount(1, 1, 9, 1, 10), false, Setting.B));
    assertEquals(1, count(new DivisionCount(1, 1, 9, 1, 10), false, Setting.A));
    assertEquals(1, count(new DivisionCount(1, 1, 5, 1, 10), false, Setting.C));
  }

  @Test
  void thereAreNoFewerThanTheLeastUnlessAPartHoldsPlenty() {
    assertEquals(3, count(new DivisionCount(1, 15, 1, 3, 10), false, Setting.A));
    assertEquals(1, count(new DivisionCount(1, 2, 2, 3, 10), false, Setting.A));
  }

  @Test
  void ofMoreClassesTheRarestThatOccursCounts() {
    int[] labels = new int[100];
    Arrays.setAll(labels, i -> i % 10 == 0 ? 2 : i % 2);
    Samples samples =
        Samples.of(
            samples(true).tuples(), ClassTargets.of("kind", List.of("a", "b", "c", "d"), labels));
    // One of class c a part, none of class d.
    assertEquals(4, new DivisionCount(4, 1, 1, 1, 10).count(SPLITS, samples, Setting.A));
  }
}
