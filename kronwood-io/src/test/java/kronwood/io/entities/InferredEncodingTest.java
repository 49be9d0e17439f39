package kronwood.io.entities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InferredEncodingTest {
  private static String infer(String name, String... cells) {
    return String.valueOf(InferredEncoding.of(name, Arrays.asList(cells)));
  }

  @Test
  void numbersAreNumericEvenWhereSomeAreMissingOrWrong() {
    assertEquals("numeric", infer("mass", "1", "-2.5e3", "", null));
    assertEquals("numeric", infer("sold", "true", "FALSE", "true"));
    assertEquals("numeric", infer("mass", "1", "2", "oops"));
  }

  @Test
  void listsInBracketsAreVectors() {
    assertEquals("vector", infer("v", "[1, 2]", "[0.5,1]"));
  }

  @Test
  void longWordsOfLettersAreSequences() {
    String dna = "ACGTACGTACGTACGTACGTACGTACGT";
    String protein = "MKVLAAGIVGLLLAQPSFADEYWHRCMKV";
    assertEquals("sequence,alphabet=dna", infer("s", dna, dna + "N"));
    assertEquals("sequence,alphabet=protein", infer("s", dna, protein));
  }

  @Test
  void smilesAreTextWhereTheyHaveNoEncoder() {
    assertEquals("text,case=keep,characters=4,words=0", infer("SMILES", "CCO", "c1ccccc1"));
  }

  @Test
  void shortTextsThatRecurAreCategoriesAndOthersText() {
    assertEquals("categorical", infer("kind", "red", "blue", "red", "blue", "red"));
    assertEquals("text", infer("name", "Anna", "Bert", "Carla", "Dora"));
    assertEquals("text", infer("note", "a".repeat(70), "a".repeat(70), "b c", "b c"));
  }

  @Test
  void anEmptyColumnIsNothing() {
    assertNull(InferredEncoding.of("empty", Arrays.asList("", null, " ")));
  }
}
