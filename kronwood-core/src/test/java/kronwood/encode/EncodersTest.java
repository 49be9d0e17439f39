package kronwood.encode;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.Features;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodersTest {
  private static Cells column(String... cells) {
    return Cells.of(1, Arrays.asList(cells));
  }

  private static Encoding encoding(String type, String... options) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new Encoding(type, all);
  }

  private static Encoder fit(Encoding encoding, Cells cells) {
    return Encoders.fit(encoding, cells, Problems.range(0, cells.entities()));
  }

  private static double[] encode(Encoder encoder, String... cells) {
    return Problems.toArray(encoder.encode(Cells.of(encoder.columns(), Arrays.asList(cells))));
  }

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
  void aCategoryIsOneOfThoseSeen() {
    Encoder encoder = fit(encoding("categorical"), column("red", "blue", null, "red"));
    assertArrayEquals(
        new double[] {0, 1, 1, 0, 0, 0, 0, 0}, encode(encoder, "red", "blue", "green", ""));
    assertEquals("categorical, 2 categories", encoder.description());
  }

  @Test
  void aTermCountsTheMoreTheRarerItIs() {
    Encoder encoder = fit(encoding("text", "characters", "0"), column("A b", "a"));
    double rare = 1 + Math.log(3 / 2.0);
    double length = Math.sqrt(1 + rare * rare);
    assertArrayEquals(
        new double[] {1 / length, rare / length, 1, 0, 0, 0, 0, 1},
        encode(encoder, "a, B!", "a", "", "b c"),
        1e-6);
    double twice = 1 + Math.log(2);
    double[] repeated = encode(encoder, "a a b");
    assertEquals(twice / Math.hypot(twice, rare), repeated[0], 1e-6);
  }

  @Test
  void stringsOfCharactersStayWithinWords() {
    Encoder encoder = fit(encoding("text", "words", "0", "characters", "3"), column("abcd"));
    assertEquals(List.of("abc", "bcd"), encoder.state().terms());
    Encoder words = fit(encoding("text", "words", "2", "characters", "3"), column("to be"));
    assertEquals(List.of("be", "to", "to be", " be", " to", "be ", "to "), words.state().terms());
    assertEquals("text, 3 words and 4 strings of characters", words.description());
  }

  @Test
  void caseIsKeptWhereItMatters() {
    Encoder encoder =
        fit(encoding("text", "words", "0", "characters", "3", "case", "keep"), column("Ccc"));
    assertEquals(List.of("Ccc"), encoder.state().terms());
  }

  @Test
  void textsThatAreAllEmptyAreRefused() {
    assertRefused(() -> fit(encoding("text"), column("", "  ", null)), "no training entity");
  }

  @Test
  void aSequenceIsTheCountsOfItsWords() {
    Encoder encoder = fit(encoding("sequence", "alphabet", "dna", "k", "2"), column("ACACA"));
    double[] expected = new double[16];
    expected[1] = 2; // AC
    expected[4] = 2; // CA
    assertArrayEquals(expected, encode(encoder, "ACACA"));
    double[] interrupted = new double[16];
    interrupted[1] = 1;
    interrupted[14] = 1; // TG, with U for T
    assertArrayEquals(interrupted, encode(encoder, "acNug"));
    assertEquals("sequence, words of 2 bases", encoder.description());
  }

  @Test
  void proteinsAreWordsOfAminoAcidsOrOfTheirClasses() {
    Encoder acids = fit(encoding("sequence", "k", "1"), column("ACCX"));
    double[] counts = new double[20];
    counts[0] = 1;
    counts[1] = 2;
    assertArrayEquals(counts, encode(acids, "ACCX"));
    Encoder classes = fit(encoding("sequence", "alphabet", "classes", "k", "1"), column("A"));
    assertArrayEquals(new double[] {3, 4, 4, 4, 2, 2, 1}, encode(classes, "AGVILFPYMTSHNQWRKDEC"));
  }

  @Test
  void unknownResiduesAreRefusedWithRowAndPosition() {
    assertRefused(
        () -> fit(encoding("sequence"), column("MKV", "MK1V")),
        "row 2",
        "'1' at position 3",
        "proteins");
    assertRefused(
        () -> fit(encoding("sequence", "alphabet", "dna"), column("ACGTE")),
        "'E' at position 5",
        "DNA");
    assertRefused(() -> fit(encoding("sequence"), column("MK", "")), "row 2", "empty");
    Encoder encoder = fit(encoding("sequence"), column("MKV"));
    assertRefused(() -> encode(encoder, "MKV", "M-V"), "row 2", "'-' at position 2");
  }

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
  void onlyTrainingRowsAreLearnedFrom() {
    Cells cells = column("red", "green", "blue");
    Encoder encoder = Encoders.fit(encoding("categorical"), cells, new int[] {0, 2});
    assertEquals(List.of("blue", "red"), encoder.state().terms());
    Cells numbers = column("1", "999", "3");
    Encoder numeric = Encoders.fit(encoding("numeric"), numbers, new int[] {0, 2});
    assertArrayEquals(new double[] {1}, encode(numeric, "3"), 1e-6);
  }

  @Test
  void anEncoderRestoredFromItsStateIsTheSame() {
    Cells texts = column("ACDA", "CCA", "DDAC");
    for (Encoding encoding :
        List.of(
            encoding("categorical"),
            encoding("text", "words", "2"),
            encoding("sequence", "k", "2"),
            encoding("sequence", "alphabet", "classes", "k", "4"))) {
      assertRestored(fit(encoding, texts), texts);
    }
    Cells numbers = column("1", "4", null, "2");
    assertRestored(fit(encoding("numeric"), numbers), numbers);
    Cells lists = column("[1,2]", "3 4");
    assertRestored(fit(encoding("vector"), lists), lists);
  }

  private static void assertRestored(Encoder encoder, Cells cells) {
    Encoder restored = Encoders.restore(encoder.state());
    Features expected = encoder.encode(cells);
    Features found = restored.encode(cells);
    assertEquals(expected.columns(), found.columns());
    assertArrayEquals(Problems.toArray(expected), Problems.toArray(found));
    assertEquals(encoder.description(), restored.description());
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
