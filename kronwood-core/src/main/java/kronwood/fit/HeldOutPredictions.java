package kronwood.fit;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.gram.FactorFit;
import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.measure.MetricReport;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictions;
import kronwood.plan.EnginePlan;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;

/**
 * Predictions for the test samples of a split, by a training on its training samples.
 *
 * <p>The training is handed a data set of the training samples alone: targets and entities of test
 * samples cannot reach it. Validation samples, if there are any, are handed to it as such.
 *
 * @param predictions one for each test sample in the order of the split; an ensemble adds standard
 *     deviations
 * @param metrics of these, by {@link PairEvaluation}
 * @param trained the training
 */
public record HeldOutPredictions(
    Predictions predictions, MetricReport metrics, TrainedModel trained) {

  /**
   * Trains and predicts.
   *
   * @param listener receives the events of the training; what it throws ends the training
   * @throws IllegalArgumentException if the data cannot be learned from with these options
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static HeldOutPredictions predict(
      Dataset data, Split split, ModelOptions options, TrainingListener listener) {
    return predict(
        data,
        split,
        options.training().threads(),
        (known, parts) -> ModelTraining.fit(known, parts, options, listener));
  }

  /**
   * Trains by a given learner and predicts.
   *
   * @param threads threads to predict with
   * @param learner is handed the samples of {@link #known} alone, and which of them train and which
   *     validate
   */
  public static HeldOutPredictions predict(
      Dataset data, Split split, int threads, BiFunction<Dataset, Split, TrainedModel> learner) {
    TrainedModel trained = learner.apply(trainingData(data, split), trainingSplit(split));
    Predictions predictions =
        trained
            .model()
            .predictor(threads)
            .predictWithDeviations(data.samples().tuples().select(split.test()));
    MetricReport metrics = PairEvaluation.of(data.samples(), split.test(), predictions);
    return new HeldOutPredictions(predictions, metrics, trained);
  }

  /**
   * Bytes that {@link #predict} takes, estimated: by the plan that it would choose, and the
   * coordinates.
   *
   * @throws kronwood.plan.OutOfMemoryEstimateException if that is more than the options allow
   * @throws IllegalArgumentException if the data cannot be learned from with these options
   */
  public static double bytes(Dataset data, Split split, ModelOptions options) {
    Dataset training = trainingData(data, split);
    TrainingProblem problem = TrainingInputs.problem(training, trainingSplit(split), options);
    StructuredInputs inputs = problem.inputs();
    EnginePlan plan =
        EnginePlan.of(inputs, options.network(), options.training().workload(), options.memory());
    double bytes = plan.bytes();
    List<EntityTable> tables = data.tables();
    for (int t = 0; t < tables.size(); t++) {
      GramOptions gram = TrainingInputs.gram(data, t, options);
      bytes += FactorFit.bytes(tables.get(t), tables.get(t).size(), gram);
    }
    if (options.structure() == PairStructure.COMPARISON) {
      for (int axis = 0; axis < inputs.modes(); axis++) {
        bytes += 8.0 * inputs.factor(axis).entities() * inputs.factor(axis).rank();
      }
    }
    // Tuples, targets and predictions of the test samples.
    return bytes + 64.0 * split.test().length;
  }

  /** SHA-256 of all that a training on such data reads: two with the same train the same model. */
  public static String digest(Dataset data, Split split) {
    return DataDigest.of(data, split);
  }

  /** The training samples of a split, followed by the validation samples. */
  public static int[] known(Split split) {
    int[] known = Arrays.copyOf(split.train(), split.train().length + split.validation().length);
    System.arraycopy(split.validation(), 0, known, split.train().length, split.validation().length);
    return known;
  }

  private static Dataset trainingData(Dataset data, Split split) {
    Samples samples = data.samples().select(known(split));
    return Dataset.of(data.modes(), samples);
  }

  private static Split trainingSplit(Split split) {
    int[] train = new int[split.train().length];
    Arrays.setAll(train, i -> i);
    int[] validation = new int[split.validation().length];
    Arrays.setAll(validation, i -> train.length + i);
    return new Split(train, validation, new int[0]);
  }
}
