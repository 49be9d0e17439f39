package kronwood.encode;

import static kronwood.encode.EncoderCases.assertRestored;
import static kronwood.encode.EncoderCases.column;
import static kronwood.encode.EncoderCases.encode;
import static kronwood.encode.EncoderCases.encoding;
import static kronwood.encode.EncoderCases.fit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import kronwood.data.Cells;
import org.junit.jupiter.api.Test;

class CategoricalTypeTest {
  @Test
  void aCategoryIsOneOfThoseSeen() {
    Encoder encoder = fit(encoding("categorical"), column("red", "blue", null, "red"));
    assertArrayEquals(
        new double[] {0, 1, 1, 0, 0, 0, 0, 0}, encode(encoder, "red", "blue", "green", ""));
    assertEquals("categorical, 2 categories", encoder.description());
  }

  @Test
  void categoriesAreAsTheyAreWrittenInTheOrderOfTheirLetters() {
    Encoder encoder = fit(encoding("categorical"), column("7", "b", "07", "B", "b"));
    assertEquals(List.of("07", "7", "B", "b"), encoder.state().terms());
    assertArrayEquals(new double[] {0, 1, 0, 0, 0, 0, 0, 1}, encode(encoder, "7", "b"));
  }

  @Test
  void aSingleCategoryIsOneFeature() {
    Encoder encoder = fit(encoding("categorical"), column("red", null));
    assertArrayEquals(new double[] {1, 0, 0}, encode(encoder, "red", "blue", null));
    assertEquals("categorical, 1 category", encoder.description());
  }

  @Test
  void aRestoredEncoderIsTheSame() {
    Cells cells = column("red", "blue", null, "red");
    assertRestored(fit(encoding("categorical"), cells), cells);
  }
}
