package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.Dataset;
import kronwood.data.Folds;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.model.ModelOptions;
import kronwood.train.EncodedTargets;

/**
 * One division of the samples into those to train on and those to choose on.
 *
 * @param split without a test part
 * @param inputs what its inputs are, in any form
 * @param samples all samples
 * @param targets encoded as its training samples have them
 */
record Division(Split split, DivisionInputs inputs, Samples samples, EncodedTargets targets) {

  /**
   * The validation part that is given, or folds of the training part.
   *
   * @throws IllegalArgumentException if there are too few samples or entities to divide
   */
  static List<Division> of(
      Dataset data, Split split, ModelOptions model, TuningOptions options, TableFits fits) {
    List<Division> divisions = new ArrayList<>();
    for (Split one : splits(data, split, options)) {
      divisions.add(
          new Division(
              one,
              new DivisionInputs(data, one, fits),
              data.samples(),
              targets(data.samples(), one.train(), model)));
    }
    return divisions;
  }

  /** Targets encoded as {@code kronwood.train} encodes them for these training samples. */
  static EncodedTargets targets(Samples samples, int[] train, ModelOptions model) {
    return EncodedTargets.of(samples.targets(), model.loss(), train, !model.structure().isOdd());
  }

  private static List<Split> splits(Dataset data, Split split, TuningOptions options) {
    if (split.validation().length > 0) {
      return List.of(new Split(split.train(), split.validation(), new int[0]));
    }
    int count = Math.max(options.folds(), TuningOptions.DEFAULT_FOLDS);
    Folds folds =
        Folds.of(
            data,
            options.setting(),
            split.train(),
            options.groupings(),
            Math.min(count, Math.max(2, split.train().length)),
            0,
            options.seed());
    List<Split> splits = new ArrayList<>();
    for (int f = 0; f < Math.min(options.folds(), folds.count()); f++) {
      Split fold = folds.split(f);
      int[] weighted =
          Arrays.stream(fold.test()).filter(i -> data.samples().weight(i) > 0).toArray();
      if (weighted.length > 0) {
        splits.add(new Split(fold.train(), weighted, new int[0]));
      }
    }
    return splits;
  }
}
