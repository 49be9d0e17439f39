package kronwood.data.fold;

import static kronwood.data.fold.DividedData.all;
import static kronwood.data.fold.DividedData.data;
import static kronwood.data.fold.DividedData.entities;
import static kronwood.data.fold.DividedData.grid;
import static kronwood.data.fold.DividedData.ints;
import static kronwood.data.fold.DividedData.random;
import static kronwood.data.fold.DividedData.table;
import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FoldsTest {
  private static final List<Setting> SETTINGS = List.of(Setting.A, Setting.B, Setting.C, Setting.D);
  private static final List<Grouping> NO_GROUPS = List.of();

  private static Folds folds(Dataset data, Setting setting, int count, long seed) {
    return Folds.of(data, setting, all(data), NO_GROUPS, count, 0, seed);
  }

  @Test
  void ofAGridEachSettingTakesItsRowsColumnsOrBlocks() {
    Dataset data = grid(4, 6);
    int[][] sizes = {{12, 12}, {12, 12}, {12, 12}, {6, 6}};
    for (int s = 0; s < SETTINGS.size(); s++) {
      for (int fold = 0; fold < 2; fold++) {
        Split split = folds(data, SETTINGS.get(s), 2, 5).split(fold);
        assertEquals(sizes[s][0], split.train().length, SETTINGS.get(s).name());
        assertEquals(sizes[s][1], split.test().length, SETTINGS.get(s).name());
        assertEquals(0, split.validation().length);
      }
    }
    // Two of four rows, all of their columns.
    Split rows = folds(data, Setting.B, 2, 5).split(0);
    assertEquals(2, entities(data, rows.test(), 0).size());
    assertEquals(6, entities(data, rows.test(), 1).size());
    Split block = folds(data, Setting.D, 2, 5).split(0);
    assertEquals(2, entities(data, block.test(), 0).size());
    assertEquals(3, entities(data, block.test(), 1).size());
  }

  @TestFactory
  Stream<DynamicTest> whatIsNewInATestPartOccursInNoTrainingSample() {
    return Seeds.runs(
        8,
        random -> {
          for (boolean shared : new boolean[] {false, true}) {
            Dataset data = random(random, shared);
            for (Setting setting : SETTINGS.subList(1, 4)) {
              Folds folds = folds(data, setting, 3, random.nextLong());
              for (int fold = 0; fold < 3; fold++) {
                checkNew(data, setting, folds.split(fold).train(), folds.split(fold).test());
                Split three = folds.splitWithValidation(fold, 0.3, 8);
                assertArrayEquals(folds.split(fold).test(), three.test());
                checkNew(data, setting, three.train(), three.test());
                checkNew(data, setting, three.train(), three.validation());
              }
            }
          }
        });
  }

  private static void checkNew(Dataset data, Setting setting, int[] train, int[] test) {
    assertTrue(train.length > 0 && test.length > 0, setting.name());
    boolean shared = data.tables().size() == 1;
    Set<Integer> seenAnywhere = entities(data, train, 0, 1);
    for (int mode = 0; mode < 2; mode++) {
      Set<Integer> seen = shared ? seenAnywhere : entities(data, train, mode);
      for (int entity : entities(data, test, mode)) {
        if (setting.isNew(mode)) {
          assertFalse(seen.contains(entity), setting.name() + ": mode " + mode + " " + entity);
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everySampleIsTestedOnceUnlessItsOtherEntityIsHeldOutToo() {
    return Seeds.runs(
        5,
        random -> {
          Dataset data = random(random, false);
          for (Setting setting : SETTINGS.subList(0, 3)) {
            Folds folds = folds(data, setting, 4, random.nextLong());
            int[] tested = new int[data.samples().size()];
            for (int fold = 0; fold < 4; fold++) {
              Split split = folds.split(fold);
              assertEquals(240, split.train().length + split.test().length);
              Arrays.stream(split.test()).forEach(sample -> tested[sample]++);
            }
            assertTrue(Arrays.stream(tested).allMatch(times -> times == 1), setting.name());
          }
        });
  }

  @Test
  void otherEntitiesOfATestPairAreNotHeldOutInASharedTable() {
    Dataset data = random(new Random(1), true);
    Folds folds = folds(data, Setting.B, 3, 2);
    for (int fold = 0; fold < 3; fold++) {
      Set<Integer> lefts = entities(data, folds.split(fold).test(), 0);
      lefts.retainAll(entities(data, folds.split(fold).test(), 1));
      assertEquals(Set.of(), lefts);
    }
  }

  @TestFactory
  Stream<DynamicTest> randomFoldsDifferByAtMostOneSampleOfEveryClassAndInAll() {
    return Seeds.runs(
        10,
        random -> {
          // Pairs of one left entity each, so that no two samples are of one pair.
          int n = 30 + random.nextInt(60);
          int[] entities = new int[2 * n];
          for (int i = 0; i < n; i++) {
            entities[2 * i] = i;
          }
          Dataset data =
              data(
                  EntityTuples.of(2, entities),
                  Problems.classTargets(random, n, 3),
                  table("left", n),
                  table("right", 1));
          Folds folds = folds(data, Setting.A, 5, random.nextLong());
          ClassTargets classes = (ClassTargets) data.samples().targets();
          int[][] counts = new int[4][5];
          for (int fold = 0; fold < 5; fold++) {
            for (int sample : folds.split(fold).test()) {
              counts[classes.label(sample)][fold]++;
              counts[3][fold]++;
            }
          }
          for (int[] count : counts) {
            int spread =
                Arrays.stream(count).max().orElseThrow() - Arrays.stream(count).min().orElseThrow();
            assertTrue(spread <= 1, Arrays.toString(count));
          }
        });
  }

  @Test
  void foldsOfEntitiesAreBalancedByTheirSamples() {
    // One entity has 40 samples, forty have one: four folds of 20 are not to be had, but the other
    // three share the small ones.
    int[] entities = new int[160];
    for (int i = 0; i < 80; i++) {
      entities[2 * i] = i < 40 ? 0 : i - 39;
      entities[2 * i + 1] = i;
    }
    Dataset data =
        data(
            EntityTuples.of(2, entities),
            RealTargets.of(List.of("y"), new float[80]),
            table("left", 41),
            table("right", 80));
    int[] sizes = new int[3];
    for (int fold = 0; fold < 3; fold++) {
      sizes[fold] = folds(data, Setting.B, 3, 4).split(fold).test().length;
    }
    Arrays.sort(sizes);
    assertArrayEquals(new int[] {20, 20, 40}, sizes);
  }

  @Test
  void samplesOfOnePairStayTogetherInEitherOrderOfOneTable() {
    int[] entities = {0, 1, 1, 0, 2, 3, 2, 3, 4, 4, 5, 6};
    EntityTable table = table("protein", 7);
    Dataset data =
        data(
            EntityTuples.of(2, entities), RealTargets.of(List.of("y"), new float[6]), table, table);
    for (int seed = 0; seed < 20; seed++) {
      Set<Integer> test = ints(folds(data, Setting.A, 2, seed).split(0).test());
      assertEquals(test.contains(0), test.contains(1), "seed " + seed);
      assertEquals(test.contains(2), test.contains(3), "seed " + seed);
    }
  }

  @Test
  void aDivisionIsReproducedFromItsSeedAndOthersDiffer() {
    Dataset data = random(new Random(1), false);
    for (Setting setting : SETTINGS) {
      int[] first = folds(data, setting, 3, 9).split(0).test();
      assertArrayEquals(first, folds(data, setting, 3, 9).split(0).test());
      assertFalse(Arrays.equals(first, folds(data, setting, 3, 10).split(0).test()), "seed");
      int[] again = Folds.of(data, setting, all(data), NO_GROUPS, 3, 1, 9).split(0).test();
      assertFalse(Arrays.equals(first, again), "repeat");
      assertArrayEquals(
          again, Folds.of(data, setting, all(data), NO_GROUPS, 3, 1, 9).split(0).test());
    }
  }

  @Test
  void onlyTheListedSamplesHaveAPart() {
    Dataset data = random(new Random(1), false);
    int[] listed = Problems.range(100, 200);
    for (Setting setting : SETTINGS) {
      Split split = Folds.of(data, setting, listed, NO_GROUPS, 3, 0, 1).split(0);
      for (int[] part : new int[][] {split.train(), split.test()}) {
        assertTrue(Arrays.stream(part).allMatch(sample -> sample >= 100 && sample < 200));
      }
    }
  }

  @Test
  void threeModesMayHaveAnySetOfNewOnes() {
    EntityTable drug = table("drug", 12);
    Random random = new Random(1);
    Dataset data =
        data(
            Problems.tuples(random, 400, 12, 12, 6),
            Problems.realTargets(random, 400, 1),
            drug,
            drug,
            table("cell", 6));
    Setting newCell = new Setting("cell", List.of(2));
    Split cells = folds(data, newCell, 3, 1).split(1);
    Set<Integer> seen = entities(data, cells.train(), 2);
    assertTrue(entities(data, cells.test(), 2).stream().noneMatch(seen::contains));
    assertEquals(400, cells.train().length + cells.test().length);
    Setting newDrugs = new Setting("drugs", List.of(1, 0));
    Split drugs = folds(data, newDrugs, 3, 1).split(1);
    Set<Integer> seenDrugs = entities(data, drugs.train(), 0, 1);
    assertTrue(entities(data, drugs.test(), 0, 1).stream().noneMatch(seenDrugs::contains));
    assertEquals(6, entities(data, drugs.test(), 2).size());
  }

  @Test
  void aHeldOutShareIsAboutThatOfSamplesOrEntities() {
    Dataset data = grid(20, 10);
    int[] expected = {40, 40, 40, 8};
    for (int s = 0; s < SETTINGS.size(); s++) {
      Split split = Folds.holdOut(data, SETTINGS.get(s), all(data), NO_GROUPS, 0.2, 3);
      assertEquals(expected[s], split.test().length, SETTINGS.get(s).name());
    }
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    Dataset data = grid(3, 5);
    assertRefused(
        () -> folds(data, Setting.B, 4, 1), "setting B", "3 entities of table 'left'", "4 parts");
    assertRefused(() -> folds(data, Setting.A, 1, 1), "folds is 1");
    assertRefused(() -> folds(data, Setting.A, 16, 1), "15 groups of samples");
    assertRefused(
        () -> folds(data, new Setting("E", List.of(2)), 2, 1), "setting E", "mode 3", "have 2");
    assertRefused(() -> Folds.holdOut(data, Setting.A, all(data), NO_GROUPS, 1, 1), "share is 1.0");
    assertRefused(() -> new Setting("X", List.of(1, 1)), "setting X");
    Grouping oneGroup = new Grouping(Grouping.SAMPLES, new int[15]);
    assertRefused(
        () -> Folds.of(data, Setting.C, all(data), List.of(oneGroup), 2, 0, 1),
        "1 group of entities of table 'right'");
  }

  @Test
  void anEntityThatFillsBothModesOfASampleIsNewInBothOrInNone() {
    EntityTable image = table("image", 9);
    int[] entities = new int[18];
    Arrays.setAll(entities, i -> i / 2);
    Dataset data =
        data(
            EntityTuples.of(2, entities), Problems.classTargets(new Random(1), 9, 2), image, image);
    assertRefused(() -> folds(data, Setting.B, 3, 1).split(0), "setting B, fold 1 of 3", "0 test");
    assertEquals(3, folds(data, Setting.D, 3, 1).split(0).test().length);
  }
}
