package kronwood.bench.compare;

import kronwood.data.Dataset;
import kronwood.gram.GramOptions;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.math.Precision;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;

/**
 * Makes contestants that differ in what a case is about and share the rest.
 *
 * @param options sizes and threads that were asked for
 * @param gram how attributes become Gram matrices
 * @param precision of what block keeps unless the options say otherwise
 * @param batch samples per step unless the options say otherwise
 */
record Sides(CompareOptions options, GramOptions gram, Precision precision, int batch) {
  static final int USUAL_BATCH = 64;

  /** For cases that show that engines agree to the last digits. */
  static Sides exact(CompareOptions options) {
    return new Sides(options, GramOptions.DEFAULT, Precision.DOUBLE, USUAL_BATCH);
  }

  /** For cases that show how fast block is as it is used. */
  static Sides fast(CompareOptions options) {
    return new Sides(options, GramOptions.DEFAULT, Precision.SINGLE, USUAL_BATCH);
  }

  Sides withBatch(int other) {
    return new Sides(options, gram, precision, other);
  }

  Sides withGram(GramOptions other) {
    return new Sides(options, other, precision, batch);
  }

  /** A network of the width asked for, or of the given one, or a tiny one for a quick look. */
  NetworkOptions network(int neurons) {
    return exactly(options.neurons().orElse(options.quick() ? 16 : neurons));
  }

  /** A network of the given width, whatever was asked for. */
  NetworkOptions exactly(int neurons) {
    return NetworkOptions.of(neurons, options.seed());
  }

  KronwoodContestant of(
      String label, String training, Dataset data, NetworkOptions network, EngineChoice engine) {
    return of(label, training, data, new SquaredLoss(), network, engine);
  }

  KronwoodContestant of(
      String label,
      String training,
      Dataset data,
      Loss loss,
      NetworkOptions network,
      EngineChoice engine) {
    return new KronwoodContestant(
        label,
        training,
        data,
        gram,
        loss,
        network,
        engine,
        options.precision().orElse(precision),
        options.batch().orElse(batch),
        options.threadsOrDefault());
  }
}
