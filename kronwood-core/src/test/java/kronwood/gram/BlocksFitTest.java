package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.DenseFeatures;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.testing.Entities;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksFitTest {
  private static final GramOptions PLAIN = new GramOptions(false, 0, 1e-10);

  private static FactorFit fit(int[] training, GramOptions options, Block... blocks) {
    return FactorFit.of(Problems.table("t", new Blocks(List.of(blocks))), training, options);
  }

  private static Block features(FeatureKernel kernel, double weight, Features features) {
    return new Block.OfFeatures("features", weight, kernel, features);
  }

  private static FactorFit ofKernel(FeatureKernel kernel, int entities, float... values) {
    Features features = DenseFeatures.of(entities, values.length / entities, values);
    return fit(Problems.range(0, entities), PLAIN, features(kernel, 1, features));
  }

  @Test
  void anIdentityAddsItsWeightToEachEntityWithItself() {
    Similarities given = Similarities.square(2, new float[] {2, 1, 1, 2});
    FactorFit fit =
        fit(
            new int[] {0, 1},
            PLAIN,
            new Block.OfSimilarities("s", 1, given),
            Block.OfIdentity.among(2, 0.5));
    // (S / 2 + I / 2) / 1.5
    assertEquals(1, fit.table().inner(0, 0), 1e-6);
    assertEquals(1 / 3.0, fit.table().inner(0, 1), 1e-6);
  }

  @Test
  void similaritiesOfDifferentUnitsAreWeightedAlike() {
    Similarities small = Similarities.square(2, new float[] {1, 0.5f, 0.5f, 1});
    Similarities large = Similarities.square(2, new float[] {100, -30, -30, 100});
    FactorFit fit =
        fit(
            new int[] {0, 1},
            PLAIN,
            new Block.OfSimilarities("small", 3, small),
            new Block.OfSimilarities("large", 1, large));
    assertEquals((3 * 0.5 - 0.3) / 4, fit.table().inner(0, 1), 1e-6);
  }

  @Test
  void cosineIsTheProductOfDirections() {
    FactorFit fit = ofKernel(FeatureKernel.COSINE, 3, 3, 4, 10, 0, -6, -8);
    assertEquals(0.6, fit.table().inner(0, 1), 1e-9);
    assertEquals(-1, fit.table().inner(0, 2), 1e-9);
    assertEquals(1, fit.table().inner(1, 1), 1e-9);
  }

  @Test
  void tanimotoIsTheSumOfMinimaOverTheSumOfMaxima() {
    FactorFit fit = ofKernel(FeatureKernel.TANIMOTO, 3, 1, 2, 0, 2, 1, 1, 0, 0, 0);
    assertEquals(2 / 5.0, fit.table().inner(0, 1), 1e-9);
    assertEquals(0, fit.table().inner(0, 2), 1e-9);
    assertEquals(1, fit.table().inner(2, 2), 1e-9);
  }

  @Test
  void gaussianHasTheMedianDistanceAsItsWidth() {
    // Distances 1, 2 and 3: h = √((4 + 4) / 2) = 2 as squares 1, 4, 9 have the median 4.
    FactorFit fit = ofKernel(FeatureKernel.GAUSSIAN, 3, 100, 101, 103);
    assertEquals(Math.exp(-1 / 8.0), fit.table().inner(0, 1), 1e-9);
    assertEquals(Math.exp(-9 / 8.0), fit.table().inner(0, 2), 1e-9);
    BlocksMap map = assertInstanceOf(BlocksMap.class, fit.map());
    assertEquals(2, ((FeatureBlockMap) map.blocks().getFirst()).bandwidth(), 1e-12);
  }

  @Test
  void aGaussianOfHalfTheWidthHasHalfTheMedianDistance() {
    FactorFit fit = ofKernel(FeatureKernel.gaussian(0.5), 3, 100, 101, 103);
    assertEquals(Math.exp(-1 / 2.0), fit.table().inner(0, 1), 1e-9);
    assertEquals(Math.exp(-9 / 2.0), fit.table().inner(0, 2), 1e-9);
    BlocksMap map = assertInstanceOf(BlocksMap.class, fit.map());
    assertEquals(1, ((FeatureBlockMap) map.blocks().getFirst()).bandwidth(), 1e-12);
  }

  @TestFactory
  Stream<DynamicTest> linearFeaturesAloneAreThoseOfATableOfFeatures() {
    return Seeds.runs(
        5,
        random -> {
          Features features = Problems.denseFeatures(random, 9, 1 + random.nextInt(20));
          int[] training = {0, 1, 3, 4, 6, 7};
          GramOptions options = new GramOptions(random.nextBoolean(), random.nextInt(2), 1e-10);
          FactorTable alone =
              fit(training, options, features(FeatureKernel.LINEAR, 2.5, features)).table();
          FactorTable plain =
              FactorFit.of(Problems.table("t", features), training, options).table();
          for (int a : training) {
            for (int b = 0; b < 9; b++) {
              assertEquals(plain.inner(a, b), alone.inner(a, b), 1e-8);
            }
          }
        });
  }

  private static double kernel(FeatureKernel kernel, double[] x, double[] y, double bandwidth) {
    double product = 0;
    double xx = 0;
    double yy = 0;
    double low = 0;
    double high = 0;
    for (int c = 0; c < x.length; c++) {
      product += x[c] * y[c];
      xx += x[c] * x[c];
      yy += y[c] * y[c];
      low += Math.min(x[c], y[c]);
      high += Math.max(x[c], y[c]);
    }
    return switch (kernel.kind()) {
      case LINEAR -> product;
      case COSINE -> product / Math.sqrt(xx * yy);
      case TANIMOTO -> low / high;
      case GAUSSIAN -> Math.exp(-(xx + yy - 2 * product) / (2 * bandwidth * bandwidth));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "cosine", "tanimoto", "gaussian", "gaussian:0.5"})
  void theSumIsClippedCentredAndScaledAsOneMatrix(String key) {
    FeatureKernel kernel = FeatureKernel.of(key);
    Random random = new Random(3);
    int n = 8;
    int columns = 5;
    float[] values = Problems.gaussianFloats(random, n * columns);
    double[][] x = new double[n][columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
      x[i / columns][i % columns] = values[i];
    }
    Similarities given = Problems.indefiniteSimilarities(random, n);
    FactorFit fit =
        fit(
            Problems.range(0, n),
            new GramOptions(true, 1, 1e-10),
            features(kernel, 0.7, DenseFeatures.of(n, columns, values)),
            new Block.OfSimilarities("s", 1.5, given),
            Block.OfIdentity.among(n, 0.3));
    FeatureBlockMap map = (FeatureBlockMap) ((BlocksMap) fit.map()).blocks().getFirst();
    double[][] centred = x;
    if (kernel.equals(FeatureKernel.LINEAR)) {
      centred = new double[n][columns];
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < columns; c++) {
          centred[i][c] = x[i][c] - map.centre()[c];
        }
      }
    }
    double mean = 0;
    for (double[] row : centred) {
      mean += kernel(kernel, row, row, map.bandwidth()) / n;
    }
    double[] sum = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double value = kernel(kernel, centred[i], centred[j], map.bandwidth());
        sum[i * n + j] = 0.7 * value / mean + 1.5 * given.value(i, j) + (i == j ? 0.3 : 0);
      }
    }
    float[] narrow = new float[n * n];
    for (int i = 0; i < sum.length; i++) {
      narrow[i] = (float) sum[i];
    }
    double[] expected =
        NaiveGram.ofSimilarities(
            Similarities.square(n, narrow), Problems.range(0, n), new GramOptions(true, 1, 1e-10));
    NaiveGram.assertInnerProducts(expected, fit.table(), Problems.range(0, n), 2e-6);
  }

  private static List<Block> allKinds(Random random, int entities) {
    List<Block> blocks = new ArrayList<>();
    for (FeatureKernel kernel : Entities.kernels()) {
      float[] values = Problems.gaussianFloats(random, 6 * entities);
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.abs(values[i]);
      }
      blocks.add(features(kernel, 1 + random.nextDouble(), DenseFeatures.of(entities, 6, values)));
    }
    blocks.add(features(FeatureKernel.COSINE, 1, Problems.sparseFeatures(random, entities, 9, .4)));
    blocks.add(
        new Block.OfSimilarities("s", 0.5, Problems.indefiniteSimilarities(random, entities)));
    return blocks;
  }

  @Test
  void aKnownEntityGivenAsNewGetsItsCoordinates() {
    List<Block> blocks = allKinds(new Random(4), 15);
    int[] training = {0, 2, 3, 4, 7, 8, 11, 12, 14};
    FactorFit fit = fit(training, GramOptions.DEFAULT, blocks.toArray(Block[]::new));
    for (int entity = 0; entity < 15; entity++) {
      List<Block> given = new ArrayList<>();
      for (Block block : new Blocks(blocks).select(new int[] {entity}).blocks()) {
        given.add(
            block instanceof Block.OfSimilarities s
                ? new Block.OfSimilarities(s.name(), 1, s.similarities().selectColumns(training))
                : block);
      }
      FactorTable embedded = fit.map().embedAll(new Blocks(given));
      for (int c = 0; c < fit.table().rank(); c++) {
        assertEquals(fit.table().coordinate(entity, c), embedded.coordinate(0, c), 1e-9);
      }
    }
  }

  @Test
  void aNewEntityHasAllButTheIdentity() {
    Random random = new Random(5);
    int n = 7;
    Features features = Problems.denseFeatures(random, n, 4);
    Block block = features(FeatureKernel.LINEAR, 1, features);
    FactorFit fit = fit(Problems.range(0, n), PLAIN, block, Block.OfIdentity.among(n, 0.5));
    Block stranger = new Block.OfIdentity(0.5, n, new int[] {-1});
    FactorTable embedded =
        fit.map().embedAll(new Blocks(List.of(block.select(new int[] {3}), stranger)));
    double[] known = new double[embedded.rank()];
    double[] found = new double[embedded.rank()];
    for (int c = 0; c < known.length; c++) {
      known[c] = fit.table().coordinate(3, c);
      found[c] = embedded.coordinate(0, c);
    }
    FactorTable both =
        FactorTable.of(1, known.length, known).append(FactorTable.of(1, known.length, found));
    for (int j = 0; j < n; j++) {
      FactorTable all = fit.table().append(both);
      double same = j == 3 ? 0.5 / 1.5 : 0;
      assertEquals(all.inner(n, j) - same, all.inner(n + 1, j), 1e-9, "towards " + j);
    }
  }

  @Test
  void entitiesOutsideTheTrainingDoNotChangeTheFit() {
    List<Block> blocks = allKinds(new Random(6), 12);
    blocks.add(Block.OfIdentity.among(12, 0.2));
    int[] training = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    int[] shuffled = {0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 9, 10};
    List<Block> others = new ArrayList<>();
    for (Block block : new Blocks(blocks).select(shuffled).blocks()) {
      others.add(
          switch (block) {
            case Block.OfSimilarities s ->
                new Block.OfSimilarities(
                    s.name(), s.weight(), s.similarities().selectColumns(shuffled));
            case Block.OfIdentity s -> Block.OfIdentity.among(12, s.weight());
            default -> block;
          });
    }
    FactorFit before = fit(training, GramOptions.DEFAULT, blocks.toArray(Block[]::new));
    FactorFit after = fit(training, GramOptions.DEFAULT, others.toArray(Block[]::new));
    BlocksMap first = (BlocksMap) before.map();
    BlocksMap second = (BlocksMap) after.map();
    assertArrayEquals(first.projection().map(), second.projection().map());
    assertArrayEquals(first.projection().offset(), second.projection().offset());
    for (int b = 0; b < blocks.size(); b++) {
      assertEquals(first.blocks().get(b).scale(), second.blocks().get(b).scale());
    }
    for (int e : training) {
      for (int c = 0; c < before.table().rank(); c++) {
        assertEquals(before.table().coordinate(e, c), after.table().coordinate(e, c));
      }
    }
    assertEquals(before.table().coordinate(11, 0), after.table().coordinate(9, 0), 1e-12);
  }

  @Test
  void featuresThatAreAllTheSameCountForNothing() {
    float[] same = new float[10];
    Arrays.fill(same, 0.1f);
    Block constant = features(FeatureKernel.LINEAR, 5, DenseFeatures.of(5, 2, same));
    Block varied = features(FeatureKernel.LINEAR, 1, Problems.denseFeatures(new Random(7), 5, 3));
    int[] all = Problems.range(0, 5);
    FactorTable with = fit(all, GramOptions.DEFAULT, constant, varied).table();
    FactorTable without = fit(all, GramOptions.DEFAULT, varied).table();
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        assertEquals(without.inner(a, b), with.inner(a, b), 1e-12);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Block negative =
        features(FeatureKernel.TANIMOTO, 1, DenseFeatures.of(2, 2, new float[] {1, 2, 3, -4}));
    assertRefused(
        () -> fit(new int[] {0, 1}, PLAIN, negative), "tanimoto", "-4", "column 2", "entity 2");
    FactorFit fit = ofKernel(FeatureKernel.COSINE, 2, 1, 2, 3, 4);
    Block wide = features(FeatureKernel.COSINE, 1, DenseFeatures.of(1, 3, new float[3]));
    assertRefused(() -> fit.map().embedAll(new Blocks(List.of(wide))), "3 columns", "of 2");
    assertRefused(
        () -> fit.map().embedAll(new Blocks(List.of(wide, wide))), "2 blocks", "1 blocks");
    assertRefused(
        () -> fit.map().embedAll(DenseFeatures.of(1, 2, new float[2])), "2 features", "1 blocks");
    Block oblong = new Block.OfSimilarities("s", 1, Similarities.to(3, 2, new float[6]));
    assertRefused(
        () -> BlocksFit.of(new Blocks(List.of(oblong)), new int[] {0, 1}, 9, PLAIN),
        "'s' is 2 × 3",
        "square");
  }
}
