package kronwood.train;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.EntityTuples;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.input.InputForm;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SquaredLoss;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class HiddenSamplesTest {
  private static TrainingProblem problem(int[] entities, int[] tableOfMode, Split split) {
    Random random = new Random(1);
    EntityTuples tuples = EntityTuples.of(tableOfMode.length, entities);
    List<FactorTable> tables =
        IntStream.rangeClosed(0, Arrays.stream(tableOfMode).max().orElseThrow())
            .mapToObj(t -> Problems.factorTable(random, 100, 2))
            .toList();
    return new TrainingProblem(
        StructuredInputs.of(tables, tableOfMode, tuples),
        Samples.of(tuples, Problems.realTargets(random, tuples.size(), 1)),
        split,
        new SquaredLoss());
  }

  private static HiddenSamples hide(TrainingProblem problem, Ensemble ensemble) {
    return HiddenSamples.of(problem, NetworkOptions.of(24, 5).withEnsemble(ensemble));
  }

  /** All pairs of 10 left and 20 right entities. */
  private static int[] grid() {
    int[] entities = new int[400];
    for (int i = 0; i < 200; i++) {
      entities[2 * i] = i / 20;
      entities[2 * i + 1] = i % 20;
    }
    return entities;
  }

  @Test
  void eachHiddenSampleIsHiddenFromHalfOfTheMembersAndEachMissesATenth() {
    TrainingProblem problem = problem(grid(), new int[] {0, 1}, Split.trainOnAll(200));
    for (int members : new int[] {2, 3, 4, 6, 12}) {
      HiddenSamples hidden = hide(problem, Ensemble.of(members));
      int half = Math.max(2, members / 2);
      assertEquals(20.0 * members / half, hidden.hidden().length, 1, members + " members");
      int[] missed = new int[members];
      for (int i = 0; i < 200; i++) {
        int from = 0;
        for (int e = 0; e < members; e++) {
          from += hidden.isHidden(i, e) ? 1 : 0;
          missed[e] += hidden.isHidden(i, e) ? 1 : 0;
        }
        boolean listed = Arrays.stream(hidden.hidden()).anyMatch(Integer.valueOf(i)::equals);
        assertEquals(listed ? half : 0, from);
      }
      for (int e = 0; e < members; e++) {
        assertEquals(20, missed[e], 2, members + " members");
        assertEquals(200 - missed[e], hidden.shownTo(e, problem.split().train()).length);
      }
    }
  }

  @Test
  void samplesOfTheSameEntitiesAreHiddenTogether() {
    int[] twice = new int[800];
    for (int i = 0; i < 400; i++) {
      // The second time the other way round, which is the same where both are of one table.
      twice[i] = grid()[i];
      twice[400 + i] = grid()[i ^ 1];
    }
    HiddenSamples hidden =
        hide(problem(twice, new int[] {0, 0}, Split.trainOnAll(400)), Ensemble.of(4));
    assertTrue(hidden.hidden().length > 0);
    for (int i = 0; i < 200; i++) {
      for (int e = 0; e < 4; e++) {
        assertEquals(hidden.isHidden(i, e), hidden.isHidden(200 + i, e), "sample " + i);
      }
    }
  }

  @Test
  void entitiesOfAModeCanBeHidden() {
    HiddenSamples hidden =
        hide(problem(grid(), new int[] {0, 1}, Split.trainOnAll(200)), new Ensemble(4, List.of(1)));
    Map<Integer, String> byRight = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      int sample = i;
      String members =
          Arrays.toString(IntStream.range(0, 4).filter(e -> hidden.isHidden(sample, e)).toArray());
      assertEquals(members, byRight.computeIfAbsent(i % 20, right -> members));
    }
    // A fifth of 20 entities, 10 samples each.
    assertEquals(40, hidden.hidden().length);
  }

  @Test
  void nothingIsHiddenWhereItServesNothing() {
    int[] grid = grid();
    TrainingProblem all = problem(grid, new int[] {0, 1}, Split.trainOnAll(200));
    TrainingProblem validated =
        problem(
            grid,
            new int[] {0, 1},
            new Split(Problems.range(0, 150), Problems.range(150, 200), new int[0]));
    TrainingProblem classes =
        new TrainingProblem(
            all.inputs(),
            Samples.of(all.samples().tuples(), Problems.classTargets(new Random(1), 200, 2)),
            all.split(),
            new LogisticLoss());
    assertEquals(0, hide(all, Ensemble.SINGLE).hidden().length);
    assertEquals(0, hide(validated, Ensemble.of(4)).hidden().length);
    assertEquals(0, hide(classes, Ensemble.of(4)).hidden().length);
    assertArrayEquals(
        all.split().train(), hide(classes, Ensemble.of(4)).shownTo(3, all.split().train()));
  }

  @Test
  void theSeedDecidesWhatIsHidden() {
    TrainingProblem problem = problem(grid(), new int[] {0, 1}, Split.trainOnAll(200));
    int[] first = hide(problem, Ensemble.of(4)).hidden();
    assertArrayEquals(first, hide(problem, Ensemble.of(4)).hidden());
    NetworkOptions other = NetworkOptions.of(24, 6).withEnsemble(Ensemble.of(4));
    assertFalse(Arrays.equals(first, HiddenSamples.of(problem, other).hidden()));
  }

  @Test
  void tooFewSamplesForSoManyMembersAreRefused() {
    TrainingProblem problem =
        problem(Arrays.copyOf(grid(), 14), new int[] {0, 1}, Split.trainOnAll(7));
    assertEquals(3, hide(problem, Ensemble.of(3)).hidden().length);
    assertRefused(
        () -> hide(problem, Ensemble.of(4)),
        "4 members needs at least 8 different tuples",
        "found 7",
        "smaller ensemble");
    TrainingProblem all = problem(grid(), new int[] {0, 1}, Split.trainOnAll(200));
    assertRefused(
        () -> hide(all, new Ensemble(6, List.of(0))), "at least 12 different entities", "found 10");
    assertRefused(() -> hide(all, new Ensemble(2, List.of(2))), "mode 2", "2 modes");
    TrainingProblem same = problem(grid(), new int[] {0, 0}, Split.trainOnAll(200));
    assertRefused(
        () -> hide(same, new Ensemble(2, List.of(1))), "mode 2 to hide occur in mode 1 too");
  }

  @Test
  void aComparedPairAndItsReverseAreHiddenTogether() {
    int[] entities = new Random(2).ints(240, 0, 12).toArray();
    int[] both = Arrays.copyOf(entities, 480);
    for (int i = 0; i < 240; i++) {
      both[240 + i] = entities[i ^ 1];
    }
    EntityTuples tuples = EntityTuples.of(2, both);
    List<FactorTable> tables = List.of(Problems.factorTable(new Random(3), 12, 2));
    int[] modes = {0, 0};
    for (PairStructure structure : List.of(PairStructure.COMPARISON, PairStructure.RANKING)) {
      InputForm form =
          InputForm.fit(structure, tables, modes, tuples, List.of(), GramOptions.DEFAULT);
      TrainingProblem problem =
          new TrainingProblem(
              StructuredInputs.of(tables, modes, tuples, form),
              Samples.of(tuples, Problems.realTargets(new Random(4), 240, 1)),
              Split.trainOnAll(240),
              new SquaredLoss());
      HiddenSamples hidden = hide(problem, Ensemble.of(4));
      assertTrue(hidden.hidden().length > 0 && hidden.hidden().length < 240);
      for (int i = 0; i < 120; i++) {
        for (int member = 0; member < 4; member++) {
          assertEquals(hidden.isHidden(i, member), hidden.isHidden(120 + i, member));
        }
      }
      assertRefused(() -> hide(problem, new Ensemble(4, List.of(1))), "would be seen there");
    }
  }
}
