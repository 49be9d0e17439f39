package kronwood.data.feed;

import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import kronwood.data.ChunkShuffle;
import kronwood.data.SampleSlots;
import kronwood.data.Samples;
import kronwood.math.RandomSubset;
import org.jspecify.annotations.Nullable;

/**
 * Samples that are read from where they are stored, into slots.
 *
 * <p>There are slots for two windows, which take turns: an engine still reads the last samples of a
 * window when the next one is there. A third stretch of slots is for samples that are evaluated or
 * drawn. Memory: that of {@link SampleSlots} for these, whatever the number of samples.
 */
public final class StoredFeed implements SampleFeed {
  /** Samples that are drawn at most. */
  private static final int MOST_DRAWN = 1024;

  /** Hears of slots that hold other samples. */
  @FunctionalInterface
  public interface Loaded {
    /** The slots {@code from … to − 1} were read anew. */
    void slots(int from, int to);
  }

  private final StoredSamples stored;
  private final ChunkShuffle shuffle;
  private final SampleSlots slots;
  private final int window;
  private @Nullable Loaded loaded;
  private int turn;

  /** Makes the slots; nothing is read yet. */
  public StoredFeed(StoredSamples stored) {
    this.stored = stored;
    this.shuffle = stored.shuffle();
    this.window = shuffle.windowSize(stored.size(SplitPart.TRAIN));
    int others = Math.max(shuffle.chunk(), MOST_DRAWN);
    this.slots = stored.slots(Math.addExact(Math.multiplyExact(2, window), others));
  }

  /** How an epoch orders the training samples. */
  public ChunkShuffle shuffle() {
    return shuffle;
  }

  /** What the slots hold at present. */
  public Samples samples() {
    return slots.samples();
  }

  /** Has somebody hear of all samples that are read from now on; there is one such. */
  public void onLoaded(Loaded listener) {
    loaded = listener;
  }

  private void read(SplitPart part, int from, int to, int slot) {
    stored.read(part, from, to, slots, slot);
    Loaded listener = loaded;
    if (listener != null) {
      listener.slots(slot, slot + to - from);
    }
  }

  @Override
  public int size(SplitPart part) {
    return stored.size(part);
  }

  @Override
  public Iterator<int[]> epoch(SplittableRandom random) {
    int size = size(SplitPart.TRAIN);
    Iterator<ChunkShuffle.Window> windows = shuffle.epoch(size, random);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return windows.hasNext();
      }

      @Override
      public int[] next() {
        ChunkShuffle.Window next = windows.next();
        int first = turn * window;
        turn = 1 - turn;
        int slot = first;
        for (int chunk : next.chunks()) {
          int from = shuffle.begin(chunk);
          int to = shuffle.end(chunk, size);
          read(SplitPart.TRAIN, from, to, slot);
          slot += to - from;
        }
        return Arrays.stream(next.order()).map(position -> first + position).toArray();
      }
    };
  }

  @Override
  public boolean isInStretches() {
    return true;
  }

  @Override
  public Iterator<int[]> stretches(SplitPart part) {
    int size = size(part);
    int slot = 2 * window;
    return IntStream.range(0, shuffle.chunks(size))
        .mapToObj(
            chunk -> {
              int from = shuffle.begin(chunk);
              int to = shuffle.end(chunk, size);
              read(part, from, to, slot);
              return IntStream.range(slot, slot + to - from).toArray();
            })
        .iterator();
  }

  @Override
  public int[] draw(int count, RandomGenerator random) {
    if (count > MOST_DRAWN) {
      throw new IllegalArgumentException("cannot draw " + count + ", at most " + MOST_DRAWN);
    }
    int[] drawn = RandomSubset.of(size(SplitPart.TRAIN), count, random);
    int first = 2 * window;
    // In the order of the file, so that each of its chunks is read once.
    IntStream.range(0, count)
        .boxed()
        .sorted((a, b) -> Integer.compare(drawn[a], drawn[b]))
        .forEach(i -> read(SplitPart.TRAIN, drawn[i], drawn[i] + 1, first + i));
    return IntStream.range(first, first + count).toArray();
  }
}
