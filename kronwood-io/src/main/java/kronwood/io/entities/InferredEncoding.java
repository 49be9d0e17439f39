package kronwood.io.entities;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kronwood.data.Encoding;
import kronwood.encode.Encoders;
import kronwood.io.table.NumberText;
import org.jspecify.annotations.Nullable;

/** Guesses from its name and cells what a column holds. */
final class InferredEncoding {
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z*]+");
  private static final Pattern BASES = Pattern.compile("[ACGTUNacgtun]+");

  /** Half of the texts are at least this long where a column holds sequences. */
  private static final int SEQUENCE_LENGTH = 25;

  /** More categories than this, or than half of the rows, are texts. */
  private static final int MOST_CATEGORIES = 1000;

  private static final int LONGEST_CATEGORY = 60;

  private InferredEncoding() {}

  /**
   * The encoding of a column, null if it is empty.
   *
   * <p>Numbers are {@code numeric}; lists in brackets {@code vector}; a column called smiles is
   * {@code smiles}, or text without that encoder; long words of letters {@code sequence}; short
   * texts that recur {@code categorical}; all else is {@code text}. A column of which at least half
   * are numbers is numeric, so that the others are found to be wrong.
   */
  static @Nullable Encoding of(String name, List<@Nullable String> cells) {
    int present = 0;
    int numbers = 0;
    int lists = 0;
    int words = 0;
    int bases = 0;
    int longest = 0;
    int[] lengths = new int[cells.size()];
    Set<String> distinct = new HashSet<>();
    for (String cell : cells) {
      if (cell == null || cell.isBlank()) {
        continue;
      }
      String text = cell.strip();
      lengths[present++] = text.length();
      longest = Math.max(longest, text.length());
      numbers += isNumber(text) ? 1 : 0;
      lists += text.startsWith("[") && text.endsWith("]") ? 1 : 0;
      words += LETTERS.matcher(text).matches() ? 1 : 0;
      bases += BASES.matcher(text).matches() ? 1 : 0;
      distinct.add(text);
    }
    if (present == 0) {
      return null;
    }
    Arrays.sort(lengths, 0, present);
    if (2 * numbers >= present) {
      return new Encoding("numeric", Map.of());
    }
    if (lists == present) {
      return new Encoding("vector", Map.of());
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("smiles")) {
      return Encoders.has("smiles")
          ? new Encoding("smiles", Map.of())
          : new Encoding("text", Map.of("words", "0", "characters", "4", "case", "keep"));
    }
    if (words == present && lengths[present / 2] >= SEQUENCE_LENGTH) {
      return new Encoding("sequence", Map.of("alphabet", bases == present ? "dna" : "protein"));
    }
    boolean recur = distinct.size() <= Math.min(MOST_CATEGORIES, Math.max(2, present / 2));
    return recur && longest <= LONGEST_CATEGORY
        ? new Encoding("categorical", Map.of())
        : new Encoding("text", Map.of());
  }

  /**
   * An example if a column looks like numbers with decimal commas, else null: nine in ten of its
   * cells are numbers if one comma is taken for a point, and at least half of them have that comma.
   */
  static @Nullable String decimalComma(List<@Nullable String> cells) {
    int present = 0;
    int whole = 0;
    int commas = 0;
    String example = null;
    for (String cell : cells) {
      if (cell == null || cell.isBlank()) {
        continue;
      }
      present++;
      String text = cell.strip();
      if (NumberText.hasDecimalComma(text)) {
        commas++;
        example = example == null ? text : example;
      } else if (NumberText.isNumber(text)) {
        whole++;
      }
    }
    return 2 * commas >= present && 10L * (commas + whole) >= 9L * present ? example : null;
  }

  private static boolean isNumber(String text) {
    return NumberText.isNumber(text)
        || text.equalsIgnoreCase("true")
        || text.equalsIgnoreCase("false");
  }
}
