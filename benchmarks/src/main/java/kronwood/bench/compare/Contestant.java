package kronwood.bench.compare;

/** One side of a comparison: something that trains the same network whenever it is asked to. */
interface Contestant {

  /** What tells it from the other sides. */
  String label();

  /**
   * Names the training it does. Contestants of one comparison with the same name train the same
   * network on the same problem and must come to the same losses with the same neurons fired.
   */
  String training();

  /** What it works on. */
  Shape shape();

  /**
   * Trains from the start, on the calling thread alone.
   *
   * @param epochs passes over the training samples
   * @param weighHeap whether to measure the live heap, which takes time and spoils the clocks
   */
  Run run(int epochs, boolean weighHeap);

  /**
   * Sizes, for the table.
   *
   * @param engine what does the work
   * @param neurons width m
   * @param samples training samples
   * @param dimension of an input as the user brings it, before any reduction
   */
  record Shape(String engine, int neurons, int samples, double dimension) {}
}
