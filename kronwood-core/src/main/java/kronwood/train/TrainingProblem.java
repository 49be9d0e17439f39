package kronwood.train;

import kronwood.data.ChunkShuffle;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.feed.ResidentFeed;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.StoredFeed;
import kronwood.fault.InputException;
import kronwood.input.StructuredInputs;
import kronwood.loss.Loss;
import org.jspecify.annotations.Nullable;

/**
 * Samples to learn from: input, target and part of the split for each. They are all in memory, or
 * they are read from where they are stored: then inputs, targets and weights are those of the slots
 * that they are read into, and there is no {@link #split}.
 */
public final class TrainingProblem {
  private final StructuredInputs inputs;
  private final Samples samples;
  private final @Nullable Split split;
  private final Loss loss;
  private final @Nullable StoredFeed stored;

  private TrainingProblem(
      StructuredInputs inputs,
      Samples samples,
      @Nullable Split split,
      Loss loss,
      @Nullable StoredFeed stored) {
    if (inputs.size() != samples.size()) {
      throw new InputException(inputs.size() + " inputs but " + samples.size() + " samples");
    }
    this.inputs = inputs;
    this.samples = samples;
    this.split = split;
    this.loss = loss;
    this.stored = stored;
  }

  /**
   * A problem whose samples are in memory.
   *
   * @param inputs input of each sample
   * @param samples targets and weights of each sample
   * @param split which samples train, validate and test
   * @param loss what is minimised: the weighted mean of the loss over the training samples
   * @throws InputException if there are not as many inputs as samples, if the split names a sample
   *     that does not exist, or if all weights of a part are 0
   */
  public TrainingProblem(StructuredInputs inputs, Samples samples, Split split, Loss loss) {
    this(inputs, samples, split, loss, null);
    for (int[] part : new int[][] {split.train(), split.validation(), split.test()}) {
      for (int sample : part) {
        if (sample >= samples.size()) {
          throw new InputException(
              "the split names sample " + sample + ", there are " + samples.size());
        }
      }
    }
    checkWeights("training", samples, split.train());
    checkWeights("validation", samples, split.validation());
    checkWeights("test", samples, split.test());
  }

  /**
   * A problem whose samples are stored.
   *
   * @param inputs input of each slot
   * @param stored reads the samples
   * @param loss what is minimised: the weighted mean of the loss over the training samples
   */
  public static TrainingProblem ofStored(StructuredInputs inputs, StoredFeed stored, Loss loss) {
    return new TrainingProblem(inputs, stored.samples(), null, loss, stored);
  }

  private static void checkWeights(String part, Samples samples, int[] listed) {
    for (int sample : listed) {
      if (samples.weight(sample) > 0) {
        return;
      }
    }
    if (listed.length > 0) {
      throw new InputException("all " + part + " samples have weight 0");
    }
  }

  /** Input of each sample, or of each slot. */
  public StructuredInputs inputs() {
    return inputs;
  }

  /** Targets and weights of each sample, or of each slot. */
  public Samples samples() {
    return samples;
  }

  /** What is minimised. */
  public Loss loss() {
    return loss;
  }

  /** Whether samples are read from where they are stored. */
  public boolean isStored() {
    return stored != null;
  }

  /**
   * Which samples train, validate and test.
   *
   * @throws IllegalStateException if samples are stored
   */
  public Split split() {
    if (split == null) {
      throw new IllegalStateException("samples that are stored are not listed");
    }
    return split;
  }

  /** How an epoch orders the training samples, null for any order of all of them. */
  public @Nullable ChunkShuffle shuffle() {
    return stored == null ? split().shuffle() : stored.shuffle();
  }

  /** What a training goes through, from its beginning. Of stored samples it is always the same. */
  public SampleFeed feed() {
    return stored == null ? new ResidentFeed(split()) : stored;
  }

  /** Has somebody hear of samples that are read anew; those in memory are not. */
  void onLoaded(StoredFeed.Loaded listener) {
    if (stored != null) {
      stored.onLoaded(listener);
    }
  }
}
