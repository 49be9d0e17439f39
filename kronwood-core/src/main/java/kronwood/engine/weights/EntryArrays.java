package kronwood.engine.weights;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import kronwood.input.SparseInputs;
import kronwood.input.StructuredInputs;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.NormalNumbers;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;
import kronwood.network.EntryRows;
import kronwood.network.EntryWeights;
import kronwood.network.InitialWeights;
import kronwood.state.CoefficientLog;
import kronwood.state.NeuronStates;
import kronwood.state.StateVisitor;

/**
 * A row for each entry of the weights that {@link SparseInputs} read, with a number for each unit.
 *
 * <p>Entries of a single training entity, and the one that all inputs share, have rows from the
 * beginning, and W(0) of these is kept. Entries of several entities, <em>cells</em>, get rows when
 * an input with them is trained on for the first time, in the order in which they are; W(0) of
 * cells is made anew for each input that is read. Cells that were never trained on take no memory
 * but their name.
 *
 * <p>Cost, with m neurons: reading an input takes m multiplications for each of its 2^K numbers and
 * part, and a normal number for each cell and distinct neuron; an entry of the log takes 2^K.
 * Memory: a number for each unit and row; 12 bytes for each different cell of all inputs, 4 for
 * each cell of an input. Results do not depend on the number of threads.
 */
final class EntryArrays implements WeightArrays {
  private static final int INPUTS_PER_TASK = 16;

  private final SparseInputs inputs;
  private final Precision precision;
  private final Parallel parallel;
  private final int units;
  private final long[] seeds;
  private final EntryRows rows;

  /** For each mode the row of its first training entity; then the number of these rows. */
  private final int[] firstRow;

  private final int shared;

  /** Indices of all cells, increasing. */
  private final long[] cells;

  /** For each subset of two modes or more, for each input, which cell, −1 if none. */
  private final int[][] cellOf;

  /** For each cell its row, −1 if it has none yet. */
  private final int[] rowOfCell;

  private int used;
  private final EntryRows initialRows;
  private final RealArray[] initial;

  /**
   * @throws IllegalStateException if there are linear units, or initial weights are not numbered
   */
  EntryArrays(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      Precision precision,
      Parallel parallel) {
    if (initialWeights.units() != initialWeights.neurons()) {
      throw new IllegalStateException("weights of entries have no linear units");
    }
    this.inputs = new SparseInputs(inputs);
    this.precision = precision;
    this.parallel = parallel;
    this.units = initialWeights.units();
    this.seeds = initialWeights.seeds();
    this.rows = EntryRows.of(NeuronStates.stride(units));
    this.firstRow = new int[this.inputs.modes() + 1];
    firstRow[0] = 1;
    for (int k = 0; k < this.inputs.modes(); k++) {
      firstRow[k + 1] = Math.addExact(firstRow[k], this.inputs.references(k));
    }
    this.shared = firstRow[this.inputs.modes()];
    this.used = shared;
    this.cells = cells();
    this.rowOfCell = new int[cells.length];
    Arrays.fill(rowOfCell, -1);
    this.cellOf = cellsOfInputs();
    Math.addExact(shared, cells.length);
    this.initialRows = EntryRows.of(seeds.length);
    this.initial = initialRows.empty(shared, precision);
    initialRows.grow(initial, shared);
    makeInitial();
  }

  private static boolean isCell(int subset) {
    return Integer.bitCount(subset) > 1;
  }

  private long[] cells() {
    int subsets = inputs.subsets();
    LongStream.Builder all = LongStream.builder();
    for (int subset = 0; subset < subsets; subset++) {
      for (int i = 0; isCell(subset) && i < inputs.size(); i++) {
        long index = inputs.index(i, subset);
        if (index >= 0) {
          all.add(index);
        }
      }
    }
    long[] sorted = all.build().toArray();
    Arrays.sort(sorted);
    int different = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[different++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, different);
  }

  private int[][] cellsOfInputs() {
    int[][] found = new int[inputs.subsets()][];
    for (int s = 0; s < found.length; s++) {
      int subset = s;
      int[] of = new int[isCell(subset) ? inputs.size() : 0];
      parallel.forRange(
          of.length,
          1 << 12,
          (first, last, worker) -> {
            for (int i = first; i < last; i++) {
              long index = inputs.index(i, subset);
              of[i] = index < 0 ? -1 : Arrays.binarySearch(cells, index);
            }
          });
      found[s] = of;
    }
    return found;
  }

  private void makeInitial() {
    parallel.forRange(
        shared,
        1 << 6,
        (first, last, worker) -> {
          for (int row = first; row < last; row++) {
            double[] weights = new double[seeds.length];
            NormalNumbers.addTo(weights, 1, seeds, indexOfShared(row));
            initial[initialRows.array(row)].write(initialRows.offset(row), weights, weights.length);
          }
        });
  }

  /** Index of the entry that one of the first rows is of. */
  private long indexOfShared(int row) {
    if (row == 0) {
      return 0;
    }
    int mode = 0;
    while (row >= firstRow[mode + 1]) {
      mode++;
    }
    return inputs.indexOf(mode, row - firstRow[mode]);
  }

  /** Row of one of an input's numbers; −1 if it is 0, or its cell has no row. */
  private int row(int input, int subset) {
    if (subset == 0) {
      return 0;
    }
    if (isCell(subset)) {
      int cell = cellOf[subset][input];
      return cell < 0 ? -1 : rowOfCell[cell];
    }
    int mode = Integer.numberOfTrailingZeros(subset);
    int reference = inputs.reference(input, mode);
    return reference < 0 ? -1 : firstRow[mode] + reference;
  }

  @Override
  public RealArray[] zeros() {
    RealArray[] zeros = rows.empty(shared + cells.length, precision);
    rows.grow(zeros, used);
    return zeros;
  }

  @Override
  public void grow(RealArray[] weights) {
    rows.grow(weights, used);
  }

  @Override
  public void read(
      boolean withInitial, List<RealArray[]> summands, int[] block, int stride, RealArray out) {
    parallel.forRange(
        block.length,
        INPUTS_PER_TASK,
        (first, last, worker) -> {
          double[] start = new double[seeds.length];
          for (int p = first; p < last; p++) {
            Arrays.fill(start, 0);
            if (withInitial) {
              readInitial(block[p], start);
            }
            for (int from = 0; from < units; from += start.length) {
              out.write(p * stride + from, start, start.length);
            }
            for (int subset = 0; subset < inputs.subsets(); subset++) {
              int row = row(block[p], subset);
              double number = row < 0 ? 0 : inputs.number(block[p], subset);
              for (RealArray[] summand : summands) {
                if (row >= 0) {
                  addRow(summand[rows.array(row)], rows.offset(row), number, out, p * stride);
                }
              }
            }
          }
        });
  }

  private void readInitial(int input, double[] start) {
    for (int subset = 0; subset < inputs.subsets(); subset++) {
      long index = inputs.index(input, subset);
      if (index < 0) {
        continue;
      }
      double number = inputs.number(input, subset);
      if (isCell(subset)) {
        NormalNumbers.addTo(start, number, seeds, index);
      } else {
        int row = row(input, subset);
        initial[initialRows.array(row)].addTo(
            start, 0, number, initialRows.offset(row), start.length);
      }
    }
  }

  private void addRow(RealArray from, int offset, double number, RealArray to, int position) {
    if (from.length() == 0) {
      return;
    }
    switch (from) {
      case FloatArray(float[] numbers) -> {
        float[] target = ((FloatArray) to).values();
        float factor = (float) number;
        for (int r = 0; r < units; r++) {
          target[position + r] += factor * numbers[offset + r];
        }
      }
      case DoubleArray(double[] numbers) -> {
        double[] target = ((DoubleArray) to).values();
        for (int r = 0; r < units; r++) {
          target[position + r] += number * numbers[offset + r];
        }
      }
    }
  }

  @Override
  public void absorb(RealArray[] weights, CoefficientLog log, int part, int[] logged) {
    if (log.size() == 0) {
      return;
    }
    int subsets = inputs.subsets();
    int[] rowOf = new int[logged.length * subsets];
    double[] number = new double[rowOf.length];
    for (int i = 0; i < rowOf.length; i++) {
      int input = logged[i / subsets];
      int subset = i % subsets;
      if (isCell(subset) && cellOf[subset][input] >= 0 && row(input, subset) < 0) {
        rowOfCell[cellOf[subset][input]] = used++;
      }
      rowOf[i] = row(input, subset);
      number[i] = inputs.number(input, subset);
    }
    grow(weights);
    parallel.forRange(
        Math.ceilDiv(units, Kernels.PANEL),
        1,
        (first, last, worker) -> {
          int end = Math.min(units, last * Kernels.PANEL);
          for (int unit = first * Kernels.PANEL; unit < end; unit++) {
            for (int e = 0; e < log.length(unit); e++) {
              double c = log.coefficient(part, unit, e);
              int from = log.position(unit, e) * subsets;
              for (int i = from; i < from + subsets; i++) {
                if (rowOf[i] >= 0) {
                  weights[rows.array(rowOf[i])].add(rows.offset(rowOf[i]) + unit, c * number[i]);
                }
              }
            }
          }
        });
  }

  @Override
  public void addTo(double[] tensor, double scale, RealArray[] weights, int unit) {
    for (int row = 0; row < shared; row++) {
      addEntry(tensor, indexOfShared(row), scale, weights, row, unit);
    }
    for (int cell = 0; cell < cells.length; cell++) {
      if (rowOfCell[cell] >= 0) {
        addEntry(tensor, cells[cell], scale, weights, rowOfCell[cell], unit);
      }
    }
  }

  private void addEntry(
      double[] tensor, long index, double scale, RealArray[] weights, int row, int unit) {
    RealArray array = weights[rows.array(row)];
    if (array.length() > 0) {
      tensor[Math.toIntExact(index)] += scale * array.get(rows.offset(row) + unit);
    }
  }

  @Override
  public void addInitialTo(double[] tensor, int unit) {
    long seed = seeds[unit % seeds.length];
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] += NormalNumbers.of(seed, i);
    }
  }

  @Override
  public void visit(StateVisitor visitor) {
    long[] taken = new long[cells.length + 1];
    Arrays.setAll(taken, i -> i < rowOfCell.length ? rowOfCell[i] : used);
    visitor.visit("rows", taken);
    for (int cell = 0; cell < rowOfCell.length; cell++) {
      rowOfCell[cell] = (int) taken[cell];
    }
    used = (int) taken[cells.length];
  }

  @Override
  public EntryWeights entries(RealArray[] change, Parallel loop) {
    grow(change);
    long[] index = new long[used];
    int[] rowOf = new int[used];
    long[][] byIndex = new long[shared][];
    Arrays.setAll(byIndex, row -> new long[] {indexOfShared(row), row});
    Arrays.sort(byIndex, (a, b) -> Long.compare(a[0], b[0]));
    int next = 0;
    int cell = 0;
    for (int i = 0; i < used; i++) {
      while (cell < cells.length && rowOfCell[cell] < 0) {
        cell++;
      }
      boolean takesCell = next == shared || (cell < cells.length && cells[cell] < byIndex[next][0]);
      index[i] = takesCell ? cells[cell] : byIndex[next][0];
      rowOf[i] = takesCell ? rowOfCell[cell++] : (int) byIndex[next++][1];
    }
    addInitial(change, index, rowOf, loop);
    float[][] arrays = new float[rows.arrays(used)][];
    for (int a = 0; a < arrays.length; a++) {
      arrays[a] = single(change[a]);
      change[a] = precision.array(0);
    }
    long[] seedOfUnit = new long[units];
    Arrays.setAll(seedOfUnit, r -> seeds[r % seeds.length]);
    return new EntryWeights(seedOfUnit, index, rowOf, arrays, rows);
  }

  private void addInitial(RealArray[] change, long[] index, int[] rowOf, Parallel loop) {
    loop.forRange(
        index.length,
        1 << 8,
        (first, last, worker) -> {
          double[] sum = new double[units];
          double[] start = new double[seeds.length];
          for (int i = first; i < last; i++) {
            RealArray array = change[rows.array(rowOf[i])];
            int offset = rows.offset(rowOf[i]);
            Arrays.fill(start, 0);
            NormalNumbers.addTo(start, 1, seeds, index[i]);
            array.read(offset, sum, units);
            for (int r = 0; r < units; r++) {
              sum[r] += start[r % start.length];
            }
            array.write(offset, sum, units);
          }
        });
  }

  private static float[] single(RealArray array) {
    return switch (array) {
      case FloatArray(float[] numbers) -> numbers;
      case DoubleArray(double[] numbers) -> {
        float[] rounded = new float[numbers.length];
        for (int i = 0; i < rounded.length; i++) {
          rounded[i] = (float) numbers[i];
        }
        yield rounded;
      }
    };
  }
}
