package kronwood.input;

import java.util.Arrays;
import java.util.List;
import kronwood.data.EntityTuples;
import kronwood.fault.InputException;
import kronwood.gram.FactorTable;

/**
 * Inputs {@code x_i = u_{i,1} ⊗ … ⊗ u_{i,K}}, one per entity tuple, known by their factors only.
 *
 * <p>Two modes may share one table of coordinates. {@code ⟨x_i, x_j⟩ = Π_k ⟨u_{i,k}, u_{j,k}⟩}; no
 * method but {@link #materialise} ever works in the dimension {@code d = Π_k rank_k}.
 *
 * <p>With an {@link InputForm} other than plain an input is a sum of T such products, its {@link
 * Terms}; inner products then cost up to T² times as much. Modes here are the axes of the products:
 * where two entities are ranked against each other they are one. Where two entities are compared,
 * inputs are plain: one axis has the different pairs for entities.
 */
public final class StructuredInputs {
  /** Rounding in single precision, relative to terms that may cancel. */
  private static final double CANCELLATION = 1e-7;

  private final List<FactorTable> tables;
  private final int[] tableOfMode;
  private final EntityTuples tuples;
  private final PairStructure structure;
  private final Terms terms;
  private final int termCount;
  private final int[] tableOfEntity;
  private final boolean symmetric;
  private final FactorGrams grams;

  /**
   * Inputs that are single products.
   *
   * @param tableOfMode for each factor the position of its table
   * @param structure what they were made for
   * @param tableOfEntity for each entity of the tuples that they were made of, the position of its
   *     table
   */
  StructuredInputs(
      List<FactorTable> tables,
      int[] tableOfMode,
      EntityTuples tuples,
      PairStructure structure,
      int[] tableOfEntity) {
    this.tables = List.copyOf(tables);
    this.grams = new FactorGrams(this.tables);
    this.tableOfMode = tableOfMode.clone();
    this.tuples = tuples;
    this.structure = structure;
    this.tableOfEntity = tableOfEntity.clone();
    this.termCount = 1;
    this.terms = new Terms(this, new double[] {1}, new double[] {1});
    this.symmetric = SymmetricHalf.isIn(this);
  }

  /** Inputs that are sums. */
  StructuredInputs(PairStructure structure, Terms terms, int[] tableOfEntity) {
    StructuredInputs products = terms.products();
    this.tables = products.tables;
    this.grams = products.grams;
    this.tableOfMode = products.tableOfMode;
    this.tuples = products.tuples;
    this.structure = structure;
    this.termCount = terms.count();
    this.tableOfEntity = tableOfEntity.clone();
    this.terms = terms;
    this.symmetric = SymmetricHalf.isIn(this);
  }

  /**
   * Inputs made of the tables' rows.
   *
   * @param tables distinct tables of coordinates
   * @param tableOfMode for each mode the position of its table
   * @param tuples entities of each input
   * @throws InputException if a tuple names an entity its table does not have
   */
  public static StructuredInputs of(
      List<FactorTable> tables, int[] tableOfMode, EntityTuples tuples) {
    check(tables, tableOfMode, tuples);
    return new StructuredInputs(tables, tableOfMode, tuples, PairStructure.PLAIN, tableOfMode);
  }

  /**
   * Inputs made of the tables' rows in some form. Memory: 4 · T · K bytes an input.
   *
   * @param tables distinct tables of coordinates
   * @param tableOfMode for each mode the position of its table
   * @param tuples entities of each input
   * @param form how entities become inputs
   * @throws InputException if a tuple names an entity its table does not have, or such modes cannot
   *     have the form
   */
  public static StructuredInputs of(
      List<FactorTable> tables, int[] tableOfMode, EntityTuples tuples, InputForm form) {
    if (form.structure() == PairStructure.PLAIN) {
      return of(tables, tableOfMode, tuples);
    }
    check(tables, tableOfMode, tuples);
    return FormedInputs.of(tables, tableOfMode, tuples, form);
  }

  private static void check(List<FactorTable> tables, int[] tableOfMode, EntityTuples tuples) {
    if (tableOfMode.length != tuples.modes()) {
      throw new InputException(
          tableOfMode.length + " modes but tuples of " + tuples.modes() + " entities");
    }
    for (int i = 0; i < tuples.size(); i++) {
      for (int k = 0; k < tableOfMode.length; k++) {
        int entities = tables.get(tableOfMode[k]).entities();
        if (tuples.entity(i, k) >= entities) {
          throw new InputException(
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
  }

  /** Number of inputs. */
  public int size() {
    return tuples.size() / termCount;
  }

  /** What is known of how inputs depend on their entities. */
  public PairStructure structure() {
    return structure;
  }

  /** Whether inputs are single products, whose factors can be asked for. */
  public boolean isPlain() {
    return terms.products() == this;
  }

  /** Whether inputs are plain and all entities are identities: see {@link SparseInputs}. */
  public boolean isSparse() {
    return isPlain()
        && structure == PairStructure.PLAIN
        && tables.stream().allMatch(FactorTable::isOfIdentities);
  }

  /** For each entity of the tuples that inputs were made of, the position of its table. */
  public int[] tableOfEntity() {
    return tableOfEntity.clone();
  }

  /** The inputs as sums of plain products; of plain inputs themselves. */
  public Terms terms() {
    return terms;
  }

  /** Number of factors, K. */
  public int modes() {
    return tableOfMode.length;
  }

  /**
   * Entity of input {@code input} in mode {@code mode}.
   *
   * @throws IllegalStateException if inputs are sums, whose terms have entities
   */
  public int entity(int input, int mode) {
    if (termCount != 1) {
      throw new IllegalStateException("an input that is a sum has no entities of its own");
    }
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

  /**
   * Whether all inputs are symmetric matrices: an entity times itself, or two in both orders. They
   * then lie in a space of r (r + 1) / 2 dimensions, about half of d = r².
   */
  public boolean isSymmetric() {
    return symmetric;
  }

  /** Coordinates that a whole input needs: d, or r (r + 1) / 2 if all are symmetric. */
  public double estimatedWholeRank() {
    return symmetric ? SymmetricHalf.rank(factor(0).rank()) : estimatedDimension();
  }

  /**
   * Writes coordinates of a whole input: those of {@link #materialise}, or if all are symmetric the
   * entries on and below the diagonal, these times √2, so that inner products are kept.
   *
   * @param out length {@link #estimatedWholeRank}
   */
  public void wholeCoordinates(int input, double[] out) {
    if (symmetric) {
      SymmetricHalf.write(terms, input, out);
    } else {
      materialise(input, out);
    }
  }

  /** Inner product of two inputs. Cost: Σ rank_k for each pair of terms. */
  public double inner(int i, int j) {
    if (!isPlain()) {
      return innerOfSums(i, j, false);
    }
    double product = 1;
    for (int k = 0; k < modes(); k++) {
      product *= factor(k).inner(entity(i, k), entity(j, k));
    }
    return product;
  }

  /** The inner product, or if asked for the sum of its terms' absolute values. */
  private double innerOfSums(int i, int j, boolean absolute) {
    double sum = 0;
    for (int r = 0; r < terms.readCount(); r++) {
      for (int t = 0; t < termCount; t++) {
        double product = terms.products().inner(terms.index(i, r), terms.index(j, t));
        double term = terms.readWeight(r) * terms.weight(t) * product;
        sum += absolute ? Math.abs(term) : term;
      }
    }
    return sum;
  }

  /**
   * {@code ‖x_input‖}, or slightly more: where terms nearly cancel, what is computed with them in
   * single precision errs by more than the norm of what is left.
   */
  public double norm(int input) {
    double square = inner(input, input);
    return isPlain()
        ? Math.sqrt(square)
        : Math.sqrt(Math.max(0, square) + CANCELLATION * innerOfSums(input, input, true));
  }

  /**
   * The Gram row of input {@code input}'s entity in mode {@code mode}: inner products of that
   * entity with all entities of the mode, not to be changed; of plain inputs. Gram matrices of up
   * to 256 MiB are made at the first call and kept; of larger ones the row is made each time.
   */
  public double[] gramRow(int input, int mode) {
    return grams.get(tableOfMode[mode]).row(entity(input, mode));
  }

  /** Inner products of one input with all inputs, {@link #size()} values. Cost: size · K. */
  public double[] innerProducts(int input) {
    double[] products = new double[size()];
    if (!isPlain()) {
      int[] all = new int[products.length];
      Arrays.setAll(all, i -> i);
      innerProductsOfSums(input, all, all.length, products);
      return products;
    }
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
    if (!isPlain()) {
      innerProductsOfSums(input, listed, count, out);
      return;
    }
    Arrays.fill(out, 0, count, 1);
    for (int k = 0; k < modes(); k++) {
      FactorGram gram = grams.get(tableOfMode[k]);
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

  private void innerProductsOfSums(int input, int[] listed, int count, double[] out) {
    int[] others = terms.indices(Arrays.copyOf(listed, count));
    double[] products = new double[others.length];
    Arrays.fill(out, 0, count, 0);
    for (int r = 0; r < terms.readCount(); r++) {
      terms.products().innerProducts(terms.index(input, r), others, others.length, products);
      for (int p = 0; p < count; p++) {
        double sum = 0;
        for (int t = 0; t < termCount; t++) {
          sum += terms.weight(t) * products[p * termCount + t];
        }
        out[p] += terms.readWeight(r) * sum;
      }
    }
  }

  /**
   * Inner products of one entity of a mode with others of that mode.
   *
   * @param out {@code out[i] = ⟨u_entity, u_{others[i]}⟩}, as long as {@code others}
   */
  public void innerProducts(int mode, int entity, int[] others, double[] out) {
    FactorGram gram = grams.get(tableOfMode[mode]);
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

  /** Bytes that the stored Gram matrices take. */
  public long gramBytes() {
    return grams.bytes();
  }

  /**
   * Writes the input itself to {@code out}, in row-major order, mode 0 outermost: for small d only.
   *
   * @param out length {@link #dimension()}
   */
  public void materialise(int input, double[] out) {
    if (!isPlain()) {
      materialiseSum(input, out);
      return;
    }
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

  private void materialiseSum(int input, double[] out) {
    int dimension = Math.toIntExact(dimension());
    double[] product = new double[dimension];
    Arrays.fill(out, 0, dimension, 0);
    for (int t = 0; t < termCount; t++) {
      terms.products().materialise(terms.index(input, t), product);
      for (int i = 0; i < dimension; i++) {
        out[i] += terms.weight(t) * product[i];
      }
    }
  }
}
