package kronwood.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.input.InputForm;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;

/** Random inputs that are no single products of the entities' coordinates. */
public final class PairInputs {
  /** Structures whose inputs are sums. */
  public static final List<PairStructure> SUMS =
      List.of(
          PairStructure.SYMMETRIC,
          PairStructure.ANTISYMMETRIC,
          PairStructure.CARTESIAN,
          PairStructure.RANKING);

  /** Structures that are not plain. */
  public static final List<PairStructure> ALL =
      Stream.concat(SUMS.stream(), Stream.of(PairStructure.COMPARISON)).toList();

  private static final int[] ENTITIES = {9, 6};

  private PairInputs() {}

  /**
   * Inputs of norm 1 on average, with entities of two tables of 9 and 6 entities, the last of which
   * has no identity.
   */
  public static StructuredInputs draw(
      Random random, int size, PairStructure structure, int... tableOfMode) {
    List<FactorTable> tables = new ArrayList<>();
    List<int[]> known = new ArrayList<>();
    for (int entities : ENTITIES) {
      tables.add(Problems.factorTable(random, entities, 3));
      known.add(Problems.range(0, entities - 1));
    }
    int modes = tableOfMode.length;
    int[] tuples = new int[size * modes];
    for (int i = 0; i < tuples.length; i++) {
      tuples[i] = random.nextInt(ENTITIES[tableOfMode[i % modes]]);
    }
    EntityTuples drawn = EntityTuples.of(modes, tuples);
    InputForm form =
        InputForm.fit(structure, tables, tableOfMode, drawn, known, GramOptions.DEFAULT);
    return StructuredInputs.of(tables, tableOfMode, drawn, form);
  }
}
