package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.SparseFeatures;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No kernel depends on the unit of the features: metres or nanometres, seconds or years. */
class FeatureScaleTest {
  private static final List<FeatureKernel> KERNELS =
      List.of(
          FeatureKernel.LINEAR,
          FeatureKernel.COSINE,
          FeatureKernel.TANIMOTO,
          FeatureKernel.GAUSSIAN,
          FeatureKernel.gaussian(0.5));

  private static final int ENTITIES = 14;
  private static final int COLUMNS = 5;
  private static final int TRAINING = 11;

  private static float[] scaled(float[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (factor * values[i]);
    }
    return scaled;
  }

  /** Features of which a third are zero, none is negative, and the largest are about 1. */
  private static float[] values(Random random) {
    float[] values = new float[ENTITIES * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
    }
    return values;
  }

  /** A block beside another one, whose scale stays: so a block that vanished would be seen. */
  private static Blocks blocks(FeatureKernel kernel, float[] values, boolean sparse) {
    int[] row = new int[ENTITIES + 1];
    int[] column = new int[ENTITIES * COLUMNS];
    for (int i = 0; i < column.length; i++) {
      column[i] = i % COLUMNS;
      row[i / COLUMNS + 1] = i + 1;
    }
    return new Blocks(
        List.of(
            new Block.OfFeatures(
                "scaled",
                2,
                kernel,
                sparse
                    ? SparseFeatures.of(COLUMNS, row, column, values)
                    : DenseFeatures.of(ENTITIES, COLUMNS, values)),
            new Block.OfFeatures(
                "beside",
                1,
                FeatureKernel.LINEAR,
                Problems.denseFeatures(new Random(3), ENTITIES, 3))));
  }

  private static double[] coordinates(
      Function<Blocks, FactorFit> fit, FeatureKernel kernel, float[] values, boolean sparse) {
    return fit.apply(blocks(kernel, values, sparse)).table().values();
  }

  private static EntityTable table(Blocks blocks) {
    List<String> ids = IntStream.range(0, ENTITIES).mapToObj(e -> "e" + e).toList();
    List<String> columns = IntStream.range(0, COLUMNS + 3).mapToObj(c -> "c" + c).toList();
    return new EntityTable("left", EntityIds.of(ids), columns, blocks);
  }

  private static FactorFit gram(Blocks blocks) {
    return FactorFit.of(table(blocks), Problems.range(0, TRAINING), GramOptions.DEFAULT);
  }

  private static FactorFit landmarks(Blocks blocks) {
    return LandmarkFit.of(blocks, Problems.range(0, TRAINING), 20, GramOptions.DEFAULT);
  }

  @TestFactory
  Stream<DynamicTest> powersOfTwoChangeNoBit() {
    return Seeds.runs(
        6,
        random -> {
          float[] values = values(random);
          for (FeatureKernel kernel : KERNELS) {
            for (boolean sparse : new boolean[] {false, true}) {
              for (Function<Blocks, FactorFit> fit :
                  List.<Function<Blocks, FactorFit>>of(
                      FeatureScaleTest::gram, FeatureScaleTest::landmarks)) {
                double[] expected = coordinates(fit, kernel, values, sparse);
                for (int power : new int[] {-40, -12, -1, 1, 10, 34, 40, 100}) {
                  assertArrayEquals(
                      expected,
                      coordinates(fit, kernel, scaled(values, Math.scalb(1.0, power)), sparse),
                      kernel.key() + " times 2^" + power);
                }
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> powersOfTenChangeInnerProductsByRounding() {
    return Seeds.runs(
        6,
        random -> {
          float[] values = values(random);
          for (FeatureKernel kernel : KERNELS) {
            double[] expected = products(kernel, values);
            for (int power = -12; power <= 12; power++) {
              // Single precision rounds the scaled features.
              assertArrayEquals(
                  expected,
                  products(kernel, scaled(values, Math.pow(10, power))),
                  2e-5,
                  kernel.key() + " times 10^" + power);
            }
          }
        });
  }

  private static double[] products(FeatureKernel kernel, float[] values) {
    FactorTable table = gram(blocks(kernel, values, false)).table();
    double[] products = new double[ENTITIES * ENTITIES];
    for (int a = 0; a < ENTITIES; a++) {
      for (int b = 0; b < ENTITIES; b++) {
        for (int c = 0; c < table.rank(); c++) {
          products[a * ENTITIES + b] += table.coordinate(a, c) * table.coordinate(b, c);
        }
      }
    }
    return products;
  }

  @Test
  void aColumnOfTimeStampsIsTold() {
    // Milliseconds since 1970 over some months; by hand: of the Gaussian all diagonals are 1, so
    // the scale of its block is its weight.
    float[] stamps = new float[8];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = 1.7e12f + i * 1e9f;
    }
    Blocks blocks =
        new Blocks(
            List.of(
                new Block.OfFeatures(
                    "when", 3, FeatureKernel.GAUSSIAN, DenseFeatures.of(8, 1, stamps))));
    BlocksFit fit =
        BlocksFit.of(blocks, Problems.range(0, 8), Integer.MAX_VALUE, GramOptions.DEFAULT);
    assertEquals(3, fit.map().blocks().getFirst().scale(), 1e-12);
  }

  @Test
  void gaussiansSoNarrowOrWideThatOnlyRoundingIsComparedAreRefused() {
    for (double width : new double[] {0, -1, 1e-300, 1e-7, 1e7, 1e300, Double.NaN}) {
      assertRefused(
          () -> FeatureKernel.gaussian(width), "width is " + width, "from 1.0E-6 to 1000000.0");
    }
    assertEquals("gaussian:1.0E-6", FeatureKernel.of("gaussian:1e-6").key());
  }

  @Test
  void entitiesThatAreAllAlikeHaveTheConstantAlsoWhereComponentsAreAskedFor() {
    EntityTable alike =
        EntityTable.of(
            "left",
            EntityIds.of(List.of("a", "b", "c")),
            DenseFeatures.of(3, 1, new float[] {5, 5, 5}));
    FactorFit fit =
        FactorFit.of(
            alike, Problems.range(0, 3), new GramOptions(true, 1, 1e-10, Map.of("left", 2)));
    assertEquals(1, fit.table().rank());
  }
}
