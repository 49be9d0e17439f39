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

class SequenceTypeTest {
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
  void aSequenceShorterThanItsWordsHasNone() {
    Encoder encoder = fit(encoding("sequence", "alphabet", "dna", "k", "3"), column("ACGT"));
    assertArrayEquals(new double[64], encode(encoder, "AC"));
    assertArrayEquals(new double[64], encode(encoder, "ACNGT"));
  }

  @Test
  void lettersThatStandForSeveralCountInNoWord() {
    Encoder encoder = fit(encoding("sequence", "k", "1"), column("A"));
    double[] counts = new double[20];
    counts[0] = 2;
    assertArrayEquals(counts, encode(encoder, "aBJOUXZ*A"));
  }

  @Test
  void wordsHaveTheUsualLengthUnlessItIsGiven() {
    assertEquals("3", fit(encoding("sequence"), column("A")).state().setting("k"));
    assertEquals(
        "6", fit(encoding("sequence", "alphabet", "dna"), column("A")).state().setting("k"));
  }

  @Test
  void aRestoredEncoderIsTheSame() {
    Cells sequences = column("ACDA", "CCA", "DDAC");
    assertRestored(fit(encoding("sequence", "k", "2"), sequences), sequences);
    assertRestored(
        fit(encoding("sequence", "alphabet", "classes", "k", "4"), sequences), sequences);
    Cells bases = column("ACGT", "UUN");
    assertRestored(fit(encoding("sequence", "alphabet", "dna", "k", "2"), bases), bases);
  }

  @Test
  void aStateThatIsIncompleteOrOutOfRangeIsRefused() {
    EncoderState noLength =
        new EncoderState("sequence", Map.of("alphabet", "dna"), List.of(), new double[0]);
    assertRefused(() -> Encoders.restore(noLength), "no setting 'k'");
    EncoderState tooLong =
        new EncoderState("sequence", Map.of("alphabet", "dna", "k", "9"), List.of(), new double[0]);
    assertRefused(() -> Encoders.restore(tooLong), "k is '9'", "from 1 to 8");
  }
}
