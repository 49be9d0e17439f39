package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.math.NormalNumbers;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format version 8 ({@link ModelFileGoldenEntries}) is read for ever. */
class ModelFileGoldenEntriesTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V8_ENTRIES.copyTo(folder);
  }

  @Test
  void itsVersionIsEight() throws IOException {
    assertEquals("8", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
  }

  /** The prediction for pre-activations of the two neurons, shift ¼. */
  private static double predicted(double first, double second) {
    double f = Math.max(0, first - 0.25) - Math.max(0, second - 0.25);
    return 1 + 2 * f / Math.sqrt(2);
  }

  /**
   * Numbers of an input are ½ of one's own, ¼ shared, ¾ of c, which is not trained on: so (a, p) is
   * ¼ · (cell a p) + ⅛ · (row a) + ⅛ · (row p) + 1/16 · (row of all).
   */
  private static double[] expected() {
    // Cell (b, q), which is not there, has index 2 · 3 + 2.
    double made = NormalNumbers.of(7, 8) / 4;
    double other = NormalNumbers.of(7, 5) / 4;
    return new double[] {
      predicted(1 + 0.25 + 0.125 + 0.03125, 0.0625 - 0.125 - 0.03125),
      predicted(other + 0.25 + 0.03125, other - 0.125 + 0.125 - 0.03125),
      predicted(made - 0.125 + 0.03125, made + 0.125 + 0.125 - 0.03125),
      predicted(0.375 + 0.09375, -0.09375)
    };
  }

  @Test
  void itPredictsPairsTrainedOnOthersAndThoseOfNewEntities() throws IOException {
    Model model = ModelFile.load(file);
    int[] pairs = {0, 0, 0, 1, 1, 1, 2, 0};
    assertArrayEquals(expected(), model.predictor(1).predict(EntityTuples.of(2, pairs)), 1e-12);
    assertArrayEquals(
        new double[] {expected()[0], expected()[1]},
        model.predictor(1).given(1, 0, 0).predict(new int[] {0, 1}),
        0);
  }

  @Test
  void anIdThatIsGivenAnewIsTheEntityTrainedOnOrAsOneThatIsNot() throws IOException {
    Model model = ModelFile.load(file);
    Predictor predictor =
        model.predictor(
            List.of(
                model.tables().getFirst().newEntities(EntityIds.of(List.of("a", "z")), List.of())),
            1);
    int[] pairs = {predictor.indexOf(0, "a"), 0, predictor.indexOf(0, "z"), 0};
    assertArrayEquals(
        new double[] {expected()[0], expected()[3]},
        predictor.predict(EntityTuples.of(2, pairs)),
        1e-12);
  }
}
