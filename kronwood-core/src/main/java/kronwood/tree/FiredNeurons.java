package kronwood.tree;

import java.util.Arrays;

/**
 * The neurons that fire on one sample, in increasing order, with their pre-activations: a buffer
 * that queries fill again and again.
 */
public final class FiredNeurons {
  private int count;
  private int[] neurons = new int[64];
  private double[] preActivations = new double[64];

  /** Forgets all neurons. */
  public void clear() {
    count = 0;
  }

  /** Appends a neuron. */
  public void add(int neuron, double preActivation) {
    if (count == neurons.length) {
      neurons = Arrays.copyOf(neurons, 2 * count);
      preActivations = Arrays.copyOf(preActivations, 2 * count);
    }
    neurons[count] = neuron;
    preActivations[count++] = preActivation;
  }

  /** Number of neurons that fire. */
  public int count() {
    return count;
  }

  /** The {@code position}-th of them. */
  public int neuron(int position) {
    return neurons[position];
  }

  /** Pre-activation z of the {@code position}-th of them. */
  public double preActivation(int position) {
    return preActivations[position];
  }

  /** Moves the first {@code head} entries behind all others. */
  void rotate(int head) {
    int[] firstNeurons = Arrays.copyOf(neurons, head);
    double[] firstPreActivations = Arrays.copyOf(preActivations, head);
    System.arraycopy(neurons, head, neurons, 0, count - head);
    System.arraycopy(preActivations, head, preActivations, 0, count - head);
    System.arraycopy(firstNeurons, 0, neurons, count - head, head);
    System.arraycopy(firstPreActivations, 0, preActivations, count - head, head);
  }
}
