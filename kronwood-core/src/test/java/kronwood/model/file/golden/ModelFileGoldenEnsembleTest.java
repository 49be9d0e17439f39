package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import kronwood.data.EntityTuples;
import kronwood.model.Predictions;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of format version 3 with an ensemble ({@link ModelFileGoldenEnsemble}) is read for ever.
 */
class ModelFileGoldenEnsembleTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V3_ENSEMBLE.copyTo(folder);
  }

  /**
   * By hand, of a = (1, 2) with shift ½: the first member's neurons have z 1 and 2, so its output
   * is (0.5 − 1.5) / √2 + 0.5; the second's 3 and −2, (2.5 + 0) / √2 − 2.
   */
  @Test
  void itPredictsByHand() throws IOException {
    Predictor predictor = ModelFile.load(file).predictor(1);
    double first = 10 + 2 * (-1 / Math.sqrt(2) + 0.5);
    double second = 11 + 4 * (2.5 / Math.sqrt(2) - 2);
    double half = (second - first) / 2;
    Predictions found =
        predictor.predictWithDeviations(EntityTuples.of(1, new int[] {predictor.indexOf(0, "a")}));
    assertEquals((first + second) / 2, found.values()[0], 1e-6);
    // The variance of two numbers, (±half)² · 2 / (2 − 1).
    assertEquals(Math.sqrt(1.5 * 2 * half * half + 0.25), found.deviations()[0], 1e-6);
    Predictions given = predictor.given(0, 0).predictWithDeviations(new int[] {0});
    assertEquals(found.values()[0], given.values()[0], 1e-12);
    assertEquals(found.deviations()[0], given.deviations()[0], 1e-12);
  }
}
