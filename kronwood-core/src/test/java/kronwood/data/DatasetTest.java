package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private final EntityTable three = table("three", 3);
  private final EntityTable five = table("five", 5);

  private static EntityTable table(String name, int entities) {
    return Problems.table(name, Problems.denseFeatures(new Random(1), entities, 2));
  }

  private static Samples samples(int modes, int... entities) {
    EntityTuples tuples = EntityTuples.of(modes, entities);
    return Samples.of(tuples, RealTargets.of(List.of("y"), new float[tuples.size()]));
  }

  @Test
  void modesThatShareATableCountItOnce() {
    Dataset data =
        Dataset.of(
            List.of(new Mode("drug", three), new Mode("cell", five), new Mode("partner", three)),
            samples(3, 2, 4, 0));
    assertEquals(2, data.tables().size());
    assertSame(three, data.tables().get(0));
    assertSame(five, data.tables().get(1));
    assertArrayEquals(new int[] {0, 1, 0}, data.tableOfMode());
  }

  @Test
  void oneModeMayBeNamedTwiceIfItIsTheSameTable() {
    Dataset data =
        Dataset.of(List.of(new Mode("image", three), new Mode("image", three)), samples(2, 0, 0));
    assertArrayEquals(new int[] {0, 0}, data.tableOfMode());
  }

  @Test
  void equalTablesThatAreNotTheSameAreTwoTables() {
    EntityTable other = table("other", 3);
    Dataset data =
        Dataset.of(List.of(new Mode("a", three), new Mode("b", other)), samples(2, 0, 0));
    assertArrayEquals(new int[] {0, 1}, data.tableOfMode());
  }

  @Test
  void anEntityItsTableDoesNotHaveIsNamedWithTheTable() {
    assertRefused(
        () ->
            Dataset.of(List.of(new Mode("a", three), new Mode("b", five)), samples(2, 0, 0, 3, 3)),
        "sample 2",
        "entity 3",
        "'three'",
        "has 3");
  }

  @Test
  void thereMustBeAsManyModesAsEntitiesPerSample() {
    assertRefused(
        () -> Dataset.of(List.of(new Mode("a", three)), samples(2, 0, 0)),
        "1 modes",
        "samples of 2");
  }

  @Test
  void twoModesOfOneNameAndDifferentTablesAreRefused() {
    assertRefused(
        () -> Dataset.of(List.of(new Mode("a", three), new Mode("a", five)), samples(2, 0, 0)),
        "'a'");
  }

  @Test
  void twoTablesOfOneNameAreRefused() {
    // A model finds the table of new entities by its name.
    EntityTable namesake = table("three", 4);
    assertRefused(
        () -> Dataset.of(List.of(new Mode("a", three), new Mode("b", namesake)), samples(2, 0, 0)),
        "'three'");
  }

  @Test
  void theCallersListIsNotShared() {
    List<Mode> modes = new ArrayList<>(List.of(new Mode("a", three)));
    Dataset data = Dataset.of(modes, samples(1, 2));
    modes.set(0, new Mode("b", five));
    assertSame(three, data.modes().getFirst().table());
  }
}
