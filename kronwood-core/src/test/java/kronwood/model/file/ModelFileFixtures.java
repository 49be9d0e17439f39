package kronwood.model.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kronwood.data.Attributes;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.data.SparseFeatures;
import kronwood.encode.EncoderState;
import kronwood.gram.BlockMap;
import kronwood.gram.BlocksMap;
import kronwood.gram.ComponentMap;
import kronwood.gram.DirectFeatureMap;
import kronwood.gram.EncodedBlockMap;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorMap;
import kronwood.gram.FeatureBlockMap;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityMap;
import kronwood.gram.PivotFeatureMap;
import kronwood.gram.ProfileBlockMap;
import kronwood.gram.SimilarityMap;
import kronwood.loss.Loss;
import kronwood.loss.Task;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.network.EntryWeights;
import kronwood.testing.Problems;
import org.jspecify.annotations.Nullable;

/** Models of every kind, and what it takes for two to be the same. */
public final class ModelFileFixtures {
  /** Kinds of tables, as a model file distinguishes them. */
  enum Kind {
    DIRECT,
    PIVOT_DENSE,
    PIVOT_SPARSE,
    SIMILARITY;

    Attributes attributes(Random random, int entities) {
      return switch (this) {
        case DIRECT -> Problems.denseFeatures(random, entities, entities / 2);
        case PIVOT_DENSE -> Problems.denseFeatures(random, entities, 2 * entities);
        case PIVOT_SPARSE -> Problems.sparseFeatures(random, entities, 3 * entities, 0.4);
        case SIMILARITY -> Problems.similarities(random, entities, 3);
      };
    }

    Class<? extends FactorMap> map() {
      return switch (this) {
        case DIRECT -> DirectFeatureMap.class;
        case PIVOT_DENSE, PIVOT_SPARSE -> PivotFeatureMap.class;
        case SIMILARITY -> SimilarityMap.class;
      };
    }
  }

  private ModelFileFixtures() {}

  /** A table of entities whose ids are anything but plain. */
  static EntityTable entities(Random random, String name, Kind kind, int entities) {
    String[] odd = {"", "é", "試料", "🧬", "a,b;\"c\"", "line\nbreak", " ", "\u0000", "e\u0301"};
    List<String> ids = new ArrayList<>();
    for (int e = 0; e < entities; e++) {
      ids.add(odd[e % odd.length] + e);
    }
    return EntityTable.of(name, EntityIds.of(ids), kind.attributes(random, entities));
  }

  static ModelTable table(Random random, String name, Kind kind, int entities) {
    EntityTable table = entities(random, name, kind, entities);
    FactorFit fit = FactorFit.of(table, Problems.range(0, entities - 1), GramOptions.DEFAULT);
    assertInstanceOf(kind.map(), fit.map());
    return ModelTable.of(table, fit);
  }

  /** Entities that the model does not know. */
  static EntityTable strangers(Random random, ModelTable table, int entities) {
    int columns = table.columns().size();
    Attributes attributes =
        table.takesSimilarities()
            ? Similarities.to(
                columns, entities, Problems.gaussianFloats(random, entities * columns))
            : Problems.denseFeatures(random, entities, columns);
    List<String> ids = new ArrayList<>();
    for (int e = 0; e < entities; e++) {
      ids.add("stranger " + e);
    }
    return new EntityTable(table.name(), EntityIds.of(ids), table.columns(), attributes);
  }

  static ModelTarget target(Random random, Loss loss, int outputs) {
    List<String> names = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    double[] offset = new double[outputs];
    double[] scale = new double[outputs];
    Arrays.fill(scale, 1);
    if (loss.task() == Task.REGRESSION) {
      for (int c = 0; c < outputs; c++) {
        names.add("target ü" + c);
        offset[c] = random.nextGaussian();
        scale[c] = 1 + random.nextDouble();
      }
    } else {
      names.add("class");
      for (int c = 0; c < Math.max(2, outputs); c++) {
        classes.add("class \"" + c + "\"");
      }
    }
    return new ModelTarget(loss, names, classes, offset, scale);
  }

  static Model model(
      Random random, List<ModelTable> tables, int neurons, ModelTarget target, int... tableOfMode) {
    List<String> names = new ArrayList<>();
    int dimension = 1;
    for (int table : tableOfMode) {
      names.add("mode " + names.size() + " of " + tables.get(table).name());
      dimension *= tables.get(table).map().rank();
    }
    float[][] weights = new float[neurons][];
    for (int r = 0; r < neurons; r++) {
      weights[r] = Problems.gaussianFloats(random, dimension);
    }
    int outputs = target.offset().length;
    float[] output = Problems.gaussianFloats(random, outputs * neurons);
    ModelNetwork network = new ModelNetwork(0.1 + random.nextDouble(), weights, output);
    return new Model(names, tableOfMode, tables, network, target, provenance());
  }

  /** One table, few bytes. */
  public static Model tiny() {
    Random random = new Random(1);
    ModelTable table = table(random, "item", Kind.DIRECT, 4);
    return model(random, List.of(table), 2, target(random, Loss.of("squared"), 1), 0);
  }

  private static Provenance provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", "1");
    facts.put("a \"fact\"", "é\n\\");
    facts.put("data", "0".repeat(64));
    Map<String, Double> train = new LinkedHashMap<>();
    train.put("mse", 1 / 3.0);
    train.put("auc", Double.NaN);
    Map<String, Double> test = new LinkedHashMap<>();
    test.put("mse", Double.POSITIVE_INFINITY);
    test.put("r2", Double.NEGATIVE_INFINITY);
    test.put("ci", -0.0);
    test.put("mae", 2.0);
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    metrics.put("train", train);
    metrics.put("test", test);
    metrics.put("validation", Map.of());
    return new Provenance(facts, metrics);
  }

  /** Predictions for random tuples of known entities and of strangers. */
  static double[] predictions(Model model) {
    Random random = new Random(7);
    List<EntityTable> strangers = new ArrayList<>();
    for (ModelTable table : model.tables()) {
      strangers.add(strangers(random, table, 3));
    }
    int[] sizes = new int[model.tableOfMode().length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = model.table(k).ids().size() + 3;
    }
    EntityTuples tuples = Problems.tuples(random, 50, sizes);
    return model.predictor(strangers, 2).predict(tuples);
  }

  public static void assertSame(Model expected, Model found) {
    assertEquals(expected.modeNames(), found.modeNames());
    assertArrayEquals(expected.tableOfMode(), found.tableOfMode());
    assertEquals(expected.tables().size(), found.tables().size());
    for (int t = 0; t < expected.tables().size(); t++) {
      assertSame(expected.tables().get(t), found.tables().get(t));
    }
    assertEquals(expected.network().shift(), found.network().shift());
    assertArrayEquals(expected.network().weights(), found.network().weights());
    assertArrayEquals(expected.network().output(), found.network().output());
    assertArrayEquals(expected.network().linear(), found.network().linear());
    assertEquals(expected.network().members(), found.network().members());
    assertSame(expected.network().entries(), found.network().entries());
    assertEquals(expected.target().calibration(), found.target().calibration());
    assertEquals(expected.target().loss(), found.target().loss());
    assertEquals(expected.target().names(), found.target().names());
    assertEquals(expected.target().classes(), found.target().classes());
    assertArrayEquals(expected.target().offset(), found.target().offset());
    assertArrayEquals(expected.target().scale(), found.target().scale());
    assertEquals(expected.others() == null, found.others() == null);
    if (expected.others() != null && found.others() != null) {
      assertSame(expected.others(), found.others());
    }
    // As texts, because the order counts.
    assertEquals(expected.provenance().toString(), found.provenance().toString());
  }

  private static void assertSame(@Nullable EntryWeights expected, @Nullable EntryWeights found) {
    assertEquals(expected == null, found == null);
    if (expected == null || found == null) {
      return;
    }
    assertArrayEquals(expected.seeds(), found.seeds());
    assertArrayEquals(expected.indices(), found.indices());
    float[] wanted = new float[expected.neurons()];
    float[] read = new float[expected.neurons()];
    for (int entry = 0; entry < expected.size(); entry++) {
      expected.copy(entry, wanted);
      found.copy(entry, read);
      assertArrayEquals(wanted, read);
    }
  }

  private static void assertSame(ModelTable expected, ModelTable found) {
    assertEquals(expected.name(), found.name());
    assertEquals(expected.ids().asList(), found.ids().asList());
    assertEquals(expected.columns(), found.columns());
    assertArrayEquals(expected.coordinates(), found.coordinates());
    assertArrayEquals(expected.training(), found.training());
    assertSame(expected.map(), found.map());
  }

  private static void assertSame(FactorMap expected, FactorMap anyFound) {
    switch (expected) {
      case DirectFeatureMap map -> {
        DirectFeatureMap other = assertInstanceOf(DirectFeatureMap.class, anyFound);
        assertArrayEquals(map.mean(), other.mean());
        assertArrayEquals(map.kept(), other.kept());
        assertEquals(map.scale(), other.scale());
        assertEquals(map.constant(), other.constant());
      }
      case PivotFeatureMap map -> {
        PivotFeatureMap other = assertInstanceOf(PivotFeatureMap.class, anyFound);
        assertSame(map.pivots(), other.pivots());
        assertArrayEquals(map.mean(), other.mean());
        assertArrayEquals(map.lower(), other.lower());
        assertEquals(map.scale(), other.scale());
        assertEquals(map.constant(), other.constant());
      }
      case SimilarityMap map -> {
        SimilarityMap other = assertInstanceOf(SimilarityMap.class, anyFound);
        assertEquals(map.columns(), other.columns());
        assertArrayEquals(map.map(), other.map());
        assertArrayEquals(map.offset(), other.offset());
        assertEquals(map.constant(), other.constant());
      }
      case BlocksMap map -> {
        BlocksMap other = assertInstanceOf(BlocksMap.class, anyFound);
        assertEquals(map.blocks().size(), other.blocks().size());
        for (int b = 0; b < map.blocks().size(); b++) {
          assertSame(map.blocks().get(b), other.blocks().get(b));
        }
        assertSame((FactorMap) map.projection(), other.projection());
      }
      case ComponentMap map -> {
        ComponentMap other = assertInstanceOf(ComponentMap.class, anyFound);
        assertSame(map.base(), other.base());
        assertEquals(map.components(), other.components());
        assertArrayEquals(map.matrix(), other.matrix());
        assertEquals(map.constant(), other.constant());
      }
      case IdentityMap map -> assertEquals(map, anyFound);
    }
  }

  private static void assertSame(BlockMap expected, BlockMap found) {
    if (expected instanceof FeatureBlockMap map) {
      FeatureBlockMap other = assertInstanceOf(FeatureBlockMap.class, found);
      assertEquals(map.name(), other.name());
      assertEquals(map.weight(), other.weight());
      assertEquals(map.scale(), other.scale());
      assertEquals(map.kernel(), other.kernel());
      assertEquals(map.bandwidth(), other.bandwidth());
      assertArrayEquals(map.centre(), other.centre());
      assertSame(map.references(), other.references());
    } else if (expected instanceof ProfileBlockMap map) {
      ProfileBlockMap other = assertInstanceOf(ProfileBlockMap.class, found);
      assertSame((BlockMap) map.features(), other.features());
    } else if (expected instanceof EncodedBlockMap map) {
      EncodedBlockMap other = assertInstanceOf(EncodedBlockMap.class, found);
      assertSame((BlockMap) map.features(), other.features());
      EncoderState state = map.encoder().state();
      EncoderState otherState = other.encoder().state();
      assertEquals(state.type(), otherState.type());
      assertEquals(state.settings(), otherState.settings());
      assertEquals(state.terms(), otherState.terms());
      assertArrayEquals(state.numbers(), otherState.numbers());
    } else {
      assertEquals(expected, found);
    }
  }

  private static void assertSame(Features expected, Features found) {
    assertEquals(expected.columns(), found.columns());
    switch (expected) {
      case DenseFeatures dense ->
          assertArrayEquals(
              dense.toArray(), assertInstanceOf(DenseFeatures.class, found).toArray());
      case SparseFeatures sparse -> {
        SparseFeatures other = assertInstanceOf(SparseFeatures.class, found);
        assertArrayEquals(sparse.rowStarts(), other.rowStarts());
        assertArrayEquals(sparse.storedColumns(), other.storedColumns());
        assertArrayEquals(sparse.stored(), other.stored());
      }
    }
  }
}
