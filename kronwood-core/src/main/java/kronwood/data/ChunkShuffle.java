package kronwood.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import kronwood.fault.InputException;

/**
 * An order of training samples that can be drawn without having all of them at hand: samples are
 * cut into chunks, the chunks come in a random order, and so many of them at a time make a window,
 * within which the samples are shuffled.
 *
 * <p>The order follows from these two numbers, the number of samples and the random numbers alone.
 * It is the same wherever the samples are. Samples of one window make an ordinary permutation.
 * Memory: 4 bytes a chunk, and 4 bytes for each sample of a window.
 *
 * @param chunk samples of a chunk; the last one may have fewer
 * @param window chunks of a window; the last one may have fewer
 */
public record ChunkShuffle(int chunk, int window) {
  /**
   * Checks the numbers.
   *
   * @throws InputException if one is below 1, or a window has more samples than an array
   */
  public ChunkShuffle {
    if (chunk < 1 || window < 1 || (long) chunk * window > 1 << 30) {
      throw new InputException(
          "windows of %d chunks of %d samples, expected at least 1 of each and at most 2^30 samples"
              .formatted(window, chunk));
    }
  }

  /** Samples of a window at most, of so many samples in all. */
  public int windowSize(int samples) {
    return Math.min(samples, chunk * window);
  }

  /** Number of chunks of so many samples. */
  public int chunks(int samples) {
    return Math.ceilDiv(samples, chunk);
  }

  /** The first sample of a chunk. */
  public int begin(int number) {
    return number * chunk;
  }

  /** The end of a chunk, exclusive, of so many samples in all. */
  public int end(int number, int samples) {
    return (int) Math.min(samples, (number + 1L) * chunk);
  }

  /**
   * Some chunks and the order of their samples.
   *
   * @param chunks numbers of the chunks; not copied
   * @param order positions of samples in the chunks laid one after the other; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, for speed
  public record Window(int[] chunks, int[] order) {}

  /** The windows of an epoch, each drawn when it is asked for. */
  public Iterator<Window> epoch(int samples, SplittableRandom random) {
    int[] chunks = range(chunks(samples));
    shuffle(chunks, random);
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < chunks.length;
      }

      @Override
      public Window next() {
        if (!hasNext()) {
          throw new NoSuchElementException("an epoch of " + chunks.length + " chunks is over");
        }
        int[] some = Arrays.copyOfRange(chunks, next, Math.min(chunks.length, next + window));
        next += some.length;
        int size = 0;
        for (int number : some) {
          size += end(number, samples) - begin(number);
        }
        int[] order = range(size);
        shuffle(order, random);
        return new Window(some, order);
      }
    };
  }

  private static int[] range(int size) {
    int[] range = new int[size];
    Arrays.setAll(range, i -> i);
    return range;
  }

  /** Puts numbers into a random order, each order equally likely. */
  public static void shuffle(int[] numbers, SplittableRandom random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int number = numbers[other];
      numbers[other] = numbers[i];
      numbers[i] = number;
    }
  }
}
