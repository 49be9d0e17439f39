package kronwood.encode;

import static kronwood.encode.EncoderCases.assertRestored;
import static kronwood.encode.EncoderCases.column;
import static kronwood.encode.EncoderCases.encode;
import static kronwood.encode.EncoderCases.encoding;
import static kronwood.encode.EncoderCases.fit;
import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import kronwood.data.Cells;
import org.junit.jupiter.api.Test;

class VectorTypeTest {
  @Test
  void aListIsItsNumbers() {
    Encoder encoder = fit(encoding("vector"), column("[1, 2.5]", "-3 4", "5;6"));
    assertArrayEquals(new double[] {1, 2.5, -3, 4, 0, 0}, encode(encoder, "[1,2.5]", "-3 4", ""));
    assertRefused(() -> encode(encoder, "1,2", "1,2,3"), "row 2", "list of 3", "expected 2");
    assertRefused(() -> fit(encoding("vector"), column("1,x")), "'x' as value 2");
    assertRefused(() -> fit(encoding("vector"), column("[]")), "the list is empty");
    assertRefused(() -> fit(encoding("vector"), column("", "")), "no training entity has a list");
  }

  @Test
  void theFirstTrainingEntityWithAListSaysHowLongTheyAre() {
    Encoder encoder = fit(encoding("vector"), column("", "[1e1 -0.5; +2]"));
    assertEquals("3", encoder.state().setting("length"));
    assertEquals("vector of 3", encoder.description());
    assertArrayEquals(new double[] {0, 0, 0, 10, -0.5, 2}, encode(encoder, "", "[1e1 -0.5; +2]"));
  }

  @Test
  void aRestoredEncoderIsTheSame() {
    Cells lists = column("[1,2]", "3 4", null);
    assertRestored(fit(encoding("vector"), lists), lists);
  }

  @Test
  void aStateWithoutALengthIsRefused() {
    EncoderState none = new EncoderState("vector", Map.of(), List.of(), new double[0]);
    assertRefused(() -> Encoders.restore(none), "no setting 'length'");
    EncoderState word = new EncoderState("vector", Map.of("length", "x"), List.of(), new double[0]);
    assertRefused(() -> Encoders.restore(word), "length is 'x'");
  }
}
