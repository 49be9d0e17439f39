package kronwood.data.feed;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import kronwood.data.ChunkShuffle;
import kronwood.data.Split;
import kronwood.math.RandomSubset;
import org.jspecify.annotations.Nullable;

/** Samples that are all in memory: an index is good for ever. */
public final class ResidentFeed implements SampleFeed {
  private final Split split;
  private final @Nullable ChunkShuffle shuffle;

  /** The order of the last epoch, which the next one shuffles further. */
  private int @Nullable [] order;

  public ResidentFeed(Split split) {
    this.split = split;
    this.shuffle = split.shuffle();
  }

  private int[] listed(SplitPart part) {
    return switch (part) {
      case TRAIN -> split.train();
      case VALIDATION -> split.validation();
      case TEST -> split.test();
    };
  }

  @Override
  public int size(SplitPart part) {
    return listed(part).length;
  }

  @Override
  public Iterator<int[]> epoch(SplittableRandom random) {
    ChunkShuffle cut = shuffle;
    if (cut == null) {
      int[] next = order == null ? split.train().clone() : order;
      order = next;
      ChunkShuffle.shuffle(next, random);
      return List.of(next).iterator();
    }
    Iterator<ChunkShuffle.Window> windows = cut.epoch(split.train().length, random);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return windows.hasNext();
      }

      @Override
      public int[] next() {
        ChunkShuffle.Window window = windows.next();
        int[] train = split.train();
        int[] samples = new int[window.order().length];
        int size = 0;
        for (int chunk : window.chunks()) {
          int from = cut.begin(chunk);
          int count = cut.end(chunk, train.length) - from;
          System.arraycopy(train, from, samples, size, count);
          size += count;
        }
        return Arrays.stream(window.order()).map(position -> samples[position]).toArray();
      }
    };
  }

  @Override
  public boolean isInStretches() {
    return shuffle != null;
  }

  @Override
  public Iterator<int[]> stretches(SplitPart part) {
    int[] listed = listed(part);
    ChunkShuffle cut = shuffle;
    if (cut == null) {
      return List.of(listed).iterator();
    }
    return IntStream.range(0, cut.chunks(listed.length))
        .mapToObj(
            chunk -> Arrays.copyOfRange(listed, cut.begin(chunk), cut.end(chunk, listed.length)))
        .iterator();
  }

  @Override
  public int[] draw(int count, RandomGenerator random) {
    return RandomSubset.of(split.train(), count, random);
  }
}
