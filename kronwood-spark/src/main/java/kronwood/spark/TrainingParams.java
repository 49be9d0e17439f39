package kronwood.spark;

import java.util.List;
import java.util.stream.Stream;
import kronwood.gram.GramOptions;
import kronwood.loss.HuberLoss;
import kronwood.network.NetworkOptions;
import kronwood.spark.job.TrainingSettings;
import kronwood.train.TrainingOptions;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.jspecify.annotations.Nullable;

/** The params of a training, of one estimator; defaults are those of the library. */
final class TrainingParams {
  final Param<String> labelCol;
  final Param<String> weightCol;
  final Param<String> validationIndicatorCol;
  final StringArrayParam identities;
  final StringArrayParam profiles;
  final StringArrayParam encodings;
  final Param<String> structure;
  final Param<String> loss;
  final DoubleParam huberDelta;
  final BooleanParam centre;
  final DoubleParam constant;
  final IntParam neurons;
  final DoubleParam shift;
  final DoubleParam skip;
  final IntParam ensemble;
  final LongParam seed;
  final IntParam batch;
  final IntParam epochs;
  final DoubleParam learningRate;
  final DoubleParam weightDecay;
  final DoubleParam momentum;
  final IntParam averaging;
  final IntParam patience;
  final BooleanParam plain;
  final IntParam threads;
  final Param<String> workers;
  final Param<String> checkpointDir;
  final IntParam checkpointInterval;
  private final boolean classifies;

  /** Made in the constructor of the estimator, after its uid is known. */
  TrainingParams(PipelineStage owner, boolean classifies) {
    this.classifies = classifies;
    String uid = owner.uid();
    labelCol = new Param<>(uid, "labelCol", "column of targets", String.class);
    weightCol = new Param<>(uid, "weightCol", "column of samples' weights", String.class);
    validationIndicatorCol =
        new Param<>(
            uid,
            "validationIndicatorCol",
            "column that is true for samples to validate on, by which training stops early",
            String.class);
    identities =
        new StringArrayParam(
            owner, "identities", "weights of what is learned of single entities, TABLE=WEIGHT");
    profiles =
        new StringArrayParam(
            owner, "profiles", "weights of comparisons by interactions, TABLE=WEIGHT");
    encodings =
        new StringArrayParam(
            owner, "encodings", "how columns become features, TABLE.COLUMN=ENCODER,OPTION=VALUE");
    structure =
        new Param<>(
            uid,
            "structure",
            "what is known of pairs: plain, symmetric, antisymmetric, cartesian or comparison",
            String.class);
    loss = new Param<>(uid, "loss", "what is minimised: squared or huber", String.class);
    huberDelta = new DoubleParam(uid, "huberDelta", "where the Huber loss becomes linear");
    centre = new BooleanParam(uid, "centre", "whether features are centred");
    constant = new DoubleParam(uid, "constant", "weight of the constant that all entities share");
    neurons = new IntParam(uid, "neurons", "width of the network");
    shift = new DoubleParam(uid, "shift", "threshold of neurons; not set: by the width");
    skip = new DoubleParam(uid, "skip", "weight of the linear skip");
    ensemble = new IntParam(uid, "ensemble", "number of members of an ensemble");
    seed = new LongParam(uid, "seed", "seed of all random numbers");
    batch = new IntParam(uid, "batch", "samples per step, 0 to choose by the spectrum");
    epochs = new IntParam(uid, "epochs", "passes over the samples");
    learningRate =
        new DoubleParam(uid, "learningRate", "step size; not set: what the spectrum allows");
    weightDecay = new DoubleParam(uid, "weightDecay", "weight decay");
    momentum = new DoubleParam(uid, "momentum", "momentum, from 0 to below 1");
    averaging = new IntParam(uid, "averaging", "degree of the average over epochs, -1 for none");
    patience =
        new IntParam(uid, "patience", "epochs without a better validation error, 0 for never");
    plain =
        new BooleanParam(
            uid, "plain", "whether the network is trained alone, as the command's --plain does");
    threads = new IntParam(uid, "threads", "threads of a task, 0 for spark.task.cpus");
    workers =
        new Param<>(
            uid,
            "workers",
            "tasks that share the neurons of one training: a power of two, or auto",
            String.class);
    checkpointDir =
        new Param<>(
            uid,
            "checkpointDir",
            "folder where the training is saved after epochs and goes on from; not set: nowhere",
            String.class);
    checkpointInterval =
        new IntParam(uid, "checkpointInterval", "epochs from checkpoint to checkpoint");
    owner.setDefault(labelCol, "label");
    owner.setDefault(identities, new String[0]);
    owner.setDefault(profiles, new String[0]);
    owner.setDefault(encodings, new String[0]);
    owner.setDefault(structure, "plain");
    if (!classifies) {
      owner.setDefault(loss, "squared");
      owner.setDefault(huberDelta, HuberLoss.DEFAULT_DELTA);
    }
    GramOptions gram = GramOptions.DEFAULT;
    owner.setDefault(centre, gram.centre());
    owner.setDefault(constant, gram.constant());
    NetworkOptions network = NetworkOptions.DEFAULT;
    owner.setDefault(neurons, network.neurons());
    owner.setDefault(skip, network.skip());
    owner.setDefault(ensemble, 1);
    owner.setDefault(seed, network.seed());
    TrainingOptions training = TrainingOptions.DEFAULT;
    owner.setDefault(batch, training.batch());
    owner.setDefault(epochs, training.epochs());
    owner.setDefault(weightDecay, training.weightDecay());
    owner.setDefault(momentum, training.momentum());
    owner.setDefault(averaging, training.averaging());
    owner.setDefault(patience, training.patience());
    owner.setDefault(plain, false);
    owner.setDefault(threads, 0);
    owner.setDefault(workers, "1");
    owner.setDefault(checkpointInterval, 1);
  }

  /** Those that the estimator has: of classes the loss is no choice. */
  List<Param<?>> all() {
    List<Param<?>> common =
        List.of(
            labelCol,
            weightCol,
            validationIndicatorCol,
            identities,
            profiles,
            encodings,
            structure,
            centre,
            constant,
            neurons,
            shift,
            skip,
            ensemble,
            seed,
            batch,
            epochs,
            learningRate,
            weightDecay,
            momentum,
            averaging,
            patience,
            plain,
            threads,
            workers,
            checkpointDir,
            checkpointInterval);
    return classifies
        ? common
        : Stream.concat(common.stream(), Stream.<Param<?>>of(loss, huberDelta)).toList();
  }

  /**
   * What the params say, as tasks get it.
   *
   * @param stage the estimator
   * @param classLoss key of the loss of classes, null if targets are numbers
   */
  TrainingSettings settings(PipelineStage stage, @Nullable String classLoss) {
    return new TrainingSettings(
        stage.getOrDefault(structure),
        classLoss == null ? stage.getOrDefault(loss) : classLoss,
        classLoss == null ? (double) stage.getOrDefault(huberDelta) : Double.NaN,
        (boolean) stage.getOrDefault(centre),
        (double) stage.getOrDefault(constant),
        (int) stage.getOrDefault(neurons),
        numberOrNan(stage, shift),
        (double) stage.getOrDefault(skip),
        (int) stage.getOrDefault(ensemble),
        (long) stage.getOrDefault(seed),
        (int) stage.getOrDefault(batch),
        (int) stage.getOrDefault(epochs),
        numberOrNan(stage, learningRate),
        (double) stage.getOrDefault(weightDecay),
        (double) stage.getOrDefault(momentum),
        (int) stage.getOrDefault(averaging),
        (int) stage.getOrDefault(patience),
        (boolean) stage.getOrDefault(plain),
        (int) stage.getOrDefault(threads));
  }

  private static double numberOrNan(PipelineStage stage, DoubleParam param) {
    return stage.isDefined(param) ? (double) stage.getOrDefault(param) : Double.NaN;
  }
}
