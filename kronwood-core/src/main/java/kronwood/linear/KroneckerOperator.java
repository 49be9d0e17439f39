package kronwood.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.fault.InputException;
import kronwood.input.StructuredInputs;
import kronwood.input.Terms;
import kronwood.math.Parallel;

/**
 * The kernel matrix between two selections of structured inputs, as a linear map that never forms
 * an input:
 *
 * <pre>
 *   y[p] = Σ_q x[q] · ⟨x_to[p], x_from[q]⟩,       ⟨x_i, x_j⟩ = Π_k G_k[i_k, j_k]
 * </pre>
 *
 * <p>Rows and columns that share entities share work: for n pairs on a grid of n_a × n_b entities a
 * product costs about {@code n · (n_a + n_b)} multiplications instead of n². The way of computing
 * it (which mode first, through Gram matrices or coordinates, pair by pair or for the whole grid,
 * several modes as one, or row by row) is the one of least estimated cost that the memory allows;
 * {@link #plan()} names it. Inputs that are sums are taken term by term. Results are those of the
 * definition up to rounding, differ between plans by rounding, and do not depend on the number of
 * threads.
 *
 * <p>Not safe for use by several threads at a time.
 */
public final class KroneckerOperator {
  /** Above this number of modes, not all of their divisions in two groups are looked at. */
  private static final int MOST_MODES_FOR_ALL_GROUPS = 5;

  private final int rows;
  private final int columns;
  private final String plan;
  private final double cost;
  private final Product product;

  private KroneckerOperator(int rows, int columns, String plan, double cost, Product product) {
    this.rows = rows;
    this.columns = columns;
    this.plan = plan;
    this.cost = cost;
    this.product = product;
  }

  /**
   * Prepares products.
   *
   * @param to input of each row; an input may occur more than once
   * @param from input of each column; likewise
   * @param applications about how many products will be asked for: of few, the preparation must be
   *     cheap
   * @param memory bytes that may be taken; the way that takes next to none is always allowed
   * @param parallel where to run; not closed
   * @throws InputException if an input is named that does not exist
   */
  public static KroneckerOperator of(
      StructuredInputs inputs,
      int[] to,
      int[] from,
      int applications,
      double memory,
      Parallel parallel) {
    return plans(inputs, to, from, applications, parallel).stream()
        .filter(plan -> plan.bytes() <= memory)
        .min(Comparator.comparingDouble(Plan::cost))
        .orElseThrow()
        .operator(to.length, from.length);
  }

  /**
   * Estimated cost of one product, in multiplications of a vector kernel: to be known before it is
   * worth preparing.
   */
  public static double cost(
      StructuredInputs inputs, int[] to, int[] from, double memory, Parallel parallel) {
    return plans(inputs, to, from, Integer.MAX_VALUE, parallel).stream()
        .filter(plan -> plan.bytes() <= memory)
        .mapToDouble(Plan::cost)
        .min()
        .orElseThrow();
  }

  /** A way of computing products that could be taken. */
  record Plan(String name, double cost, double bytes, Supplier<Product> product) {
    KroneckerOperator operator(int rows, int columns) {
      return new KroneckerOperator(rows, columns, name, cost, product.get());
    }
  }

  /** All ways of computing products; the last takes no memory to speak of. */
  static List<Plan> plans(
      StructuredInputs inputs, int[] to, int[] from, int applications, Parallel parallel) {
    int[] rows = checked(inputs, to, "row");
    int[] columns = checked(inputs, from, "column");
    if (rows.length == 0 || columns.length == 0) {
      return List.of(new Plan("nothing", 0, 0, () -> (x, y) -> Arrays.fill(y, 0, rows.length, 0)));
    }
    if (!inputs.isPlain()) {
      return plansOfSums(inputs.terms(), rows, columns, applications, parallel);
    }
    Axes axes = new Axes(inputs, rows, columns);
    List<Plan> plans = new ArrayList<>();
    for (int inner : groups(inputs.modes())) {
      addGroups(plans, axes, ((1 << inputs.modes()) - 1) & ~inner, inner, applications, parallel);
    }
    if (inputs.modes() > 2) {
      List<Axis> prefixes =
          IntStream.range(0, inputs.modes()).mapToObj(k -> axes.of((2 << k) - 1)).toList();
      plans.add(
          new Plan(
              "one tensor of weights",
              TensorProduct.cost(inputs, prefixes),
              TensorProduct.bytes(inputs),
              () -> new TensorProduct(inputs, rows, columns, parallel)));
    }
    plans.add(
        new Plan(
            "row by row",
            DirectProduct.cost(inputs, rows.length, columns.length),
            0,
            () -> new DirectProduct(inputs, rows, columns, parallel)));
    return plans;
  }

  private static List<Plan> plansOfSums(
      Terms terms, int[] rows, int[] columns, int applications, Parallel parallel) {
    double bytes = SumProduct.bytes(terms, rows.length, columns.length);
    List<Plan> plans = new ArrayList<>();
    for (Plan plan :
        plans(
            terms.products(),
            terms.readIndices(rows),
            terms.indices(columns),
            applications,
            parallel)) {
      // The last plan is always allowed, whatever the memory.
      plans.add(
          new Plan(
              plan.name(),
              plan.cost(),
              plan.bytes() == 0 ? 0 : plan.bytes() + bytes,
              () -> new SumProduct(terms, plan.product().get(), rows.length, columns.length)));
    }
    return plans;
  }

  /** Sets of modes, as bits, that could be one of the two groups. */
  private static int[] groups(int modes) {
    int all = (1 << modes) - 1;
    if (modes <= MOST_MODES_FOR_ALL_GROUPS) {
      return IntStream.rangeClosed(0, all).toArray();
    }
    return IntStream.concat(
            IntStream.of(0, all), IntStream.range(0, modes).flatMap(k -> pair(1 << k, all)))
        .toArray();
  }

  private static IntStream pair(int group, int all) {
    return IntStream.of(group, all & ~group);
  }

  private static void addGroups(
      List<Plan> plans,
      Axes axes,
      int outerModes,
      int innerModes,
      int applications,
      Parallel parallel) {
    Axis outer = axes.of(outerModes);
    Axis inner = axes.of(innerModes);
    String outerName = names(outerModes);
    String innerName = names(innerModes);
    double outerGram = outer.gramCost() / applications;
    double innerGram = inner.gramCost() / applications;
    for (boolean wholeScatter : new boolean[] {true, false}) {
      for (boolean wholeGather : new boolean[] {true, false}) {
        plans.add(
            new Plan(
                String.format(
                    Locale.ROOT,
                    "Gram of modes %s, %s, then Gram of modes %s, %s",
                    innerName,
                    wholeScatter ? "whole grid" : "pair by pair",
                    outerName,
                    wholeGather ? "whole grid" : "pair by pair"),
                GramProduct.cost(outer, inner, wholeScatter, wholeGather) + outerGram + innerGram,
                GramProduct.bytes(outer, inner, wholeScatter),
                () -> new GramProduct(outer, inner, wholeScatter, wholeGather, parallel)));
      }
    }
    for (boolean throughGram : new boolean[] {true, false}) {
      plans.add(
          new Plan(
              String.format(
                  Locale.ROOT,
                  "coordinates of modes %s, %s of modes %s",
                  innerName,
                  throughGram ? "Gram" : "coordinates",
                  outerName),
              CoordinateProduct.cost(outer, inner, throughGram) + (throughGram ? outerGram : 0),
              CoordinateProduct.bytes(outer, inner, throughGram),
              () -> new CoordinateProduct(outer, inner, throughGram, parallel)));
    }
  }

  private static String names(int modes) {
    return IntStream.range(0, Integer.SIZE)
        .filter(k -> (modes >> k & 1) == 1)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static int[] checked(StructuredInputs inputs, int[] selected, String what) {
    for (int p = 0; p < selected.length; p++) {
      if (selected[p] < 0 || selected[p] >= inputs.size()) {
        throw new InputException(
            what + " " + p + " is input " + selected[p] + ", but there are " + inputs.size());
      }
    }
    return selected.clone();
  }

  /** The axes of groups of modes, made when asked for. */
  private static final class Axes {
    private final StructuredInputs inputs;
    private final int[] to;
    private final int[] from;
    private final boolean same;
    private final Map<Integer, Axis> made = new HashMap<>();

    Axes(StructuredInputs inputs, int[] to, int[] from) {
      this.inputs = inputs;
      this.to = to;
      this.from = from;
      this.same = Arrays.equals(to, from);
    }

    /** The axis of the modes whose bits are set. */
    Axis of(int mask) {
      Axis known = made.get(mask);
      if (known == null) {
        known = make(mask);
        for (Axis other : made.values()) {
          if (other.isAlike(known)) {
            known = other;
            break;
          }
        }
        made.put(mask, known);
      }
      return known;
    }

    private Axis make(int mask) {
      int[] modes = IntStream.range(0, inputs.modes()).filter(k -> (mask >> k & 1) == 1).toArray();
      Numbering columns = Numbering.of(inputs, modes, from);
      return new Axis(inputs, modes, same ? columns : Numbering.of(inputs, modes, to), columns);
    }
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** How products are computed, in words. Modes are counted from 0. */
  public String plan() {
    return plan;
  }

  /** Estimated multiplications of a product, with its share of the preparation. */
  public double cost() {
    return cost;
  }

  /**
   * Multiplies: {@code y[p] = Σ_q x[q] · ⟨x_to[p], x_from[q]⟩}.
   *
   * @param x {@link #columns()} numbers, finite, not changed
   * @param y {@link #rows()} numbers, overwritten; another array than x
   * @throws InputException if an array has another length
   */
  public void times(double[] x, double[] y) {
    if (x.length != columns || y.length != rows) {
      throw new InputException(
          "a matrix of %d × %d cannot take %d numbers to %d"
              .formatted(rows, columns, x.length, y.length));
    }
    product.times(x, y);
  }
}
