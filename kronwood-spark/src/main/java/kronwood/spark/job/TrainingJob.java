package kronwood.spark.job;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.data.fold.Folds;
import kronwood.fit.CheckpointPlace;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.train.NeuronShare;
import kronwood.train.StopSignal;
import kronwood.train.TrainingListener;
import kronwood.tune.SettingTraining;
import kronwood.validate.FoldResult;
import kronwood.validate.FoldRunner;
import kronwood.validate.FoldTask;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Trainings as tasks: one each, by the code of the command line and to the same bits. */
public final class TrainingJob {
  private TrainingJob() {}

  /**
   * Trains a model in one task, or in several that share the neurons.
   *
   * @param workers number of tasks, a power of two
   * @param checkpoints where it is saved after epochs and goes on from, null for nowhere
   * @throws kronwood.fault.InputException if the network or the cluster cannot be divided like this
   */
  public static ModelBytes train(
      SparkSession spark,
      PreparedData data,
      TrainingSettings settings,
      int workers,
      @Nullable CheckpointDir checkpoints) {
    try {
      return workers == 1
          ? train(spark, data, settings, checkpoints)
          : SharedTrainingJob.train(spark, data, settings, workers, checkpoints);
    } finally {
      if (checkpoints != null) {
        checkpoints.clear();
      }
    }
  }

  private static ModelBytes train(
      SparkSession spark,
      PreparedData data,
      TrainingSettings settings,
      @Nullable CheckpointDir checkpoints) {
    return with(
        spark,
        data,
        sent -> {
          List<Chunks> found =
              Tasks.run(
                  spark,
                  1,
                  "Kronwood: training",
                  (_, resources) -> {
                    PreparedData.Contents contents = sent.value().contents();
                    ModelOptions options =
                        settings.options(resources.cores(), resources.memory(), 0);
                    TrainedModel trained =
                        trained(
                            contents.data(),
                            contents.split(),
                            options,
                            settings.plain(),
                            resources.stop(),
                            checkpoints,
                            NeuronShare.whole(options.network()));
                    Tasks.checkKilled();
                    return left(trained, checkpoints);
                  });
          return taken(found.getFirst(), checkpoints);
        });
  }

  /** A model as what a task found: its bytes, or where it left them. */
  static Chunks left(TrainedModel trained, @Nullable CheckpointDir checkpoints) {
    return checkpoints == null
        ? ModelBytes.of(trained.model()).chunks()
        : checkpoints.leave(trained.model());
  }

  /** The model that a task found. */
  static ModelBytes taken(Chunks found, @Nullable CheckpointDir checkpoints) {
    return checkpoints == null ? new ModelBytes(found) : checkpoints.take();
  }

  static TrainedModel trained(
      Dataset data,
      Split split,
      ModelOptions options,
      boolean plain,
      StopSignal stop,
      @Nullable CheckpointDir checkpoints,
      NeuronShare share) {
    CheckpointPlace place = checkpoints == null ? null : checkpoints.place();
    TrainingListener none = TrainingListener.NONE;
    return plain
        ? ModelTraining.fit(data, split, options, none, stop, place, share)
        : SettingTraining.fit(data, split, options, none, stop, place, share).trained();
  }

  /** Does something with broadcast data, which is removed afterwards. */
  static <T> T with(
      SparkSession spark, PreparedData data, Function<Broadcast<PreparedData>, T> use) {
    Broadcast<PreparedData> sent =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(data);
    try {
      return use.apply(sent);
    } finally {
      sent.destroy();
    }
  }

  /**
   * A fold to train.
   *
   * @param trial number of its settings in a list
   * @param setting what is new about its test samples
   * @param repeat which of the repeated divisions
   * @param fold which fold
   */
  public record Fold(int trial, Setting setting, int repeat, int fold) {}

  /** Trains and tests folds, a task each; {@code kronwood cv} finds the same numbers. */
  public static List<FoldResult> folds(
      SparkSession spark,
      PreparedData data,
      List<TrainingSettings> trials,
      List<Fold> folds,
      int count) {
    // Settings of the core are not serialised: they are sent as plain values.
    int[] trial = folds.stream().mapToInt(Fold::trial).toArray();
    int[] repeat = folds.stream().mapToInt(Fold::repeat).toArray();
    int[] fold = folds.stream().mapToInt(Fold::fold).toArray();
    String[] names = folds.stream().map(each -> each.setting().name()).toArray(String[]::new);
    int[][] fresh =
        folds.stream()
            .map(each -> each.setting().newModes().stream().mapToInt(m -> m).toArray())
            .toArray(int[][]::new);
    TrainingSettings[] settings = trials.toArray(TrainingSettings[]::new);
    return with(
        spark,
        data,
        sent ->
            Tasks.run(
                    spark,
                    folds.size(),
                    "Kronwood: cross-validation",
                    (task, resources) ->
                        fold(
                            sent.value(),
                            settings[trial[task]],
                            new Setting(names[task], Arrays.stream(fresh[task]).boxed().toList()),
                            repeat[task],
                            fold[task],
                            count,
                            resources))
                .stream()
                .map(found -> Tasks.read(found, TrainingJob::readResult))
                .toList());
  }

  private static Chunks fold(
      PreparedData sent,
      TrainingSettings settings,
      Setting setting,
      int repeat,
      int fold,
      int count,
      Tasks.Resources resources) {
    Dataset data = sent.contents().data();
    Split split = sent.contents().split();
    Folds division =
        Folds.of(data, setting, split.train(), List.of(), count, repeat, settings.seed());
    FoldTask task =
        new FoldTask(
            setting, repeat, fold, division, new FoldTask.Validation(0, settings.seed() + repeat));
    FoldRunner runner =
        new FoldRunner(
            data,
            data.samples().size(),
            null,
            (threads, which) -> settings.options(threads, resources.memory(), which),
            (_, _, known, parts, options, _) ->
                trained(
                    known,
                    parts,
                    options,
                    settings.plain(),
                    resources.stop(),
                    null,
                    NeuronShare.whole(options.network())),
            null);
    FoldResult result =
        Objects.requireNonNull(
            runner.run(List.of(task), 1, resources.cores(), TrainingListener.NONE).get(task));
    Tasks.checkKilled();
    try {
      return Chunks.of(out -> writeResult(result, new DataOutputStream(out)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeResult(FoldResult result, DataOutputStream out) throws IOException {
    out.writeInt(result.train());
    out.writeInt(result.validation());
    out.writeInt(result.test());
    out.writeInt(result.metrics().size());
    for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
      TableBytes.writeText(metric.getKey(), out);
      out.writeDouble(metric.getValue());
    }
    out.writeInt(result.epoch());
    TableBytes.writeText(result.plan(), out);
    out.writeDouble(result.seconds());
    out.flush();
  }

  private static FoldResult readResult(DataInputStream in) throws IOException {
    int train = in.readInt();
    int validation = in.readInt();
    int test = in.readInt();
    int count = in.readInt();
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      metrics.put(TableBytes.readText(in), in.readDouble());
    }
    return new FoldResult(
        train,
        validation,
        test,
        metrics,
        in.readInt(),
        TableBytes.readText(in),
        in.readDouble(),
        false);
  }
}
