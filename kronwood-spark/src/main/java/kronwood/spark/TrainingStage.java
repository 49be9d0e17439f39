package kronwood.spark;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable$;
import org.jspecify.annotations.Nullable;

/**
 * The options of a training as params, each named and with the default as in Java and on the
 * command line.
 *
 * @param <E> the estimator itself
 * @param <M> the model that it makes
 */
public abstract class TrainingStage<E extends TrainingStage<E, M>, M extends KronwoodModel<M>>
    extends Estimator<M> {
  private static final long serialVersionUID = 1L;

  private final String uid;
  final transient TrainingParams training;
  final transient StageParams stage;

  TrainingStage(@Nullable String uid, String prefix, boolean classifies) {
    // Params need the uid, so that none is made before it is known.
    this.uid = uid == null ? Identifiable$.MODULE$.randomUID(prefix) : uid;
    this.training = new TrainingParams(this, classifies);
    this.stage = new StageParams(this, classifies);
  }

  abstract E self();

  @Override
  public final String uid() {
    return uid;
  }

  /** All params, ordered by name. */
  @Override
  public final Param<?>[] params() {
    return stage.with(training.all());
  }

  /** Column of targets: numbers, or classes 0, 1, … Default: {@code label}. */
  public final Param<String> labelCol() {
    return training.labelCol;
  }

  /** Sets {@link #labelCol}. */
  public final E setLabelCol(String value) {
    set(training.labelCol, value);
    return self();
  }

  /** Column of samples' weights. Default: all are 1. */
  public final Param<String> weightCol() {
    return training.weightCol;
  }

  /** Sets {@link #weightCol}. */
  public final E setWeightCol(String value) {
    set(training.weightCol, value);
    return self();
  }

  /** Column that is true for samples to validate on, by which training stops early. */
  public final Param<String> validationIndicatorCol() {
    return training.validationIndicatorCol;
  }

  /** Sets {@link #validationIndicatorCol}. */
  public final E setValidationIndicatorCol(String value) {
    set(training.validationIndicatorCol, value);
    return self();
  }

  /**
   * What is known of pairs: {@code plain}, {@code symmetric}, {@code antisymmetric}, {@code
   * cartesian} or {@code comparison}.
   */
  public final Param<String> structure() {
    return training.structure;
  }

  /** Sets {@link #structure}. */
  public final E setStructure(String value) {
    set(training.structure, value);
    return self();
  }

  /** Whether features are centred. */
  public final BooleanParam centre() {
    return training.centre;
  }

  /** Sets {@link #centre}. */
  public final E setCentre(boolean value) {
    set(training.centre, value);
    return self();
  }

  /** Weight of the constant that all entities share. */
  public final DoubleParam constant() {
    return training.constant;
  }

  /** Sets {@link #constant}. */
  public final E setConstant(double value) {
    set(training.constant, value);
    return self();
  }

  /** Width of the network. Default: 512. */
  public final IntParam neurons() {
    return training.neurons;
  }

  /** Sets {@link #neurons}. */
  public final E setNeurons(int value) {
    set(training.neurons, value);
    return self();
  }

  /** Threshold of neurons. Default: by the width. */
  public final DoubleParam shift() {
    return training.shift;
  }

  /** Sets {@link #shift}. */
  public final E setShift(double value) {
    set(training.shift, value);
    return self();
  }

  /** Weight of the linear skip. Default: 0, there is none. */
  public final DoubleParam skip() {
    return training.skip;
  }

  /** Sets {@link #skip}. */
  public final E setSkip(double value) {
    set(training.skip, value);
    return self();
  }

  /** Number of members of an ensemble. Default: 1. */
  public final IntParam ensemble() {
    return training.ensemble;
  }

  /** Sets {@link #ensemble}. */
  public final E setEnsemble(int value) {
    set(training.ensemble, value);
    return self();
  }

  /** Seed of all random numbers. Default: 1. */
  public final LongParam seed() {
    return training.seed;
  }

  /** Sets {@link #seed}. */
  public final E setSeed(long value) {
    set(training.seed, value);
    return self();
  }

  /** Samples per step, 0 to choose by the spectrum. Default: 64. */
  public final IntParam batch() {
    return training.batch;
  }

  /** Sets {@link #batch}. */
  public final E setBatch(int value) {
    set(training.batch, value);
    return self();
  }

  /** Passes over the samples. Default: 20. */
  public final IntParam epochs() {
    return training.epochs;
  }

  /** Sets {@link #epochs}. */
  public final E setEpochs(int value) {
    set(training.epochs, value);
    return self();
  }

  /** Step size. Default: what the spectrum allows. */
  public final DoubleParam learningRate() {
    return training.learningRate;
  }

  /** Sets {@link #learningRate}. */
  public final E setLearningRate(double value) {
    set(training.learningRate, value);
    return self();
  }

  /** Weight decay. Default: 0. */
  public final DoubleParam weightDecay() {
    return training.weightDecay;
  }

  /** Sets {@link #weightDecay}. */
  public final E setWeightDecay(double value) {
    set(training.weightDecay, value);
    return self();
  }

  /** Momentum, from 0 to below 1. Default: 0. */
  public final DoubleParam momentum() {
    return training.momentum;
  }

  /** Sets {@link #momentum}. */
  public final E setMomentum(double value) {
    set(training.momentum, value);
    return self();
  }

  /** Degree of the average over epochs, −1 for none. Default: 3. */
  public final IntParam averaging() {
    return training.averaging;
  }

  /** Sets {@link #averaging}. */
  public final E setAveraging(int value) {
    set(training.averaging, value);
    return self();
  }

  /** Epochs without a better validation error after which training stops; 0 for never. */
  public final IntParam patience() {
    return training.patience;
  }

  /** Sets {@link #patience}. */
  public final E setPatience(int value) {
    set(training.patience, value);
    return self();
  }

  /** Whether the network is trained alone, as the command's {@code --plain} does. */
  public final BooleanParam plain() {
    return training.plain;
  }

  /** Sets {@link #plain}. */
  public final E setPlain(boolean value) {
    set(training.plain, value);
    return self();
  }

  /** Threads of a task. Default: 0, as many as {@code spark.task.cpus}. */
  public final IntParam threads() {
    return training.threads;
  }

  /** Sets {@link #threads}. */
  public final E setThreads(int value) {
    set(training.threads, value);
    return self();
  }

  /** Tasks that share the neurons of one training: a power of two, or {@code auto}. Default: 1. */
  public final Param<String> workers() {
    return training.workers;
  }

  /** Sets {@link #workers}. */
  public final E setWorkers(String value) {
    set(training.workers, value);
    return self();
  }

  /**
   * Folder where {@code fit} saves the training after epochs, on a file system that driver and
   * executors share, such as {@code hdfs:///checkpoints}. A retry, and a later {@code fit} with the
   * same data and params on the same Java and kernels, goes on from there, also with another number
   * of workers. Folds of cross-validations are not saved. Default: nowhere.
   */
  public final Param<String> checkpointDir() {
    return training.checkpointDir;
  }

  /** Sets {@link #checkpointDir}. */
  public final E setCheckpointDir(String value) {
    set(training.checkpointDir, value);
    return self();
  }

  /** Epochs from checkpoint to checkpoint; the last epoch is always saved. Default: 1. */
  public final IntParam checkpointInterval() {
    return training.checkpointInterval;
  }

  /** Sets {@link #checkpointInterval}. */
  public final E setCheckpointInterval(int value) {
    set(training.checkpointInterval, value);
    return self();
  }
}
