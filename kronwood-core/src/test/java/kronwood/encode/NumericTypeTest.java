package kronwood.encode;

import static kronwood.encode.EncoderCases.assertRestored;
import static kronwood.encode.EncoderCases.column;
import static kronwood.encode.EncoderCases.encode;
import static kronwood.encode.EncoderCases.encoding;
import static kronwood.encode.EncoderCases.fit;
import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kronwood.data.Cells;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericTypeTest {
  @Test
  void numbersAreScaledByMedianAndQuartiles() {
    Encoder encoder = fit(encoding("numeric"), column("5", "1", "4", "2", "3"));
    assertArrayEquals(new double[] {1, -1, 48.5}, encode(encoder, "5", "1", "100"), 1e-6);
    assertEquals("numeric", encoder.description());
  }

  @Test
  void aMissingNumberIsTheMedianAndSaysSo() {
    Encoder encoder = fit(encoding("numeric"), column("1", "3", "5", null, "7", "9"));
    assertArrayEquals(new double[] {1, 0, 0, 1}, encode(encoder, "9", ""), 1e-6);
    assertEquals("numeric, 1 with missing values", encoder.description());
  }

  @Test
  void severalColumnsOfNumbersComeBeforeTheirIndicators() {
    Cells cells = Cells.of(2, Arrays.asList("0", "true", "2", null, "4", "false"));
    Encoder encoder = fit(encoding("numeric"), cells);
    assertEquals(2, encoder.columns());
    // Quartiles of 0, 2, 4 are 1 and 3; of 0, 1 they are 0.25 and 0.75.
    assertArrayEquals(
        new double[] {-1, 1, 0, 0, 0, 1, 1, -1, 0}, Problems.toArray(encoder.encode(cells)), 1e-6);
  }

  @Test
  void aColumnThatDoesNotVaryIsZero() {
    Encoder constant = fit(encoding("numeric"), column("7", "7", "7"));
    assertArrayEquals(new double[] {0, 0}, encode(constant, "7", "8"));
    assertEquals("numeric, 1 constant", constant.description());
  }

  @Test
  void aColumnWithEqualQuartilesIsScaledByItsDeviation() {
    Encoder encoder = fit(encoding("numeric"), column("0", "0", "0", "0", "0", "0", "0", "8"));
    // Mean 1, variance (7 · 1 + 49) / 8 = 7.
    assertArrayEquals(new double[] {8 / Math.sqrt(7)}, encode(encoder, "8"), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1,5", "NaN", "1e39", "Infinity", "5d", "--1"})
  void whatIsNoNumberIsRefusedWithItsRow(String cell) {
    assertRefused(
        () -> fit(encoding("numeric"), column("1", cell)), "row 2", "'" + cell + "'", "finite");
    Encoder encoder = fit(encoding("numeric"), column("1", "2"));
    assertRefused(() -> encode(encoder, "1", "1", cell), "row 3", "'" + cell + "'");
  }

  @Test
  void itsStateIsMedianScaleAndIndicatorOfEachColumn() {
    Encoder encoder =
        fit(encoding("numeric"), Cells.of(2, Arrays.asList("5", "7", "1", null, "3", "7")));
    assertArrayEquals(new double[] {3, 2, 0, 7, 0, 1}, encoder.state().numbers());
    assertEquals("numeric, 1 with missing values, 1 constant", encoder.description());
  }

  @Test
  void aColumnThatIsAllMissingIsZero() {
    Encoder encoder = fit(encoding("numeric"), column(null, "", "  "));
    assertArrayEquals(new double[] {0, 0}, encode(encoder, "", "8"));
  }

  @Test
  void whereNoneWasMissingInTrainingAMissingNumberIsTheMedian() {
    Encoder encoder = fit(encoding("numeric"), column("1", "2", "3"));
    assertArrayEquals(new double[] {1, 0}, encode(encoder, "3", null), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", " 2 ", "2.0", "2.", "+2", "20e-1", "0.2E1"})
  void numbersMayBeWrittenInManyWays(String cell) {
    Encoder encoder = fit(encoding("numeric"), column("1", "1.5", "true", "false"));
    // Sorted 0, 1, 1, 1.5: median 1, quartiles 0.75 and 1.125.
    assertArrayEquals(new double[] {1 / 0.375}, encode(encoder, cell), 1e-6);
  }

  @Test
  void aRestoredEncoderIsTheSame() {
    Cells numbers = column("1", "4", null, "2");
    assertRestored(fit(encoding("numeric"), numbers), numbers);
  }

  @Test
  void aStateOfOtherNumbersIsRefused() {
    for (double[] numbers : List.of(new double[0], new double[4])) {
      EncoderState state = new EncoderState("numeric", Map.of(), List.of(), numbers);
      assertRefused(() -> Encoders.restore(state), numbers.length + " numbers", "3 per column");
    }
  }
}
