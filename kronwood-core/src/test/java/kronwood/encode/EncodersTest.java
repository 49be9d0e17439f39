package kronwood.encode;

import static kronwood.encode.EncoderCases.column;
import static kronwood.encode.EncoderCases.encode;
import static kronwood.encode.EncoderCases.encoding;
import static kronwood.encode.EncoderCases.fit;
import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import kronwood.data.Cells;
import org.junit.jupiter.api.Test;

class EncodersTest {
  @Test
  void onlyTrainingRowsAreLearnedFrom() {
    Cells cells = column("red", "green", "blue");
    Encoder encoder = Encoders.fit(encoding("categorical"), cells, new int[] {0, 2});
    assertEquals(List.of("blue", "red"), encoder.state().terms());
    Cells numbers = column("1", "999", "3");
    Encoder numeric = Encoders.fit(encoding("numeric"), numbers, new int[] {0, 2});
    assertArrayEquals(new double[] {1}, encode(numeric, "3"), 1e-6);
  }

  @Test
  void unknownTypesAndOptionsAreRefusedWithThoseThereAre() {
    assertRefused(
        () -> Encoders.check(encoding("audio")), "'audio'", "numeric, sequence, text", "module");
    assertRefused(
        () -> Encoders.check(encoding("sequence", "n", "3")), "no option 'n'", "alphabet, k");
    assertRefused(() -> Encoders.check(encoding("vector", "n", "3")), "'n'", "none");
    assertRefused(
        () -> fit(encoding("sequence", "k", "9"), column("MKV")), "k is '9'", "from 1 to 5");
    assertRefused(
        () -> fit(encoding("sequence", "alphabet", "rna"), column("MKV")), "'rna'", "or dna");
    assertRefused(
        () -> fit(encoding("text", "words", "0", "characters", "0"), column("a")), "neither");
    assertRefused(
        () -> Encoders.restore(new EncoderState("audio", Map.of(), List.of(), new double[0])),
        "newer Kronwood");
    assertRefused(
        () -> Encoders.restore(new EncoderState("vector", Map.of(), List.of(), new double[0])),
        "no setting 'length'");
    assertTrue(Encoders.has("text"));
    assertFalse(Encoders.has("audio"));
  }
}
