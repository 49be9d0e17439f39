package kronwood.candidate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class AddedIdentitiesTest {
  private static final ModelOptions OPTIONS = ModelOptions.defaults();

  /** Pairs {@code (i mod left, i / left)}. */
  private static Dataset data(Attributes left, Attributes right, int pairs) {
    EntityTuples tuples =
        EntityTuples.of(
            2,
            IntStream.range(0, pairs)
                .flatMap(i -> IntStream.of(i % left.entities(), i / left.entities()))
                .toArray());
    return Dataset.of(
        List.of(
            new Mode("left", Problems.table("left", left)),
            new Mode("right", Problems.table("right", right))),
        Samples.of(tuples, RealTargets.of(List.of("y"), new float[pairs])));
  }

  private static Similarities unit(int entities) {
    float[] values = new float[entities * entities];
    for (int e = 0; e < entities; e++) {
      values[e * entities + e] = 1;
    }
    return Similarities.square(entities, values);
  }

  /** Weight of the identity of each table, 0 for none. */
  private static double[] added(Dataset data, int training, ModelOptions options) {
    Dataset made = AddedIdentities.to(data, Split.trainOnAll(training), options);
    return made.tables().stream().mapToDouble(table -> TableForm.of(table).identity()).toArray();
  }

  private static double[] added(Dataset data, ModelOptions options) {
    return added(data, data.samples().size(), options);
  }

  @Test
  void similaritiesOfEntitiesThatOccurOftenGetOneBesideThem() {
    Dataset data = data(unit(10), unit(6), 60);
    Dataset made = AddedIdentities.to(data, Split.trainOnAll(60), OPTIONS);
    Blocks left = (Blocks) made.tables().getFirst().attributes();
    assertEquals(Block.OfIdentity.among(10, 0.1).weight(), left.blocks().get(1).weight());
    assertEquals(data.tables().getFirst().attributes(), similarities(left));
    assertSame(data.samples(), made.samples());
    assertArrayEquals(new double[] {0.1, 0.1}, added(data, OPTIONS));
  }

  private static Similarities similarities(Blocks blocks) {
    return ((Block.OfSimilarities) blocks.blocks().getFirst()).similarities();
  }

  @Test
  void entitiesThatOccurSeldomGetNone() {
    // 40 pairs of 10 left entities: four times each; of 4 right ones: ten times.
    assertArrayEquals(new double[] {0, 0.1}, added(data(unit(10), unit(4), 40), OPTIONS));
    // What counts is the training samples.
    assertArrayEquals(new double[] {0, 0.1}, added(data(unit(10), unit(6), 60), 40, OPTIONS));
  }

  @Test
  void fewFeaturesGetOneOnlyWhereWeightsStayFew() {
    Random random = new Random(1);
    // 3 features and the constant become 100 coordinates: 100 · 20 weights.
    Dataset small = data(Problems.denseFeatures(random, 100, 3), unit(20), 2000);
    assertArrayEquals(new double[] {0.1, 0.1}, added(small, OPTIONS));
    // 600 · 40 would be too many for the left side.
    Dataset large = data(Problems.denseFeatures(random, 600, 3), unit(40), 24_000);
    assertArrayEquals(new double[] {0, 0.1}, added(large, OPTIONS));
    // With 400 features it has 400 coordinates already.
    Dataset wide = data(Problems.denseFeatures(random, 600, 400), unit(40), 24_000);
    assertArrayEquals(new double[] {0.1, 0.1}, added(wide, OPTIONS));
  }

  @Test
  void whoeverGivesAnIdentityHasChosenForAllTables() {
    Blocks given =
        new Blocks(
            List.of(
                new Block.OfSimilarities("given", 1, unit(10)), Block.OfIdentity.among(10, 0.5)));
    Dataset data = data(given, unit(6), 60);
    assertSame(data, AddedIdentities.to(data, Split.trainOnAll(60), OPTIONS));
  }

  @Test
  void noneIsAddedIfTheWeightIsZeroOrATableIsReducedOrKnownByItsInteractionsAlone() {
    Dataset data = data(unit(10), unit(6), 60);
    assertArrayEquals(
        new double[] {0, 0}, added(data, OPTIONS.withGram(OPTIONS.gram().withAddedIdentity(0))));
    assertArrayEquals(
        new double[] {0, 0.1},
        added(data, OPTIONS.withGram(OPTIONS.gram().withComponents(Map.of("left", 3)))));
    Blocks profiles = new Blocks(List.of(new Block.OfProfile(1, FeatureKernel.LINEAR, 10)));
    assertArrayEquals(new double[] {0, 0.1}, added(data(profiles, unit(6), 60), OPTIONS));
  }

  @Test
  void littleMemoryIsLeftToWhatWasAskedFor() {
    Dataset data = data(unit(10), unit(6), 60);
    // Fitting 10 entities of two blocks takes three matrices of 100 numbers, and coordinates.
    assertArrayEquals(new double[] {0, 0}, added(data, OPTIONS.withMemory(1e4)));
    assertArrayEquals(new double[] {0.1, 0.1}, added(data, OPTIONS.withMemory(1e5)));
  }

  @Test
  void aTableOfTwoModesCountsTheSamplesOfBoth() {
    Mode first = new Mode("first", Problems.table("node", unit(10)));
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ends.add(i % 10);
      ends.add((i + 1) % 10);
    }
    EntityTuples tuples = EntityTuples.of(2, ends.stream().mapToInt(Integer::intValue).toArray());
    Dataset data =
        Dataset.of(
            List.of(first, new Mode("second", first.table())),
            Samples.of(tuples, RealTargets.of(List.of("y"), new float[25])));
    assertArrayEquals(new double[] {0.1}, added(data, OPTIONS));
    assertArrayEquals(new double[] {0}, added(data, 24, OPTIONS));
  }
}
