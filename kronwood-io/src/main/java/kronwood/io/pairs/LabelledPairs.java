package kronwood.io.pairs;

import kronwood.data.Samples;

/**
 * Rows of a pairs table with their targets, to evaluate a trained model on. The array is not
 * copied.
 *
 * @param samples entity tuples, targets and weights, in the order of the table
 * @param rows data row, counted from 1, that each sample was read from
 */
public record LabelledPairs(Samples samples, int[] rows) {}
