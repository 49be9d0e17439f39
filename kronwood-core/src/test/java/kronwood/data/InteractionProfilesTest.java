package kronwood.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.IntStream;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

/** Profiles against tables written by hand. */
class InteractionProfilesTest {
  private static final int[] PAIRS = {0, 0, 0, 1, 1, 0, 2, 1, 0, 0};

  private static EntityTable table(String name, int entities) {
    return Problems.table(
        name,
        new Blocks(
            List.of(
                Block.OfIdentity.among(entities, 0.5),
                new Block.OfProfile(1, FeatureKernel.COSINE, entities))));
  }

  private static Dataset data(Targets targets) {
    return Dataset.of(
        List.of(new Mode("left", table("left", 3)), new Mode("right", table("right", 2))),
        Samples.of(EntityTuples.of(2, PAIRS), targets));
  }

  private static double[] profiles(Dataset data, int table, int... train) {
    EntityTable made = InteractionProfiles.table(data, table, train);
    Block.OfProfile block = (Block.OfProfile) ((Blocks) made.attributes()).blocks().get(1);
    Features profiles = block.profiles();
    assertNotNull(profiles);
    return Problems.toArray(profiles);
  }

  @Test
  void targetsAreCentredAndPairsThatRepeatAveraged() {
    Dataset data = data(RealTargets.of(List.of("y"), new float[] {1, 2, 4, 5, 3}));
    // The mean of all five is 3; (0, 0) has 1 and 3.
    assertArrayEquals(new double[] {-1, -1, 1, 0, 0, 2}, profiles(data, 0, 0, 1, 2, 3, 4), 1e-6);
    assertArrayEquals(new double[] {-1, 1, 0, -1, 0, 2}, profiles(data, 1, 0, 1, 2, 3, 4), 1e-6);
    // Without the last two the mean is 7 / 3, and the third left entity has no profile.
    double third = 1.0 / 3;
    assertArrayEquals(
        new double[] {-4 * third, -third, 5 * third, 0, 0, 0}, profiles(data, 0, 0, 1, 2), 1e-6);
  }

  @Test
  void ofTwoClassesThePositiveOneCounts() {
    Dataset data = data(ClassTargets.of("y", List.of("no", "yes"), new int[] {1, 0, 1, 1, 1}));
    assertArrayEquals(new double[] {1, 0, 1, 0, 0, 1}, profiles(data, 0, 0, 1, 2, 3, 4));
  }

  @Test
  void ofSeveralClassesEachHasAColumn() {
    Dataset data = data(ClassTargets.of("y", List.of("a", "b", "c"), new int[] {2, 1, 0, 0, 1}));
    assertArrayEquals(
        new double[] {0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0},
        profiles(data, 0, 0, 1, 2, 3, 4));
  }

  @Test
  void pairsOfOneTableShareColumnsWhicheverSideTheyStandOn() {
    EntityTable one = table("one", 3);
    Dataset data =
        Dataset.of(
            List.of(new Mode("a", one), new Mode("b", one)),
            Samples.of(
                EntityTuples.of(2, new int[] {0, 1, 2, 0}),
                RealTargets.of(List.of("y"), new float[] {2, 4})));
    assertArrayEquals(new double[] {0, -1, 1, -1, 0, 0, 1, 0, 0}, profiles(data, 0, 0, 1), 1e-6);
  }

  @Test
  void threeModesHaveTheColumnsOfBothOthers() {
    Dataset data =
        Dataset.of(
            List.of(
                new Mode("x", table("x", 2)),
                new Mode("y", table("y", 2)),
                new Mode("z", table("z", 2))),
            Samples.of(
                EntityTuples.of(3, new int[] {0, 1, 1, 1, 0, 1, 0, 0, 0}),
                ClassTargets.of("t", List.of("no", "yes"), new int[] {1, 1, 0})));
    assertArrayEquals(new double[] {0, 1, 0, 1, 1, 0, 0, 1}, profiles(data, 0, 0, 1, 2));
    assertArrayEquals(new double[] {0, 1, 0, 1, 1, 0, 0, 1}, profiles(data, 1, 2, 1, 0));
  }

  @Test
  void tablesWithoutProfilesStayThemselves() {
    EntityTable plain = Problems.table("left", DenseFeatures.of(3, 1, new float[] {1, 2, 3}));
    Dataset data =
        Dataset.of(
            List.of(new Mode("left", plain)),
            Samples.of(
                EntityTuples.of(1, IntStream.range(0, 3).toArray()),
                RealTargets.of(List.of("y"), new float[3])));
    assertSame(plain, InteractionProfiles.table(data, 0, new int[] {0, 1}));
    assertEquals(0, new Block.OfProfile(1, FeatureKernel.COSINE, 3).columns());
  }
}
