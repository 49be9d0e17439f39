package kronwood.network;

import java.util.Arrays;
import kronwood.fault.InputException;
import kronwood.input.SparseInputs;
import kronwood.math.NormalNumbers;

/**
 * Weights of neurons that take {@link SparseInputs}: those of single entries, for all neurons side
 * by side. Weights of entries that are not here are the initial ones, made of their seed and index
 * ({@link NormalNumbers}) whenever they are asked for.
 *
 * <p>Memory: 4 bytes a neuron and entry, 16 an entry. Cost of reading an input: m for each of its
 * numbers, and about log2 of the entries of one bucket to find each. Arrays are not copied.
 */
public final class EntryWeights {
  private final long[] seeds;
  private final long[] index;
  private final int[] row;
  private final float[][] arrays;
  private final EntryRows rows;

  /** For the entries whose index is in a range of 2^shift, the position of the first. */
  private final int[] bucket;

  private final int shift;

  /**
   * Weights of entries.
   *
   * @param seeds for each neuron that of its initial weights
   * @param index of the entries, increasing
   * @param row which of the rows has an entry's weights
   * @param arrays the rows
   * @param rows where they stand
   * @throws InputException if indices are not increasing, or sizes do not fit
   */
  public EntryWeights(long[] seeds, long[] index, int[] row, float[][] arrays, EntryRows rows) {
    if (seeds.length == 0 || rows.stride() < seeds.length || row.length != index.length) {
      throw new InputException(
          "rows of %d numbers for %d neurons, %d rows of %d entries"
              .formatted(rows.stride(), seeds.length, row.length, index.length));
    }
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0 || (i > 0 && index[i] <= index[i - 1])) {
        throw new InputException("indices of entries are not increasing at " + i);
      }
    }
    this.seeds = seeds;
    this.index = index;
    this.row = row;
    this.arrays = arrays;
    this.rows = rows;
    long end = index.length == 0 ? 0 : index[index.length - 1];
    int bits = 0;
    while (end >> bits >= Math.max(1, index.length)) {
      bits++;
    }
    this.shift = bits;
    this.bucket = new int[(int) (end >> bits) + 2];
    for (int i = index.length - 1; i >= 0; i--) {
      bucket[(int) (index[i] >> bits)] = i;
    }
    bucket[bucket.length - 1] = index.length;
    for (int b = bucket.length - 2; b > 0; b--) {
      boolean empty = bucket[b] == 0 || index[bucket[b]] >> bits != b;
      bucket[b] = empty ? bucket[b + 1] : bucket[b];
    }
  }

  /** Number of neurons m. */
  public int neurons() {
    return seeds.length;
  }

  /** Number of entries that are here. */
  public int size() {
    return index.length;
  }

  /** Seeds of the neurons' initial weights, not to be changed. */
  public long[] seeds() {
    return seeds;
  }

  /** Indices of the entries, increasing, not to be changed. */
  public long[] indices() {
    return index;
  }

  /** Copies the weights of an entry, one for each neuron. */
  public void copy(int entry, float[] weights) {
    System.arraycopy(
        arrays[rows.array(row[entry])], rows.offset(row[entry]), weights, 0, seeds.length);
  }

  /**
   * {@code z_r = ⟨W_r, x⟩} of all neurons.
   *
   * @param z length m
   */
  public void read(SparseInputs inputs, int input, double[] z) {
    Arrays.fill(z, 0);
    for (int subset = 0; subset < inputs.subsets(); subset++) {
      long wanted = inputs.index(input, subset);
      if (wanted >= 0) {
        add(wanted, inputs.number(input, subset), z);
      }
    }
  }

  private void add(long wanted, double factor, double[] z) {
    int entry = find(wanted);
    if (entry < 0) {
      NormalNumbers.addTo(z, factor, seeds, wanted);
      return;
    }
    float[] weights = arrays[rows.array(row[entry])];
    int offset = rows.offset(row[entry]);
    for (int r = 0; r < z.length; r++) {
      z[r] += factor * weights[offset + r];
    }
  }

  /** Position of an entry, negative if it is not here. */
  private int find(long wanted) {
    long of = wanted >> shift;
    return of >= bucket.length - 1
        ? -1
        : Arrays.binarySearch(index, bucket[(int) of], bucket[(int) of + 1], wanted);
  }

  /** Largest magnitude of a weight that is here; NaN or infinite if one is. */
  public float largest() {
    float largest = 0;
    float[] weights = new float[seeds.length];
    for (int entry = 0; entry < index.length; entry++) {
      copy(entry, weights);
      for (float weight : weights) {
        largest = Math.max(largest, Math.abs(weight));
      }
    }
    return largest;
  }

  /**
   * The same weights with the neurons in another order, in the same arrays: these are spoilt.
   *
   * @param place for each neuron where it goes
   */
  public EntryWeights placed(int[] place) {
    boolean moves = false;
    for (int r = 0; r < place.length; r++) {
      moves |= place[r] != r;
    }
    if (!moves) {
      return this;
    }
    long[] moved = new long[seeds.length];
    float[] before = new float[seeds.length];
    for (int r = 0; r < moved.length; r++) {
      moved[place[r]] = seeds[r];
    }
    for (int entry = 0; entry < index.length; entry++) {
      copy(entry, before);
      float[] weights = arrays[rows.array(row[entry])];
      int offset = rows.offset(row[entry]);
      for (int r = 0; r < before.length; r++) {
        weights[offset + place[r]] = before[r];
      }
    }
    return new EntryWeights(moved, index, row, arrays, rows);
  }
}
