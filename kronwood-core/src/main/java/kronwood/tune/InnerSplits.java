package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.candidate.DivisionInputs;
import kronwood.candidate.TableFits;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.data.fold.Folds;
import kronwood.fit.ModelOptions;
import kronwood.trial.InnerSplit;

/** Divides training samples into those to train on and those to choose on. */
final class InnerSplits {
  private InnerSplits() {}

  /**
   * The validation part that is given, or folds of the training part: as many as are asked for, or
   * as are enough for {@link DivisionCount#INPUTS}, repeated if need be, and no fewer than a part
   * each.
   *
   * @throws IllegalArgumentException if there are too few samples or entities to divide
   */
  static List<InnerSplit> of(
      Dataset data, Split split, ModelOptions model, TuningOptions options, TableFits fits) {
    List<InnerSplit> divisions = new ArrayList<>();
    for (Split one : splits(data, split, options)) {
      divisions.add(
          new InnerSplit(
              one,
              new DivisionInputs(data, one, fits),
              data.samples(),
              InnerSplit.targets(data.samples(), one.train(), model)));
    }
    return divisions;
  }

  private static List<Split> splits(Dataset data, Split split, TuningOptions options) {
    if (split.validation().length > 0) {
      return List.of(new Split(split.train(), split.validation(), new int[0]));
    }
    if (options.folds() != TuningOptions.AUTO_FOLDS) {
      int parts = Math.max(options.folds(), TuningOptions.PARTS);
      List<Split> all = folds(data, split, options, parts, 0);
      return all.subList(0, Math.min(options.folds(), all.size()));
    }
    List<Split> splits = new ArrayList<>();
    int repeat = 0;
    int wanted;
    do {
      try {
        splits.addAll(folds(data, split, options, TuningOptions.PARTS, repeat++));
      } catch (IllegalArgumentException e) {
        if (splits.isEmpty()) {
          throw e;
        }
      }
      wanted = DivisionCount.INPUTS.count(splits, data.samples(), options.setting());
      // Where they are not enough, one more would be wanted.
    } while (wanted == splits.size() && repeat * TuningOptions.PARTS < DivisionCount.INPUTS.most());
    return splits.subList(0, Math.min(splits.size(), Math.max(wanted, TuningOptions.PARTS)));
  }

  /**
   * The folds of a repeat. One that no sample falls into, as may be where few pairs of new entities
   * are listed, is passed over.
   */
  private static List<Split> folds(
      Dataset data, Split split, TuningOptions options, int parts, int repeat) {
    Folds folds =
        Folds.of(
            data,
            options.setting(),
            split.train(),
            options.groupings(),
            Math.min(parts, Math.max(2, split.train().length)),
            repeat,
            options.seed());
    List<Split> splits = new ArrayList<>();
    IllegalArgumentException empty = null;
    for (int f = 0; f < folds.count(); f++) {
      try {
        Split fold = folds.split(f);
        int[] weighted =
            Arrays.stream(fold.test()).filter(i -> data.samples().weight(i) > 0).toArray();
        if (weighted.length > 0) {
          splits.add(new Split(fold.train(), weighted, new int[0]));
        }
      } catch (IllegalArgumentException e) {
        empty = e;
      }
    }
    if (splits.isEmpty() && empty != null) {
      throw empty;
    }
    return splits;
  }
}
