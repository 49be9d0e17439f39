package kronwood.data.feed;

import kronwood.data.ChunkShuffle;
import kronwood.data.SampleSlots;

/**
 * Labelled samples that stay where they are, such as in a file, and are read a stretch at a time.
 * Each part of the split has samples of its own, numbered from 0.
 */
public interface StoredSamples {
  /** Number of samples of a part. */
  int size(SplitPart part);

  /** How an epoch orders the training samples. */
  ChunkShuffle shuffle();

  /** Room for so many of these samples. */
  SampleSlots slots(int count);

  /**
   * Reads the samples {@code from … to − 1} of a part into slots.
   *
   * @param slot the first of the slots
   * @throws kronwood.fault.InputException if they cannot be read, or are not what they were
   */
  void read(SplitPart part, int from, int to, SampleSlots slots, int slot);
}
