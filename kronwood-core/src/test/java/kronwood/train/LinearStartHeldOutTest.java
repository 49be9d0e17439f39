package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.input.InputForm;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.linear.RandomHoldout;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class LinearStartHeldOutTest {
  private static StructuredInputs pairs(PairStructure structure, int... entities) {
    FactorTable table = Problems.factorTable(new Random(1), 20, 3);
    EntityTuples tuples = EntityTuples.of(2, entities);
    List<FactorTable> tables = List.of(table);
    int[] modes = {0, 0};
    InputForm form =
        InputForm.fit(structure, tables, modes, tuples, List.of(), GramOptions.DEFAULT);
    return StructuredInputs.of(tables, modes, tuples, form);
  }

  @Test
  void aPairAndItsReverseAreHeldOutTogether() {
    int[] entities = new Random(2).ints(400, 0, 20).toArray();
    // Every pair once more, the other way round.
    int[] both = Arrays.copyOf(entities, 800);
    for (int i = 0; i < 400; i++) {
      both[400 + i] = entities[i ^ 1];
    }
    for (PairStructure structure :
        List.of(
            PairStructure.SYMMETRIC,
            PairStructure.ANTISYMMETRIC,
            PairStructure.RANKING,
            PairStructure.COMPARISON)) {
      int[] train = Problems.range(0, 400);
      RandomHoldout held = LinearStart.heldOut(pairs(structure, both), train, 5);
      boolean[] out = new boolean[400];
      for (int sample : held.validation()) {
        out[sample] = true;
      }
      for (int i = 0; i < 200; i++) {
        assertEquals(out[i], out[200 + i], structure + ", pair " + i);
      }
      assertTrue(held.validation().length > 20 && held.validation().length < 80);
      int[] all =
          IntStream.concat(IntStream.of(held.train()), IntStream.of(held.validation()))
              .sorted()
              .toArray();
      assertArrayEquals(train, all);
    }
  }

  @Test
  void samplesOfASinglePairAreDividedAllTheSame() {
    StructuredInputs inputs = pairs(PairStructure.SYMMETRIC, 1, 2, 2, 1, 1, 2);
    RandomHoldout held = LinearStart.heldOut(inputs, new int[] {0, 1, 2}, 5);
    assertEquals(1, held.validation().length);
  }
}
