package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Entities;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who is given to a model as a new entity is predicted as if the model had always known it: for
 * every kind of attributes, every encoder and every kernel, for entities that training named and
 * others, from memory and from a file.
 */
class NewEntitiesTest {
  private static final int LEFT = 14;
  private static final int RIGHT = 10;
  private static final int SEEN = LEFT - Pairs.UNSEEN;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> aNewEntityIsPredictedAsIfItWereKnown() {
    Random random = new Random(3);
    Entities left = Entities.of(random, LEFT);
    Map<String, Attributes> kinds = new LinkedHashMap<>();
    kinds.put("plain features", left.few());
    kinds.put("plain features, more than entities", left.many());
    kinds.put("plain similarities", left.similarities());
    left.blocks().forEach((name, block) -> kinds.put(name, new Blocks(List.of(block))));
    kinds.put("all blocks", new Blocks(List.copyOf(left.blocks().values())));
    return kinds.entrySet().stream()
        .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> check(kind.getValue())));
  }

  private void check(Attributes attributes) throws IOException {
    Random random = new Random(8);
    Pairs pairs =
        Pairs.of(
            random,
            Problems.table("left", attributes),
            Problems.table("right", Problems.denseFeatures(random, RIGHT, 3)),
            Problems.realTargets(random, 60, 1));
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            new SquaredLoss(),
            new NetworkOptions(24, 0.4, true, false, 5),
            TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0, EngineChoice.AUTO, 1),
            1e9);
    Model model =
        ModelTraining.fit(pairs.data(), pairs.split(), options, TrainingListener.NONE).model();
    ModelFile.save(model, folder.resolve("m.kron"));
    for (Model one : List.of(model, ModelFile.load(folder.resolve("m.kron")))) {
      int[] every = Problems.range(0, LEFT);
      EntityIds ids = EntityIds.of(IntStream.of(every).mapToObj(e -> "new" + e).toList());
      EntityTable given = one.tables().getFirst().newEntities(ids, given(attributes, every));
      Predictor predictor = one.predictor(List.of(given), 1);
      double[] known = predictions(predictor, "left");
      double[] asNew = predictions(predictor, "new");
      for (int i = 0; i < known.length; i++) {
        assertEquals(known[i], asNew[i], 1e-5, "entity " + i / RIGHT);
      }
      assertNotEquals(known[0], known[RIGHT], "predictions do depend on the entity");
      assertTrue(known.length == LEFT * RIGHT);
    }
  }

  /** What the listed entities bring: of similarities, those to the entities that training named. */
  private static List<Block> given(Attributes attributes, int[] entities) {
    return switch (attributes) {
      case Features features ->
          List.of(
              new Block.OfFeatures("features", 1, FeatureKernel.LINEAR, features.select(entities)));
      case Similarities similarities ->
          List.of(new Block.OfSimilarities("s", 1, toSeen(similarities, entities)));
      case Blocks blocks -> {
        List<Block> given = new ArrayList<>();
        for (Block block : blocks.blocks()) {
          given.add(
              block instanceof Block.OfSimilarities of
                  ? new Block.OfSimilarities("s", 1, toSeen(of.similarities(), entities))
                  : block.select(entities));
        }
        yield given;
      }
    };
  }

  private static Similarities toSeen(Similarities similarities, int[] entities) {
    return similarities.select(entities).selectColumns(Problems.range(0, SEEN));
  }

  private static double[] predictions(Predictor predictor, String name) {
    int[] tuples = new int[2 * LEFT * RIGHT];
    for (int i = 0; i < LEFT * RIGHT; i++) {
      tuples[2 * i] = predictor.indexOf(0, name + i / RIGHT);
      tuples[2 * i + 1] = predictor.indexOf(1, "right" + i % RIGHT);
    }
    return predictor.predict(EntityTuples.of(2, tuples));
  }
}
