package kronwood.encode;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import org.jspecify.annotations.Nullable;

/**
 * Protein or DNA sequences: how often each word of k letters occurs, the spectrum of Leslie, Eskin
 * and Noble (2002).
 *
 * <p>Alphabets are {@code protein} (the 20 amino acids), {@code classes} (seven classes of amino
 * acids by dipole and volume of their side chains, of Shen et al. 2007) and {@code dna}, where U is
 * T. Words with a letter that stands for several or for a rare one (B J O U X Z * in proteins, N
 * and the other ambiguity codes in DNA) do not count; what is no such letter is refused.
 */
final class SequenceType implements EncoderType {
  private static final List<String> ALPHABETS = List.of("protein", "classes", "dna");

  /** Seven classes, the letters of a class at the positions of its number. */
  private static final String AMINO_ACIDS = "ACDEFGHIKLMNPQRSTVWY";

  private static final String CLASSES = "06551031412313422032";
  private static final String OTHER_AMINO_ACIDS = "BJOUXZ*";
  private static final String BASES = "ACGT";
  private static final String OTHER_BASES = "NRYSWKMBDHV";

  @Override
  public String key() {
    return "sequence";
  }

  @Override
  public Set<String> options() {
    return Set.of("alphabet", "k");
  }

  @Override
  public FeatureKernel kernel() {
    return FeatureKernel.COSINE;
  }

  private static String alphabet(Encoding encoding) {
    return Encoders.oneOf(encoding, "alphabet", ALPHABETS);
  }

  @Override
  public @Nullable String problem(Encoding encoding, @Nullable String cell) {
    if (cell == null) {
      return "the cell is empty, expected a sequence";
    }
    String alphabet = alphabet(encoding);
    String sequence = cell.strip();
    for (int i = 0; i < sequence.length(); i++) {
      if (letter(alphabet, sequence.charAt(i)) == UNKNOWN) {
        return "found '"
            + sequence.charAt(i)
            + "' at position "
            + (i + 1)
            + " of the sequence, expected letters of "
            + (alphabet.equals("dna") ? "DNA" : "proteins");
      }
    }
    return null;
  }

  private static final int OTHER = -1;
  private static final int UNKNOWN = -2;

  /** Number of a letter in its alphabet. */
  private static int letter(String alphabet, char c) {
    char upper = Character.toUpperCase(c);
    if (alphabet.equals("dna")) {
      int base = BASES.indexOf(upper == 'U' ? 'T' : upper);
      return base >= 0 ? base : OTHER_BASES.indexOf(upper) >= 0 ? OTHER : UNKNOWN;
    }
    int acid = AMINO_ACIDS.indexOf(upper);
    if (acid < 0) {
      return OTHER_AMINO_ACIDS.indexOf(upper) >= 0 ? OTHER : UNKNOWN;
    }
    return alphabet.equals("classes") ? CLASSES.charAt(acid) - '0' : acid;
  }

  private static int letters(String alphabet) {
    return switch (alphabet) {
      case "dna" -> BASES.length();
      case "classes" -> 7;
      default -> AMINO_ACIDS.length();
    };
  }

  @Override
  public Encoder fit(Encoding encoding, Cells cells, int[] training) {
    String alphabet = alphabet(encoding);
    int most = alphabet.equals("protein") ? 5 : 8;
    int usual = alphabet.equals("dna") ? 6 : 3;
    return new Fitted(alphabet, Encoders.whole(encoding, "k", usual, 1, most));
  }

  @Override
  public Encoder restore(EncoderState state) {
    Map<String, String> options =
        Map.of("alphabet", state.setting("alphabet"), "k", state.setting("k"));
    return fit(new Encoding(key(), options), Cells.of(1, List.of()), new int[0]);
  }

  private record Fitted(String alphabet, int k) implements Encoder {
    @Override
    public int columns() {
      return 1;
    }

    private int features() {
      int features = 1;
      for (int i = 0; i < k; i++) {
        features *= letters(alphabet);
      }
      return features;
    }

    @Override
    public Features encode(Cells cells) {
      Encoders.checkCells(new Encoding("sequence", Map.of("alphabet", alphabet)), cells);
      int words = features();
      SparseRows rows = new SparseRows(words, cells.entities());
      for (int e = 0; e < cells.entities(); e++) {
        TreeMap<Integer, Double> counts = new TreeMap<>();
        String sequence = String.valueOf(cells.cell(e, 0)).strip();
        int word = 0;
        int length = 0;
        for (int i = 0; i < sequence.length(); i++) {
          int letter = letter(alphabet, sequence.charAt(i));
          length = letter < 0 ? 0 : length + 1;
          word = (word * letters(alphabet) + Math.max(letter, 0)) % words;
          if (length >= k) {
            counts.merge(word, 1.0, Double::sum);
          }
        }
        rows.add(counts);
      }
      return rows.finish();
    }

    @Override
    public EncoderState state() {
      return new EncoderState(
          "sequence",
          Map.of("alphabet", alphabet, "k", Integer.toString(k)),
          List.of(),
          new double[0]);
    }

    @Override
    public String description() {
      String of =
          switch (alphabet) {
            case "dna" -> "bases";
            case "classes" -> "classes of amino acids";
            default -> "amino acids";
          };
      return String.format(Locale.ROOT, "sequence, words of %d %s", k, of);
    }
  }
}
