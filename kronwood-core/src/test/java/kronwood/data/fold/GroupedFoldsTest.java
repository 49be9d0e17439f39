package kronwood.data.fold;

import static kronwood.data.fold.DividedData.all;
import static kronwood.data.fold.DividedData.entities;
import static kronwood.data.fold.DividedData.grid;
import static kronwood.data.fold.DividedData.ints;
import static kronwood.data.fold.DividedData.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Samples and entities of one group are never divided. */
class GroupedFoldsTest {
  @TestFactory
  Stream<DynamicTest> groupsOfSamplesAreNeverDivided() {
    return Seeds.runs(
        6,
        random -> {
          Dataset data = random(random, random.nextBoolean());
          // Groups of left entities, told sample by sample; some samples are in none.
          int[] groups = new int[240];
          for (int i = 0; i < 240; i++) {
            int left = data.samples().tuples().entity(i, 0);
            groups[i] = random.nextInt(5) == 0 ? Grouping.NONE : left / 3;
          }
          for (Setting setting : List.of(Setting.A, Setting.B)) {
            Folds folds =
                Folds.of(
                    data,
                    setting,
                    all(data),
                    List.of(new Grouping(Grouping.SAMPLES, groups)),
                    2,
                    0,
                    random.nextLong());
            checkUndivided(folds, groups);
          }
        });
  }

  private static void checkUndivided(Folds folds, int[] groups) {
    Split split = folds.split(0);
    Set<Integer> both = new HashSet<>();
    Arrays.stream(split.train()).forEach(sample -> both.add(groups[sample]));
    both.retainAll(ints(Arrays.stream(split.test()).map(sample -> groups[sample]).toArray()));
    both.remove(Grouping.NONE);
    assertEquals(Set.of(), both, "groups with samples in both parts");
  }

  @Test
  void aGroupingOfAModeJoinsItsEntitiesAndLeavesOtherModesAlone() {
    Dataset data = grid(6, 6);
    int[] groups = new int[36];
    Arrays.setAll(groups, i -> i / 6 / 2);
    Grouping ofLeft = new Grouping(0, groups);
    for (int seed = 0; seed < 10; seed++) {
      for (Setting setting : List.of(Setting.A, Setting.B, Setting.D)) {
        Folds folds = Folds.of(data, setting, all(data), List.of(ofLeft), 3, 0, seed);
        assertEquals(2, entities(data, folds.split(0).test(), 0).size(), setting.name());
        checkUndivided(folds, groups);
      }
      Folds columns = Folds.of(data, Setting.C, all(data), List.of(ofLeft), 3, 0, seed);
      assertEquals(6, entities(data, columns.split(0).test(), 0).size());
    }
  }

  @Test
  void samplesOfGroupedEntitiesFollowThemWhereTheyAreInNoGroupThemselves() {
    Dataset data = grid(4, 5);
    int[] groups = new int[20];
    Arrays.fill(groups, Grouping.NONE);
    groups[0] = 7; // left 0
    groups[6] = 7; // left 1
    for (int seed = 0; seed < 10; seed++) {
      Split split =
          Folds.of(data, Setting.A, all(data), List.of(new Grouping(0, groups)), 2, 0, seed)
              .split(0);
      long ofGroup = Arrays.stream(split.test()).filter(sample -> sample < 10).count();
      assertTrue(ofGroup == 0 || ofGroup == 10, "seed " + seed + ": " + ofGroup);
    }
  }
}
