package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.EntityTuples;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.Predictions;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format version 9 ({@link ModelFileGoldenSpread}) is read for ever. */
class ModelFileGoldenSpreadTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V9_SPREAD.copyTo(folder);
  }

  @Test
  void itsVersionIsNine() throws IOException {
    assertEquals("9", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
  }

  @Test
  void itsCalibrationsAreRead() throws IOException {
    Model model = ModelFile.load(file);
    assertEquals(List.of(new SpreadCalibration(4, 0.5)), model.calibration(0));
    assertEquals(List.of(new SpreadCalibration(2, 2)), model.calibration(1));
    assertEquals(List.of(new SpreadCalibration(2, 1)), model.calibration(2));
    assertEquals(List.of(new SpreadCalibration(3, 0.25)), model.calibration(3));
  }

  /**
   * By hand: members' outputs f before offset ½ and scale 2, and sd² from the variance s² between
   * the two.
   *
   * <pre>
   *   (a, p)   z = (2, −¼)    right new   f = (−1/16, −½)     s² = 0.3828125   sd² = 2 s² + 1
   *   (a, q)   z = (−4, ½)    none new    f = (0, −¼)         s² = ⅛           sd² = 4 s² + ½
   *   (b, p)   z = (0, −⅜)    both new    f = (0, 0)          s² = 0           sd² = 3 s² + ¼
   *   (b, q)   z = (0, ¾)     left new    f = (⅞, ⅝)          s² = ⅛           sd² = 2 s² + 2
   * </pre>
   */
  @Test
  void eachPairHasTheDeviationOfItsSetting() throws IOException {
    Predictor predictor = ModelFile.load(file).predictor(1);
    int[] pairs = {0, 0, 0, 1, 1, 0, 1, 1};
    double[] values = {-0.0625, 0.25, 0.5, 2};
    double[] deviations = {Math.sqrt(1.765625), 1, 0.5, 1.5};
    Predictions found = predictor.predictWithDeviations(EntityTuples.of(2, pairs));
    assertArrayEquals(values, found.values(), 1e-6);
    assertArrayEquals(deviations, found.deviations(), 1e-6);
    for (int i = 0; i < values.length; i++) {
      int[] pair = {pairs[2 * i], pairs[2 * i + 1]};
      for (int free = 0; free < 2; free++) {
        Predictions given =
            predictor.given(free, pair).predictWithDeviations(new int[] {pair[free]});
        assertEquals(values[i], given.values()[0], 1e-6);
        assertEquals(deviations[i], given.deviations()[0], 1e-6);
      }
    }
  }
}
