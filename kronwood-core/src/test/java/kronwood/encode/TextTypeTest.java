package kronwood.encode;

import static kronwood.encode.EncoderCases.assertRestored;
import static kronwood.encode.EncoderCases.column;
import static kronwood.encode.EncoderCases.encode;
import static kronwood.encode.EncoderCases.encoding;
import static kronwood.encode.EncoderCases.fit;
import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Cells;
import org.junit.jupiter.api.Test;

class TextTypeTest {
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
  void itsStateIsTheTermsAndHowRareTheyAre() {
    Encoder encoder = fit(encoding("text", "characters", "0"), column("A b", "a", null));
    assertEquals(List.of("a", "b"), encoder.state().terms());
    // Of 3 training texts two have a and one has b.
    assertArrayEquals(
        new double[] {1 + Math.log(4 / 3.0), 1 + Math.log(4 / 2.0)},
        encoder.state().numbers(),
        1e-12);
    assertEquals("2", encoder.state().setting("terms"));
  }

  @Test
  void wordsAndStringsHaveLengthOneEach() {
    Encoder encoder = fit(encoding("text"), column("one two three", "two four"));
    double[] row = encode(encoder, "two two three and more");
    double squares = 0;
    for (double value : row) {
      squares += value * value;
    }
    assertEquals(2, squares, 1e-5);
  }

  @Test
  void lettersOfAnyLanguageAreWords() {
    Encoder encoder = fit(encoding("text", "characters", "0"), column("Größe: 試料-42"));
    assertEquals(List.of("42", "größe", "試料"), encoder.state().terms());
  }

  @Test
  void aRestoredEncoderIsTheSame() {
    Cells texts = column("ACDA and", "CCA", "and DDAC");
    assertRestored(fit(encoding("text"), texts), texts);
    assertRestored(fit(encoding("text", "words", "2"), texts), texts);
    assertRestored(fit(encoding("text", "words", "0", "case", "keep"), texts), texts);
  }

  @Test
  void aStateWhoseTermsDoNotFitTogetherIsRefused() {
    EncoderState state = fit(encoding("text"), column("a b")).state();
    EncoderState fewer = new EncoderState("text", state.settings(), List.of("a"), state.numbers());
    assertRefused(() -> Encoders.restore(fewer), "terms do not fit together");
    Map<String, String> settings = new HashMap<>(state.settings());
    settings.put("terms", "99");
    EncoderState more = new EncoderState("text", settings, state.terms(), state.numbers());
    assertRefused(() -> Encoders.restore(more), "terms do not fit together");
    settings.put("terms", "two");
    EncoderState word = new EncoderState("text", settings, state.terms(), state.numbers());
    assertRefused(() -> Encoders.restore(word), "terms is 'two'");
  }
}
