package kronwood.data;

import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Which samples train the network, which steer its training, and which test it: positions in {@link
 * Samples}. Validation and test may be empty.
 *
 * @param train samples whose gradients are used, at least one
 * @param validation samples that are only evaluated, for choices made while training
 * @param test samples that are only evaluated, for the reported result
 * @param shuffle how an epoch orders the training samples, in chunks of them as they are listed;
 *     null for any order of all of them
 */
public record Split(int[] train, int[] validation, int[] test, @Nullable ChunkShuffle shuffle) {

  /**
   * Copies the arrays and checks that there is something to train on and that no sample is in two
   * parts.
   *
   * @throws InputException if not
   */
  public Split {
    if (train.length == 0) {
      throw new InputException("no training samples");
    }
    train = train.clone();
    validation = validation.clone();
    test = test.clone();
    int largest = -1;
    for (int[] part : new int[][] {train, validation, test}) {
      for (int sample : part) {
        if (sample < 0) {
          throw new InputException("the split names sample " + sample);
        }
        largest = Math.max(largest, sample);
      }
    }
    boolean[] taken = new boolean[largest + 1];
    for (int[] part : new int[][] {train, validation, test}) {
      for (int sample : part) {
        if (taken[sample]) {
          throw new InputException("sample " + sample + " is in the split twice");
        }
        taken[sample] = true;
      }
    }
  }

  /** Parts whose training samples come in any order. */
  public Split(int[] train, int[] validation, int[] test) {
    this(train, validation, test, null);
  }

  /** All of {@code samples} samples as training samples. */
  public static Split trainOnAll(int samples) {
    int[] train = new int[samples];
    for (int i = 0; i < samples; i++) {
      train[i] = i;
    }
    return new Split(train, new int[0], new int[0]);
  }
}
