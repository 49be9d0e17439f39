package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SimilaritiesTest {
  @Test
  void aSquareMatrixIsKeptAsItIs() {
    Similarities similarities = Similarities.square(2, new float[] {1, 0.25f, 0.25f, 2});
    assertEquals(2, similarities.entities());
    assertEquals(2, similarities.columns());
    assertEquals(0.25f, similarities.value(0, 1));
    assertEquals(2f, similarities.value(1, 1));
  }

  @Test
  void smallAsymmetriesAreAveragedRelativeToTheLargestValue() {
    // Tolerated: 1e-4 · 1000 = 0.1.
    Similarities similarities = Similarities.square(2, new float[] {1000, 3, 3.0625f, 1});
    assertEquals(3.03125f, similarities.value(0, 1));
    assertEquals(3.03125f, similarities.value(1, 0));
  }

  @Test
  void aMatrixAsymmetricBeyondTheToleranceIsRefusedWithBothValues() {
    assertRefused(
        () -> Similarities.square(3, new float[] {1, 0, 0.5f, 0, 1, 0, 0.75f, 0, 1}),
        "entities 3 and 1",
        "0.75 in one direction",
        "0.5 in the other");
    assertRefused(
        () -> Similarities.square(2, new float[] {1, 0.5f, 0.5002f, 1}), "entities 2 and 1");
    assertRefused(
        () -> Similarities.square(2, new float[] {1, -3e38f, 3e38f, 1}), "entities 2 and 1");
  }

  @Test
  void anyMatrixCanBeAveragedWithItsTranspose() {
    Similarities averaged =
        Similarities.averaged(3, new float[] {1, 0, 0.5f, 0, 1, -4, 0.75f, 2, 1});
    assertEquals(0.625f, averaged.value(0, 2));
    assertEquals(0.625f, averaged.value(2, 0));
    assertEquals(-1f, averaged.value(1, 2));
    assertEquals(-1f, averaged.value(2, 1));
    assertEquals(1f, averaged.value(1, 1));
    assertRefused(() -> Similarities.averaged(2, new float[] {1, 0, Float.NaN, 1}), "row 2");
  }

  @Test
  void newEntitiesBringARectangularMatrix() {
    Similarities similarities = Similarities.to(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(2, similarities.entities());
    assertEquals(3, similarities.columns());
    assertEquals(6f, similarities.value(1, 2));
  }

  @Test
  void selectedColumnsComeInTheOrderAskedFor() {
    Similarities selected =
        Similarities.to(3, 2, new float[] {1, 2, 3, 4, 5, 6}).selectColumns(new int[] {2, 0});
    assertEquals(2, selected.columns());
    assertEquals(3f, selected.value(0, 0));
    assertEquals(1f, selected.value(0, 1));
    assertEquals(6f, selected.value(1, 0));
    assertEquals(4f, selected.value(1, 1));
  }

  @Test
  void theCallersArrayIsNotShared() {
    float[] square = {1, 0, 0, 1};
    float[] rectangular = {1, 2};
    Similarities first = Similarities.square(2, square);
    Similarities second = Similarities.to(2, 1, rectangular);
    square[0] = 99;
    rectangular[0] = 99;
    assertEquals(1f, first.value(0, 0));
    assertEquals(1f, second.value(0, 0));
  }

  @Test
  void aWrongShapeNamesBothSizes() {
    assertRefused(() -> Similarities.square(2, new float[3]), "2 × 2", "3 values");
    assertRefused(() -> Similarities.to(2, 3, new float[5]), "3 × 2", "5 values");
    assertRefused(() -> Similarities.to(0, 3, new float[0]), "3 × 0");
    assertRefused(() -> Similarities.square(65536, new float[0]), "65536 × 65536");
  }

  @Test
  void aValueThatIsNotFiniteIsNamedByRowAndColumnCountedFromOne() {
    assertRefused(
        () -> Similarities.square(2, new float[] {1, 0, Float.NaN, 1}), "row 2, column 1 is NaN");
    assertRefused(
        () -> Similarities.to(3, 1, new float[] {1, 2, Float.POSITIVE_INFINITY}),
        "row 1, column 3 is Infinity");
  }
}
