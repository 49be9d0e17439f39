package kronwood.validate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.measure.MetricReport;
import kronwood.model.KnownEntitySets;
import kronwood.model.Model;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictions;

/**
 * The test samples of a model by setting. For pairs: A, both entities are known; B, the left one is
 * new; C, the right one is new; D, both are new. An entity is new if it occurs in no training
 * sample, in whichever mode.
 *
 * @param parts by setting, how many test samples it has and how good predictions for them are
 */
public record TestSettings(Map<String, Part> parts) {
  /**
   * One of them.
   *
   * @param samples number of test samples
   * @param metrics of these
   */
  public record Part(int samples, MetricReport metrics) {}

  /** No settings, for data where they are not known. */
  public static final TestSettings NONE = new TestSettings(Map.of());

  /**
   * Predicts the test samples of a training once more. Cost: as of the evaluation of the test part.
   */
  public static TestSettings of(Dataset data, Split split, Model model, int threads) {
    return of(
        model,
        data.samples(),
        split.test(),
        model
            .predictor(threads)
            .predictWithDeviations(data.samples().tuples().select(split.test())));
  }

  /**
   * Divides predicted samples by setting.
   *
   * @param model says which entities occur in its training samples; of one that does not, there are
   *     no parts
   * @param samples whose entities are numbered as the model does, beyond these are new ones
   * @param test positions of some samples
   * @param predictions for these, in the same order
   */
  public static TestSettings of(Model model, Samples samples, int[] test, Predictions predictions) {
    Map<String, Part> parts = new TreeMap<>();
    List<String> settings = names(model, samples, test);
    for (String name : new TreeSet<>(settings)) {
      int[] some =
          IntStream.range(0, settings.size()).filter(i -> settings.get(i).equals(name)).toArray();
      int[] listed = IntStream.of(some).map(i -> test[i]).toArray();
      parts.put(
          name,
          new Part(
              some.length,
              PairEvaluation.of(
                  samples, listed, predictions.select(some, model.target().outputs()))));
    }
    return new TestSettings(parts);
  }

  /**
   * The setting of each of some samples: A, B, C or D for pairs.
   *
   * @param model says which entities occur in its training samples; of one that does not, the list
   *     is empty
   * @param samples whose entities are numbered as the model does, beyond these are new ones
   * @param listed positions of some samples
   */
  public static List<String> names(Model model, Samples samples, int[] listed) {
    if (model.tables().stream().anyMatch(table -> table.training() == null)) {
      return List.of();
    }
    KnownEntitySets known = KnownEntitySets.of(model);
    return IntStream.of(listed)
        .mapToObj(sample -> known.newModes(samples.tuples(), sample))
        .map(fresh -> KnownEntitySets.name(fresh, model.modeNames()))
        .toList();
  }
}
