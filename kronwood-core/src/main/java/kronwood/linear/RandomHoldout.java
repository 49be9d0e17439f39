package kronwood.linear;

import java.util.Arrays;
import java.util.SplittableRandom;
import kronwood.fault.InputException;

/**
 * A selection cut in two at random: what is learned from, and what choices are made on.
 *
 * @param train the larger part, in the order of the selection
 * @param validation the rest, likewise
 */
public record RandomHoldout(int[] train, int[] validation) {

  /**
   * Holds a share of the samples out, at least one, and leaves at least one.
   *
   * @param samples at least two
   * @param share in (0, 1)
   * @throws InputException if not
   */
  public static RandomHoldout of(int[] samples, double share, long seed) {
    if (samples.length < 2) {
      throw new InputException(
          samples.length + " samples cannot be cut in two: at least 2 are needed");
    }
    if (!(share > 0 && share < 1)) {
      throw new InputException(
          "share of validation samples is " + share + ", expected a number between 0 and 1");
    }
    int wanted = (int) Math.clamp(Math.round(share * samples.length), 1L, samples.length - 1L);
    SplittableRandom random = new SplittableRandom(seed);
    int[] train = new int[samples.length - wanted];
    int[] validation = new int[wanted];
    int taken = 0;
    for (int i = 0; i < samples.length; i++) {
      // Every subset of that size is as likely as any other.
      if (random.nextInt(samples.length - i) < wanted - taken) {
        validation[taken++] = samples[i];
      } else {
        train[i - taken] = samples[i];
      }
    }
    return new RandomHoldout(train, validation);
  }

  /** The training part followed by the validation part. */
  public int[] all() {
    int[] all = Arrays.copyOf(train, train.length + validation.length);
    System.arraycopy(validation, 0, all, train.length, validation.length);
    return all;
  }
}
