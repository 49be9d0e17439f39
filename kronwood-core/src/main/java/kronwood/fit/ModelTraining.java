package kronwood.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.data.Split;
import kronwood.data.feed.StoredSamples;
import kronwood.fault.CheckpointException;
import kronwood.fault.InputException;
import kronwood.file.FolderLock;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorReport;
import kronwood.input.InputForm;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.train.HiddenSamples;
import kronwood.train.NeuronShare;
import kronwood.train.StopSignal;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/** Trains a model on a data set: fits coordinates, trains the network, collects its weights. */
public final class ModelTraining {
  private ModelTraining() {}

  /**
   * Trains a model. Coordinates are fitted on the entities of the training samples only.
   *
   * @param listener receives the events; what it throws ends the training
   * @throws InputException if the data cannot be learned from with these options
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static TrainedModel fit(
      Dataset data, Split split, ModelOptions options, TrainingListener listener) {
    return fit(data, split, options, listener, StopSignal.NEVER, null);
  }

  /**
   * Trains a model, or goes on with a training that was saved. Coordinates are fitted on the
   * entities of the training samples only.
   *
   * @param listener receives the events; what it throws ends the training
   * @param stop may end the training before its last epoch
   * @param checkpoints where the training is saved after epochs, null for nowhere
   * @throws InputException if the data cannot be learned from with these options
   * @throws CheckpointException if the checkpoints are not of this training, or none is whole
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static TrainedModel fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints) {
    try (FolderLock _ = checkpoints == null ? null : checkpoints.lock()) {
      NeuronShare whole = NeuronShare.whole(options.network());
      SampleSource source = new ResidentSource(data, split);
      return trained(source, options, List.of(), listener, stop, checkpoints, whole, true);
    }
  }

  /**
   * Trains a model on samples that are stored, or goes on with such a training. They are read a
   * window at a time. With a {@link Split} that has the same {@link Split#shuffle}, and all samples
   * in memory, the same model is trained, bit for bit.
   *
   * @param modes the modes of the samples; their tables are in memory
   * @param listener receives the events; what it throws ends the training
   * @param stop may end the training before its last epoch
   * @param checkpoints where the training is saved after epochs, null for nowhere
   * @throws InputException if the data cannot be learned from with these options, the options ask
   *     for what needs all samples in memory, or the samples cannot be read
   * @throws CheckpointException if the checkpoints are not of this training, or none is whole
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static TrainedModel fit(
      List<Mode> modes,
      StoredSamples samples,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints) {
    try (FolderLock _ = checkpoints == null ? null : checkpoints.lock()) {
      NeuronShare whole = NeuronShare.whole(options.network());
      SampleSource source = StoredSource.of(modes, samples, options);
      return trained(source, options, List.of(), listener, stop, checkpoints, whole, true);
    }
  }

  /**
   * Trains a model together with the processes that hold its other neurons: see {@link
   * NetworkTraining}. All get the same model.
   *
   * @param share the neurons held here
   * @throws InputException if the data cannot be learned from with these options, or the network
   *     cannot be divided like this
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static TrainedModel fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      NeuronShare share) {
    return fit(data, split, options, listener, StopSignal.NEVER, null, share);
  }

  /**
   * The same, or goes on with a training that was saved.
   *
   * @param stop may end the training, in all processes, before its last epoch
   * @param checkpoints where the training is saved after epochs, null for nowhere
   * @param share the neurons held here
   * @throws CheckpointException if the checkpoints cannot be used
   */
  public static TrainedModel fit(
      Dataset data,
      Split split,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints,
      NeuronShare share) {
    try (FolderLock _ = checkpoints == null ? null : checkpoints.lock()) {
      SampleSource source = new ResidentSource(data, split);
      return trained(source, options, List.of(), listener, stop, checkpoints, share, true);
    }
  }

  /**
   * Trains a model with coordinates that were fitted before, on the split's training entities. If
   * it is stopped, it is not measured.
   *
   * @param fits one for each of the data's tables
   * @param listener receives the events; what it throws ends the training
   * @param stop may end the training before its last epoch
   * @param checkpoints where the training is saved after epochs, null for nowhere
   * @throws InputException if the data cannot be learned from with these options
   * @throws CheckpointException if the checkpoints are not of this training, or none is whole
   * @throws kronwood.plan.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static TrainedModel fit(
      Dataset data,
      Split split,
      ModelOptions options,
      List<FactorFit> fits,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints) {
    NeuronShare whole = NeuronShare.whole(options.network());
    return fit(data, split, options, fits, listener, stop, checkpoints, whole);
  }

  /**
   * The same, together with the processes that hold the network's other neurons.
   *
   * @param share the neurons held here
   */
  public static TrainedModel fit(
      Dataset data,
      Split split,
      ModelOptions options,
      List<FactorFit> fits,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints,
      NeuronShare share) {
    if (fits.size() != data.tables().size()) {
      throw new InputException(
          "coordinates of " + fits.size() + " tables, there are " + data.tables().size());
    }
    try (FolderLock _ = checkpoints == null ? null : checkpoints.lock()) {
      SampleSource source = new ResidentSource(data, split);
      return trained(source, options, fits, listener, stop, checkpoints, share, false);
    }
  }

  private static TrainedModel trained(
      SampleSource source,
      ModelOptions options,
      List<FactorFit> fitted,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointPlace checkpoints,
      NeuronShare share,
      boolean measures) {
    long started = System.nanoTime();
    Dataset data = source.data();
    String digest = source.digest();
    ResumableTraining saved =
        checkpoints == null ? null : checkpoints.training(digest, options, share);
    List<EntityTable> tables = data.tables();
    TrainingInputs.checkTables(data, options);
    List<FactorFit> fits = fitted.isEmpty() ? TrainingInputs.fits(source, options) : fitted;
    Map<String, FactorReport> reports = new LinkedHashMap<>();
    for (int t = 0; t < tables.size(); t++) {
      reports.put(tables.get(t).name(), fits.get(t).report());
    }
    InputForm form = source.form(options, fits);
    TrainingProblem problem = source.problem(options, fits, form);
    ModelSize.check(data, fits, problem.inputs(), options);
    StopSignal control = new UnmeasuredIfStopped(TrainingControl.of(stop));
    double prepared = (System.nanoTime() - started) * 1e-9;
    TrainingResult result =
        NetworkTraining.train(problem, options, listener, control, saved, share);
    long packing = System.nanoTime();
    List<ModelTable> modelTables = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      modelTables.add(ModelTable.of(tables.get(t), fits.get(t)));
    }
    Model model =
        new Model(
            data.modes().stream().map(Mode::name).toList(),
            data.tableOfMode(),
            modelTables,
            form,
            NetworkTraining.network(result, problem.inputs(), options, share),
            target(result, options),
            ProvenanceRecorder.record(data, digest, problem, options, result, modelTables));
    double prepareSeconds = prepared + (System.nanoTime() - packing) * 1e-9;
    TrainedModel trained = new TrainedModel(model, result, reports, prepareSeconds);
    if (result.metrics().isEvaluated() || !measures) {
      return trained;
    }
    HiddenSamples hidden = HiddenSamples.of(problem, options.network());
    return ModelMeasurement.completed(
        trained, problem, hidden, options.training().threads(), listener);
  }

  private static ModelTarget target(TrainingResult result, ModelOptions options) {
    int width = result.network().output().width();
    double[] offset = new double[width];
    double[] scale = new double[width];
    for (int c = 0; c < width; c++) {
      offset[c] = result.network().targets().offset(c);
      scale[c] = result.network().targets().scale(c);
    }
    return new ModelTarget(
        options.loss(),
        result.network().targets().names(),
        result.network().targets().classes(),
        offset,
        scale,
        result.metrics().calibration());
  }
}
