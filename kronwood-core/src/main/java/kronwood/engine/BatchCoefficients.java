package kronwood.engine;

import java.util.Arrays;

/**
 * The coefficients {@code c_{r,j}} of one batch: by how much each neuron r that fired on sample j
 * moves along that sample's input, {@code W_r ← W_r + c_{r,j} · x_j}.
 *
 * <p>Stored sample by sample, neurons increasing. One buffer serves all batches.
 */
public final class BatchCoefficients {
  private int samples;
  private int[] sample = new int[16];
  private int[] end = new int[16];
  private int[] neuron = new int[256];
  private double[] coefficient = new double[256];
  private double[] preActivation = new double[256];

  /** Forgets all coefficients. */
  public void clear() {
    samples = 0;
  }

  /** Begins the coefficients of another sample. */
  public void beginSample(int index) {
    if (samples == sample.length) {
      sample = Arrays.copyOf(sample, 2 * samples);
      end = Arrays.copyOf(end, 2 * samples);
    }
    sample[samples] = index;
    end[samples] = start(samples);
    samples++;
  }

  /** Appends a coefficient of the sample begun last, on which the neuron fired with {@code z}. */
  public void add(int r, double c, double z) {
    int position = end[samples - 1]++;
    if (position == neuron.length) {
      neuron = Arrays.copyOf(neuron, 2 * position);
      coefficient = Arrays.copyOf(coefficient, 2 * position);
      preActivation = Arrays.copyOf(preActivation, 2 * position);
    }
    neuron[position] = r;
    coefficient[position] = c;
    preActivation[position] = z;
  }

  /** Number of samples. */
  public int samples() {
    return samples;
  }

  /** The {@code position}-th sample. */
  public int sample(int position) {
    return sample[position];
  }

  /** First coefficient of the {@code position}-th sample. */
  public int start(int position) {
    return position == 0 ? 0 : end[position - 1];
  }

  /** End of the coefficients of the {@code position}-th sample, exclusive. */
  public int end(int position) {
    return end[position];
  }

  /** First coefficient of the {@code position}-th sample whose neuron is not below {@code r}. */
  int lowerBound(int position, int r) {
    int low = start(position);
    int high = end[position];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (neuron[middle] < r) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Number of coefficients. */
  public int size() {
    return start(samples);
  }

  /** Neuron of a coefficient. */
  public int neuron(int index) {
    return neuron[index];
  }

  /** Value of a coefficient. */
  public double coefficient(int index) {
    return coefficient[index];
  }

  /** Pre-activation that the coefficient's neuron had on its sample when it fired. */
  public double preActivation(int index) {
    return preActivation[index];
  }
}
