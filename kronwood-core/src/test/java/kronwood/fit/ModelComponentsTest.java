package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that see principal components of their entities. */
class ModelComponentsTest {
  @TempDir Path folder;
  private final Random random = new Random(12);

  private static ModelOptions options(Map<String, Integer> components) {
    return new ModelOptions(
        new GramOptions(true, 1, 1e-10, components),
        new SquaredLoss(),
        new NetworkOptions(24, 0.4, true, false, 5),
        TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0, EngineChoice.EAGER, 1),
        1e9);
  }

  private static Model fit(Pairs pairs, Map<String, Integer> components) {
    return ModelTraining.fit(
            pairs.data(), pairs.split(), options(components), TrainingListener.NONE)
        .model();
  }

  private static double predict(Predictor predictor, String left, String right) {
    int[] tuple = {predictor.indexOf(0, left), predictor.indexOf(1, right)};
    return predictor.predict(EntityTuples.of(2, tuple))[0];
  }

  @Test
  void componentsTravelInTheModelFileAndApplyToNewEntities() throws IOException {
    Pairs pairs =
        Pairs.of(
            random, Problems.denseFeatures(random, 12, 6), Problems.similarities(random, 10, 6));
    Model model = fit(pairs, Map.of("left", 3, "right", 2));
    assertEquals(List.of(4, 3), model.tables().stream().map(t -> t.map().rank()).toList());
    assertEquals("3", model.provenance().facts().get("components of left"));
    Path file = folder.resolve("m.kron");
    ModelFile.save(model, file);
    assertEquals("3", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
    Model loaded = ModelFile.load(file);
    for (Model one : List.of(model, loaded)) {
      List<EntityTable> given =
          pairs.data().tables().stream().map(table -> Pairs.asNew(table, 1)).toList();
      Predictor predictor = one.predictor(given, 1);
      double known = predict(model.predictor(1), "left1", "right1");
      assertEquals(known, predict(one.predictor(1), "left1", "right1"));
      assertEquals(known, predict(predictor, "new0", "new0"), 1e-5);
    }
  }

  @Test
  void aTableThatIsNotThereHasNoComponents() {
    Pairs pairs =
        Pairs.of(
            random, Problems.denseFeatures(random, 12, 6), Problems.denseFeatures(random, 10, 6));
    String message =
        assertThrows(IllegalArgumentException.class, () -> fit(pairs, Map.of("up", 3)))
            .getMessage();
    assertTrue(message.contains("'up'") && message.contains("left, right"), message);
  }
}
