package kronwood.input;

import java.util.List;
import kronwood.gram.FactorTable;
import org.jspecify.annotations.Nullable;

/** The Gram matrices of some tables, made when the first of them is asked for. */
final class FactorGrams {
  private final List<FactorTable> tables;
  private volatile @Nullable List<FactorGram> made;

  FactorGrams(List<FactorTable> tables) {
    this.tables = tables;
  }

  FactorGram get(int table) {
    List<FactorGram> grams = made;
    return (grams == null ? make() : grams).get(table);
  }

  private synchronized List<FactorGram> make() {
    List<FactorGram> grams = made;
    if (grams == null) {
      grams = tables.stream().map(FactorGram::new).toList();
      made = grams;
    }
    return grams;
  }

  /** Bytes that the stored ones take. */
  long bytes() {
    return tables.stream().mapToLong(table -> FactorGram.bytes(table.entities())).sum();
  }
}
