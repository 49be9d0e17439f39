package kronwood.engine.weights;

/**
 * How many samples a block has where inputs are sparse: few, always as many, as reading one again
 * costs less than the log of a longer block.
 */
public final class EntryBlockSize extends BlockSize {
  private static final int SAMPLES = 64;

  public EntryBlockSize() {
    super(SAMPLES);
  }

  @Override
  public void adapt(long pulled, int samples) {}
}
