package kronwood.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class ReversedTuplesTest {
  private static Dataset data(boolean shared, int... entities) {
    Random random = new Random(1);
    EntityTable items = Problems.table("item", Problems.denseFeatures(random, 9, 2));
    EntityTable others = Problems.table("other", Problems.denseFeatures(random, 9, 2));
    int size = entities.length / 2;
    return Dataset.of(
        List.of(new Mode("a", items), new Mode("b", shared ? items : others)),
        Samples.of(EntityTuples.of(2, entities), Problems.realTargets(random, size, 1)));
  }

  @Test
  void countsTestSamplesThatAreTrainingSamplesInEitherOrder() {
    int[] entities = {1, 2, 3, 4, 5, 5, 2, 1, 3, 4, 4, 6, 5, 5, 1, 3};
    int[] training = {0, 1, 2};
    int[] tests = {3, 4, 5, 6, 7};
    // (2, 1), (3, 4) and (5, 5).
    assertEquals(3, ReversedTuples.among(data(true, entities), training, tests));
    // Of different tables (2, 1) is another pair than (1, 2).
    assertEquals(2, ReversedTuples.among(data(false, entities), training, tests));
    assertEquals(0, ReversedTuples.among(data(true, entities), training, new int[0]));
  }
}
