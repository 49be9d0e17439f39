package kronwood.gram;

import java.util.Arrays;
import java.util.List;
import kronwood.data.EntityTuples;
import org.jspecify.annotations.Nullable;

/**
 * Inputs {@code x_i = u_{i,1} ⊗ … ⊗ u_{i,K}}, one per entity tuple, known by their factors only.
 *
 * <p>Two modes may share one table of coordinates. {@code ⟨x_i, x_j⟩ = Π_k ⟨u_{i,k}, u_{j,k}⟩}; no
 * method but {@link #materialise} ever works in the dimension {@code d = Π_k rank_k}.
 */
public final class StructuredInputs {
  private final List<FactorTable> tables;
  private final int[] tableOfMode;
  private final EntityTuples tuples;
  private volatile @Nullable List<FactorGram> grams;

  private StructuredInputs(List<FactorTable> tables, int[] tableOfMode, EntityTuples tuples) {
    this.tables = List.copyOf(tables);
    this.tableOfMode = tableOfMode.clone();
    this.tuples = tuples;
  }

  /**
   * Inputs made of the tables' rows.
   *
   * @param tables distinct tables of coordinates
   * @param tableOfMode for each mode the position of its table
   * @param tuples entities of each input
   * @throws IllegalArgumentException if a tuple names an entity its table does not have
   */
  public static StructuredInputs of(
      List<FactorTable> tables, int[] tableOfMode, EntityTuples tuples) {
    if (tableOfMode.length != tuples.modes()) {
      throw new IllegalArgumentException(
          tableOfMode.length + " modes but tuples of " + tuples.modes() + " entities");
    }
    for (int i = 0; i < tuples.size(); i++) {
      for (int k = 0; k < tableOfMode.length; k++) {
        int entities = tables.get(tableOfMode[k]).entities();
        if (tuples.entity(i, k) >= entities) {
          throw new IllegalArgumentException(
              "input "
                  + i
                  + " names entity "
                  + tuples.entity(i, k)
                  + " of mode "
                  + k
                  + ", which has "
                  + entities);
        }
      }
    }
    return new StructuredInputs(tables, tableOfMode, tuples);
  }

  /** Number of inputs. */
  public int size() {
    return tuples.size();
  }

  /** Number of factors, K. */
  public int modes() {
    return tableOfMode.length;
  }

  /** Entity of input {@code input} in mode {@code mode}. */
  public int entity(int input, int mode) {
    return tuples.entity(input, mode);
  }

  /** Coordinates of the entities of mode {@code mode}. */
  public FactorTable factor(int mode) {
    return tables.get(tableOfMode[mode]);
  }

  /**
   * Dimension of the inputs, {@code d = Π_k rank_k}.
   *
   * @throws ArithmeticException if it exceeds the range of long
   */
  public long dimension() {
    long dimension = 1;
    for (int k = 0; k < modes(); k++) {
      dimension = Math.multiplyExact(dimension, (long) factor(k).rank());
    }
    return dimension;
  }

  /** The dimension for estimates: it cannot overflow, and is exact up to 2⁵³. */
  public double estimatedDimension() {
    double dimension = 1;
    for (int k = 0; k < modes(); k++) {
      dimension *= factor(k).rank();
    }
    return dimension;
  }

  /** Inner product of two inputs. Cost: Σ rank_k. */
  public double inner(int i, int j) {
    double product = 1;
    for (int k = 0; k < modes(); k++) {
      product *= factor(k).inner(entity(i, k), entity(j, k));
    }
    return product;
  }

  /**
   * The Gram row of input {@code input}'s entity in mode {@code mode}: inner products of that
   * entity with all entities of the mode, not to be changed. Gram matrices of up to 256 MiB are
   * made at the first call and kept; of larger ones the row is made each time.
   */
  public double[] gramRow(int input, int mode) {
    return gram(tableOfMode[mode]).row(entity(input, mode));
  }

  /** Inner products of one input with all inputs, {@link #size()} values. Cost: size · K. */
  public double[] innerProducts(int input) {
    double[] products = new double[size()];
    Arrays.fill(products, 1);
    for (int k = 0; k < modes(); k++) {
      double[] row = gramRow(input, k);
      for (int i = 0; i < products.length; i++) {
        products[i] *= row[entity(i, k)];
      }
    }
    return products;
  }

  /**
   * Inner products of one input with the first {@code count} of the listed ones. Cost: count · K.
   *
   * @param out {@code out[p] = ⟨x_input, x_{listed[p]}⟩}
   */
  public void innerProducts(int input, int[] listed, int count, double[] out) {
    Arrays.fill(out, 0, count, 1);
    for (int k = 0; k < modes(); k++) {
      FactorGram gram = gram(tableOfMode[k]);
      int entity = entity(input, k);
      if (gram.isStored()) {
        double[] row = gram.row(entity);
        for (int p = 0; p < count; p++) {
          out[p] *= row[entity(listed[p], k)];
        }
      } else {
        for (int p = 0; p < count; p++) {
          out[p] *= gram.entry(entity, entity(listed[p], k));
        }
      }
    }
  }

  /**
   * Inner products of one entity of a mode with others of that mode.
   *
   * @param out {@code out[i] = ⟨u_entity, u_{others[i]}⟩}, as long as {@code others}
   */
  public void innerProducts(int mode, int entity, int[] others, double[] out) {
    FactorGram gram = gram(tableOfMode[mode]);
    if (gram.isStored()) {
      double[] row = gram.row(entity);
      for (int i = 0; i < others.length; i++) {
        out[i] = row[others[i]];
      }
    } else {
      for (int i = 0; i < others.length; i++) {
        out[i] = gram.entry(entity, others[i]);
      }
    }
  }

  private FactorGram gram(int table) {
    List<FactorGram> made = grams;
    if (made == null) {
      made = makeGrams();
    }
    return made.get(table);
  }

  private synchronized List<FactorGram> makeGrams() {
    List<FactorGram> made = grams;
    if (made == null) {
      made = tables.stream().map(FactorGram::new).toList();
      grams = made;
    }
    return made;
  }

  /** Bytes that the stored Gram matrices take. */
  public long gramBytes() {
    long bytes = 0;
    for (FactorTable table : tables) {
      bytes += FactorGram.bytes(table.entities());
    }
    return bytes;
  }

  /**
   * Writes the input itself to {@code out}, in row-major order, mode 0 outermost: for small d only.
   *
   * @param out length {@link #dimension()}
   */
  public void materialise(int input, double[] out) {
    out[0] = 1;
    int filled = 1;
    for (int k = 0; k < modes(); k++) {
      FactorTable table = factor(k);
      int rank = table.rank();
      int entity = entity(input, k);
      for (int i = filled - 1; i >= 0; i--) {
        double value = out[i];
        for (int c = rank - 1; c >= 0; c--) {
          out[i * rank + c] = value * table.coordinate(entity, c);
        }
      }
      filled *= rank;
    }
  }
}
