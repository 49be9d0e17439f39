package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final EntityTuples PAIRS = EntityTuples.of(2, new int[] {0, 1, 2, 3, 4, 5});
  private static final RealTargets REAL =
      RealTargets.of(List.of("y", "t"), new float[] {1, 2, 3, 4, 5, 6});

  @Test
  void tuplesAreRowsOfEntities() {
    assertEquals(3, PAIRS.size());
    assertEquals(2, PAIRS.modes());
    assertEquals(2, PAIRS.entity(1, 0));
    assertEquals(3, PAIRS.entity(1, 1));
    assertEquals(0, EntityTuples.of(3, new int[0]).size());
  }

  @Test
  void tuplesThatDoNotFillTheirModesAreRefused() {
    assertRefused(() -> EntityTuples.of(2, new int[5]), "5 entities", "tuples of 2");
    assertRefused(() -> EntityTuples.of(0, new int[0]), "tuples of 0");
    assertRefused(() -> EntityTuples.of(2, new int[] {0, 1, 2, -1}), "tuple 2", "entity -1");
  }

  @Test
  void realTargetsAreRowsOfNumbers() {
    assertEquals(3, REAL.size());
    assertEquals(2, REAL.outputs());
    assertEquals(List.of("y", "t"), REAL.names());
    assertEquals(4f, REAL.value(1, 1));
  }

  @Test
  void realTargetsThatAreNotFiniteOrNotWholeRowsAreRefused() {
    assertRefused(() -> RealTargets.of(List.of("y"), new float[] {1, Float.NaN}), "'y'", "NaN");
    assertRefused(
        () -> RealTargets.of(List.of("y", "t"), new float[] {1, 2, 3, Float.NEGATIVE_INFINITY}),
        "'t' of sample 2 is -Infinity");
    assertRefused(() -> RealTargets.of(List.of("y", "t"), new float[3]), "3 values", "2 targets");
    assertRefused(() -> RealTargets.of(List.of(), new float[3]), "0 targets");
  }

  @Test
  void classTargetsAreLabels() {
    ClassTargets targets = ClassTargets.of("digit", List.of("one", "two"), new int[] {1, 0, 1});
    assertEquals(3, targets.size());
    assertEquals(List.of("digit"), targets.names());
    assertEquals(List.of("one", "two"), targets.classes());
    assertEquals(1, targets.label(2));
  }

  @Test
  void classesMustBeTwoOrMoreAndDistinctAndCoverAllLabels() {
    assertRefused(() -> ClassTargets.of("c", List.of("a"), new int[1]), "'c' has 1 class");
    assertRefused(() -> ClassTargets.of("c", List.of("a", "a"), new int[1]), "'c'", "same name");
    assertRefused(
        () -> ClassTargets.of("c", List.of("a", "b"), new int[] {0, 2}), "label 2 of sample 2");
    assertRefused(() -> ClassTargets.of("c", List.of("a", "b"), new int[] {-1}), "label -1");
  }

  @Test
  void withoutWeightsEachSampleWeighsOne() {
    assertEquals(1f, Samples.of(PAIRS, REAL).weight(2));
  }

  @Test
  void weightsMustBeFiniteAndNotNegativeAndOnePerSample() {
    assertRefused(() -> Samples.weighted(PAIRS, REAL, new float[2]), "3 tuples", "2 weights");
    assertRefused(
        () -> Samples.weighted(PAIRS, REAL, new float[] {1, 0, -2}), "weight of sample 3 is -2");
    assertRefused(
        () -> Samples.weighted(PAIRS, REAL, new float[] {1, Float.NaN, 1}), "sample 2 is NaN");
    assertRefused(
        () -> Samples.weighted(PAIRS, REAL, new float[] {Float.POSITIVE_INFINITY, 1, 1}),
        "sample 1 is Infinity");
  }

  @Test
  void tuplesAndTargetsMustBeEquallyMany() {
    assertRefused(
        () -> Samples.of(PAIRS, RealTargets.of(List.of("y"), new float[2])),
        "3 tuples",
        "2 samples");
  }

  @Test
  void selectedSamplesKeepTuplesTargetsAndWeightsTogether() {
    Samples selected =
        Samples.weighted(PAIRS, REAL, new float[] {0.5f, 1, 2}).select(new int[] {2, 0, 2});
    assertEquals(3, selected.size());
    RealTargets targets = assertInstanceOf(RealTargets.class, selected.targets());
    int[] sources = {2, 0, 2};
    float[] weights = {2, 0.5f, 2};
    for (int i = 0; i < 3; i++) {
      assertEquals(2 * sources[i], selected.tuples().entity(i, 0));
      assertEquals(2 * sources[i] + 1, selected.tuples().entity(i, 1));
      assertEquals(2f * sources[i] + 2, targets.value(i, 1));
      assertEquals(weights[i], selected.weight(i));
    }
  }

  @Test
  void selectedClassesKeepTheirNames() {
    ClassTargets targets =
        ClassTargets.of("c", List.of("a", "b", "c"), new int[] {0, 1, 0}).select(new int[] {1});
    assertEquals(List.of("a", "b", "c"), targets.classes());
    assertEquals(1, targets.label(0));
    assertEquals(1, targets.size());
  }

  @Test
  void theCallersArraysAreNotShared() {
    int[] entities = {0, 1};
    float[] values = {5};
    int[] labels = {1};
    float[] weights = {2};
    EntityTuples tuples = EntityTuples.of(2, entities);
    RealTargets real = RealTargets.of(List.of("y"), values);
    ClassTargets classes = ClassTargets.of("c", List.of("a", "b"), labels);
    Samples samples = Samples.weighted(tuples, real, weights);
    entities[0] = 9;
    values[0] = 9;
    labels[0] = 0;
    weights[0] = 9;
    assertEquals(0, tuples.entity(0, 0));
    assertEquals(5f, real.value(0, 0));
    assertEquals(1, classes.label(0));
    assertEquals(2f, samples.weight(0));
  }
}
