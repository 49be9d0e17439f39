package kronwood.encode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Texts: the words and the strings of characters that training entities have, each counted as
 * {@code (1 + ln count) · (1 + ln((1 + n) / (1 + n_term)))}, where {@code n_term} of the n training
 * entities have the term. Words and strings are scaled to length 1 each, so that texts of any
 * length weigh the same.
 *
 * <p>{@code words=N} takes up to N words in a row (1; 0 for none), {@code characters=N} strings of
 * 3 to N characters (4; 0 for none) within words, whose ends count as a space, or anywhere if there
 * are no words; {@code case=keep} tells capital letters from small ones. A missing text, or one of
 * unknown terms, is all zeros.
 */
final class TextType implements EncoderType {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final int SHORTEST = 3;

  @Override
  public String key() {
    return "text";
  }

  @Override
  public Set<String> options() {
    return Set.of("words", "characters", "case");
  }

  @Override
  public FeatureKernel kernel() {
    return FeatureKernel.LINEAR;
  }

  @Override
  public @Nullable String problem(Encoding encoding, @Nullable String cell) {
    return null;
  }

  /** What is counted. */
  private record Terms(int words, int characters, boolean lower) {
    static Terms of(Encoding encoding) {
      int words = Encoders.whole(encoding, "words", 1, 0, 4);
      int characters = Encoders.whole(encoding, "characters", 4, 0, 8);
      if (words == 0 && characters == 0) {
        throw new InputException("encoder 'text': neither words nor characters are to be counted");
      }
      if (characters > 0 && characters < SHORTEST) {
        throw new InputException(
            "encoder 'text': characters is " + characters + ", expected 0 or at least 3");
      }
      boolean lower = Encoders.oneOf(encoding, "case", List.of("ignore", "keep")).equals("ignore");
      return new Terms(words, characters, lower);
    }

    /** The counts of words and of strings; both are empty where there is no text. */
    List<Map<String, Integer>> count(@Nullable String cell) {
      Map<String, Integer> wordCounts = new TreeMap<>();
      Map<String, Integer> strings = new TreeMap<>();
      if (cell != null) {
        String text = lower ? cell.toLowerCase(Locale.ROOT) : cell;
        if (words == 0) {
          countStrings(text.strip(), strings);
        } else {
          countWords(text, wordCounts, strings);
        }
      }
      return List.of(wordCounts, strings);
    }

    private void countWords(
        String text, Map<String, Integer> wordCounts, Map<String, Integer> strings) {
      List<String> found = new ArrayList<>();
      Matcher matcher = WORD.matcher(text);
      while (matcher.find()) {
        found.add(matcher.group());
        countStrings(" " + matcher.group() + " ", strings);
        for (int n = 1; n <= Math.min(words, found.size()); n++) {
          String term = String.join(" ", found.subList(found.size() - n, found.size()));
          wordCounts.merge(term, 1, Integer::sum);
        }
      }
    }

    private void countStrings(String text, Map<String, Integer> strings) {
      for (int n = SHORTEST; n <= characters; n++) {
        for (int i = 0; i + n <= text.length(); i++) {
          strings.merge(text.substring(i, i + n), 1, Integer::sum);
        }
      }
    }
  }

  @Override
  public Encoder fit(Encoding encoding, Cells cells, int[] training) {
    Terms counted = Terms.of(encoding);
    List<TreeMap<String, Integer>> found = List.of(new TreeMap<>(), new TreeMap<>());
    for (int entity : training) {
      List<Map<String, Integer>> counts = counted.count(cells.cell(entity, 0));
      for (int part = 0; part < counts.size(); part++) {
        for (String term : counts.get(part).keySet()) {
          found.get(part).merge(term, 1, Integer::sum);
        }
      }
    }
    int words = found.getFirst().size();
    List<String> terms =
        Stream.concat(found.getFirst().keySet().stream(), found.getLast().keySet().stream())
            .toList();
    if (terms.isEmpty()) {
      throw new InputException("encoder 'text': no training entity has any text");
    }
    double[] rarity = new double[terms.size()];
    for (int t = 0; t < rarity.length; t++) {
      int with = found.get(t < words ? 0 : 1).getOrDefault(terms.get(t), 0);
      rarity[t] = 1 + Math.log((1.0 + training.length) / (1.0 + with));
    }
    return new Fitted(counted, words, terms, rarity, positions(words, terms));
  }

  @Override
  public Encoder restore(EncoderState state) {
    Map<String, String> options =
        Map.of(
            "words",
            state.setting("words"),
            "characters",
            state.setting("characters"),
            "case",
            state.setting("case"));
    int words = state.whole("terms");
    if (words < 0
        || words > state.terms().size()
        || state.numbers().length != state.terms().size()) {
      throw new InputException("encoder 'text': its terms do not fit together");
    }
    return new Fitted(
        Terms.of(new Encoding(key(), options)),
        words,
        state.terms(),
        state.numbers(),
        positions(words, state.terms()));
  }

  private static List<Map<String, Integer>> positions(int words, List<String> terms) {
    List<Map<String, Integer>> positions = List.of(new HashMap<>(), new HashMap<>());
    for (int t = 0; t < terms.size(); t++) {
      positions.get(t < words ? 0 : 1).put(terms.get(t), t);
    }
    return positions;
  }

  private record Fitted(
      Terms counted,
      int words,
      List<String> terms,
      double[] rarity,
      List<Map<String, Integer>> positions)
      implements Encoder {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public Features encode(Cells cells) {
      SparseRows rows = new SparseRows(terms.size(), cells.entities());
      for (int e = 0; e < cells.entities(); e++) {
        List<Map<String, Integer>> counts = counted.count(cells.cell(e, 0));
        TreeMap<Integer, Double> row = new TreeMap<>();
        for (int part = 0; part < counts.size(); part++) {
          row.putAll(weighted(counts.get(part), positions.get(part)));
        }
        rows.add(row);
      }
      return rows.finish();
    }

    private TreeMap<Integer, Double> weighted(
        Map<String, Integer> counts, Map<String, Integer> known) {
      TreeMap<Integer, Double> values = new TreeMap<>();
      double squares = 0;
      for (Map.Entry<String, Integer> count : counts.entrySet()) {
        Integer term = known.get(count.getKey());
        if (term != null) {
          double value = (1 + Math.log(count.getValue())) * rarity[term];
          values.put(term, value);
          squares += value * value;
        }
      }
      double length = Math.sqrt(squares);
      values.replaceAll((term, value) -> value / length);
      return values;
    }

    @Override
    public EncoderState state() {
      Map<String, String> settings =
          Map.of(
              "words",
              Integer.toString(counted.words),
              "characters",
              Integer.toString(counted.characters),
              "case",
              counted.lower ? "ignore" : "keep",
              "terms",
              Integer.toString(words));
      return new EncoderState("text", settings, terms, rarity);
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT,
          "text, %,d words and %,d strings of characters",
          words,
          terms.size() - words);
    }
  }
}
