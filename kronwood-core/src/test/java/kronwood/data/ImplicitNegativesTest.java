package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kronwood.fault.InputException;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class ImplicitNegativesTest {
  private static final EntityTable LEFT =
      Problems.table("left", DenseFeatures.of(2, 1, new float[2]));
  private static final EntityTable RIGHT =
      Problems.table("right", DenseFeatures.of(3, 1, new float[3]));

  private static Dataset positives(EntityTable left, EntityTable right, int... entities) {
    int[] labels = new int[entities.length / 2];
    Arrays.fill(labels, 1);
    return Dataset.of(
        List.of(new Mode("u", left), new Mode("v", right)),
        Samples.of(EntityTuples.of(2, entities), ClassTargets.of("y", List.of("0", "1"), labels)));
  }

  private static int[] entities(Samples samples) {
    int[] entities = new int[2 * samples.size()];
    Arrays.setAll(entities, i -> samples.tuples().entity(i / 2, i % 2));
    return entities;
  }

  @Test
  void everyPairThatIsNotListedFollowsAsANegative() {
    Samples samples = ImplicitNegatives.complete(positives(LEFT, RIGHT, 1, 0, 0, 2), 1).samples();
    assertArrayEquals(new int[] {1, 0, 0, 2, 0, 0, 0, 1, 1, 1, 1, 2}, entities(samples));
    ClassTargets classes = (ClassTargets) samples.targets();
    int[] labels = new int[6];
    Arrays.setAll(labels, classes::label);
    assertArrayEquals(new int[] {1, 1, 0, 0, 0, 0}, labels);
    assertEquals(List.of("y"), classes.names());
  }

  @Test
  void ofATableSharedByBothModesAnUnorderedPairIsANegativeOnce() {
    EntityTable table = Problems.table("p", DenseFeatures.of(5, 1, new float[5]));
    Samples samples = ImplicitNegatives.complete(positives(table, table, 3, 1, 0, 0), 1).samples();
    // Ten pairs of different entities, less the one that is listed as (3, 1).
    assertEquals(2 + 9, samples.size());
    Set<Set<Integer>> seen = new HashSet<>();
    boolean descends = false;
    for (int i = 2; i < samples.size(); i++) {
      int u = samples.tuples().entity(i, 0);
      int v = samples.tuples().entity(i, 1);
      assertTrue(u != v && !Set.of(u, v).equals(Set.of(1, 3)));
      assertTrue(seen.add(Set.of(u, v)));
      descends |= u > v;
    }
    assertTrue(descends, "all pairs are in the order of the table");
  }

  @Test
  void thinningKeepsSoManyPerPositiveOfTheTrainingPartAndAllOthers() {
    EntityTable left = Problems.table("l", DenseFeatures.of(10, 1, new float[10]));
    EntityTable right = Problems.table("r", DenseFeatures.of(12, 1, new float[12]));
    Dataset data = ImplicitNegatives.complete(positives(left, right, 0, 0, 4, 5, 9, 11, 2, 2), 1);
    Split split = new Split(Problems.range(1, 80), Problems.range(80, 90), Problems.range(90, 120));
    Split thin = ImplicitNegatives.thin(data, 4, split, new Negatives(5), 7);
    assertEquals(3 + 15, thin.train().length);
    assertArrayEquals(new int[] {1, 2, 3}, Arrays.copyOf(thin.train(), 3));
    assertEquals(18, Arrays.stream(thin.train()).distinct().filter(i -> i < 80).count());
    assertArrayEquals(split.validation(), thin.validation());
    assertArrayEquals(split.test(), thin.test());
    assertArrayEquals(
        thin.train(), ImplicitNegatives.thin(data, 4, split, new Negatives(5), 7).train());
    int[] all = ImplicitNegatives.thin(data, 4, split, new Negatives(1000), 7).train();
    assertArrayEquals(split.train(), all);
  }

  /** Pairs of a part that are negatives, as left · 10 + right. */
  private static List<Integer> negatives(Dataset data, int[] part) {
    ClassTargets classes = (ClassTargets) data.samples().targets();
    return Arrays.stream(part)
        .filter(i -> classes.label(i) == 0)
        .mapToObj(
            i -> 10 * data.samples().tuples().entity(i, 0) + data.samples().tuples().entity(i, 1))
        .toList();
  }

  @Test
  void aPartKnowsOnlyItsOwnPositivesAndThoseOfPartsBefore() {
    Dataset data = ImplicitNegatives.complete(positives(LEFT, RIGHT, 1, 0, 0, 2, 1, 1), 1);
    assertEquals(2 * 3, data.samples().size());
    int[] none = {};
    ImplicitNegatives.Divided divided =
        ImplicitNegatives.ofParts(data, 3, new Split(new int[] {0}, new int[] {1}, new int[] {2}));
    Split split = divided.split();
    assertEquals(List.of(0, 1, 2, 11, 12), negatives(divided.data(), split.train()));
    assertEquals(List.of(0, 1, 11, 12), negatives(divided.data(), split.validation()));
    assertEquals(List.of(0, 1, 12), negatives(divided.data(), split.test()));
    Split withoutValidation =
        ImplicitNegatives.ofParts(data, 3, new Split(new int[] {0, 1}, none, new int[] {2}))
            .split();
    assertEquals(0, withoutValidation.validation().length);
    assertEquals(2 + 4, withoutValidation.train().length);
  }

  @Test
  void thinningByPopularityDrawsInProportionToPositives() {
    Dataset data = ImplicitNegatives.complete(positives(LEFT, RIGHT, 1, 0, 0, 2, 1, 1), 1);
    Split split = new Split(Problems.range(0, 6), new int[0], new int[0]);
    int[] drawn = new int[6];
    int draws = 3000;
    for (int seed = 0; seed < draws; seed++) {
      Split one = new Split(new int[] {0, 3, 4, 5}, new int[0], new int[0]);
      Split thin = ImplicitNegatives.thin(data, 3, one, new Negatives(1, true), seed);
      assertEquals(2, thin.train().length);
      drawn[thin.train()[1]]++;
    }
    // In training is left 1 with right 0 alone: rates 1 · 2, 1 · 1 and 2 · 1.
    assertEquals(List.of(0, 1, 12), negatives(data, split.train()));
    double five = 5 * Math.sqrt(draws * 0.4 * 0.6);
    assertEquals(draws * 2 / 5.0, drawn[3], five);
    assertEquals(draws * 1 / 5.0, drawn[4], five);
    assertEquals(draws * 2 / 5.0, drawn[5], five);
    assertThrows(InputException.class, () -> new Negatives(0, true));
  }

  @Test
  void thinningDrawsEachNegativeEquallyOften() {
    Dataset data = ImplicitNegatives.complete(positives(LEFT, RIGHT, 1, 0, 0, 2), 1);
    Split split = new Split(Problems.range(0, 6), new int[0], new int[0]);
    int[] drawn = new int[6];
    for (int seed = 0; seed < 2000; seed++) {
      for (int sample : ImplicitNegatives.thin(data, 2, split, new Negatives(1), seed).train()) {
        drawn[sample]++;
      }
    }
    for (int sample = 2; sample < 6; sample++) {
      // Two of four; five standard deviations of a count of 1000.
      assertEquals(1000, drawn[sample], 112, "sample " + sample);
    }
  }

  @Test
  void whatCannotBeCompletedIsRefused() {
    assertRefused(
        () ->
            ImplicitNegatives.complete(
                positives(LEFT, RIGHT, 0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2), 1),
        "2 × 3",
        "none is left");
    Random random = new Random(1);
    Dataset real =
        Dataset.of(
            List.of(new Mode("u", LEFT), new Mode("v", RIGHT)),
            Samples.of(EntityTuples.of(2, new int[2]), Problems.realTargets(random, 1, 1)));
    assertRefused(() -> ImplicitNegatives.complete(real, 1), "two classes");
    EntityTable large = Problems.table("x", DenseFeatures.of(8000, 1, new float[8000]));
    EntityTable other = Problems.table("y", DenseFeatures.of(8000, 1, new float[8000]));
    assertRefused(
        () -> ImplicitNegatives.complete(positives(large, other, 0, 0), 1),
        "8000 × 8000",
        "50000000");
  }
}
