package kronwood.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.data.Split;
import kronwood.engine.BlockEngine;
import kronwood.fault.InputException;
import kronwood.file.FolderLock;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorReport;
import kronwood.input.InputForm;
import kronwood.input.StructuredInputs;
import kronwood.math.Kernels;
import kronwood.math.Parallel;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.network.EntryWeights;
import kronwood.network.OutputLayer;
import kronwood.plan.EnginePlan;
import kronwood.train.HiddenSamples;
import kronwood.train.StopSignal;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/** From a data set to a model: coordinates, training, and the weights put together. */
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
      @Nullable CheckpointFolder checkpoints) {
    try (FolderLock _ = checkpoints == null ? null : checkpoints.lock()) {
      return trained(data, split, options, List.of(), listener, stop, checkpoints, true);
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
      @Nullable CheckpointFolder checkpoints) {
    if (fits.size() != data.tables().size()) {
      throw new InputException(
          "coordinates of " + fits.size() + " tables, there are " + data.tables().size());
    }
    try (FolderLock _ = checkpoints == null ? null : checkpoints.lock()) {
      return trained(data, split, options, fits, listener, stop, checkpoints, false);
    }
  }

  private static TrainedModel trained(
      Dataset data,
      Split split,
      ModelOptions options,
      List<FactorFit> fitted,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints,
      boolean measures) {
    long started = System.nanoTime();
    SavedTraining saved = checkpoints == null ? null : checkpoints.training(data, split, options);
    List<EntityTable> tables = data.tables();
    TrainingInputs.checkTables(data, options);
    List<FactorFit> fits = fitted.isEmpty() ? TrainingInputs.fits(data, split, options) : fitted;
    Map<String, FactorReport> reports = new LinkedHashMap<>();
    for (int t = 0; t < tables.size(); t++) {
      reports.put(tables.get(t).name(), fits.get(t).report());
    }
    InputForm form = TrainingInputs.form(data, split, options, fits);
    TrainingProblem problem = TrainingInputs.problem(data, split, options, fits, form);
    ModelSize.check(data, fits, problem.inputs(), options);
    double prepared = (System.nanoTime() - started) * 1e-9;
    TrainingResult result =
        saved == null
            ? Trainer.train(
                problem,
                options.network(),
                options.training(),
                options.memory(),
                listener,
                new UnmeasuredIfStopped(stop),
                null)
            : train(problem, options, listener, new UnmeasuredIfStopped(stop), saved);
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
            network(result, problem.inputs(), options),
            target(result, options),
            ProvenanceRecorder.record(data, split, options, result, modelTables));
    double prepareSeconds = prepared + (System.nanoTime() - packing) * 1e-9;
    TrainedModel trained = new TrainedModel(model, result, reports, prepareSeconds);
    if (result.isEvaluated() || !measures) {
      return trained;
    }
    HiddenSamples hidden = HiddenSamples.of(problem, options.network());
    return ModelMeasurement.completed(
        trained, problem, hidden, options.training().threads(), listener);
  }

  /** A training that goes on must not choose another plan because there is more or less memory. */
  private static TrainingResult train(
      TrainingProblem problem,
      ModelOptions options,
      TrainingListener listener,
      StopSignal stop,
      SavedTraining saved) {
    EnginePlan plan =
        EnginePlan.of(
            problem.inputs(),
            options.network(),
            saved.plan(options.training()).workload(),
            options.memory());
    double memory = saved.memory(options.memory());
    saved.decided(plan, memory);
    TrainingOptions training = options.training().withPlan(plan.engine(), plan.layout());
    return Trainer.train(problem, options.network(), training, memory, listener, stop, saved);
  }

  private static ModelNetwork network(
      TrainingResult result, StructuredInputs inputs, ModelOptions options) {
    OutputLayer layer = result.output();
    int neurons = layer.neurons();
    if (inputs.isSparse() && result.engine() instanceof BlockEngine engine) {
      int[] place = places(layer);
      try (Parallel parallel = Parallel.of(options.training().threads())) {
        EntryWeights entries = engine.takeEntries(parallel);
        return ModelNetwork.ofEntries(
            layer.shift(), entries.placed(place), output(layer, place), layer.members());
      }
    }
    int dimension = Math.toIntExact(inputs.dimension());
    float[][] weights = new float[neurons][dimension];
    float[][] linear = new float[layer.skip() > 0 ? layer.width() : 0][dimension];
    int[] place = places(layer);
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      int units = neurons + linear.length;
      parallel.forRange(
          Math.ceilDiv(units, Kernels.PANEL),
          1,
          (first, last, worker) -> {
            for (int from = first * Kernels.PANEL;
                from < units && from < last * Kernels.PANEL;
                from += Kernels.PANEL) {
              int to = Math.min(units, from + Kernels.PANEL);
              float[][] targets = new float[to - from][];
              for (int r = from; r < to; r++) {
                targets[r - from] = r < neurons ? weights[place[r]] : linear[r - neurons];
              }
              result.engine().weights(from, to, targets);
            }
          });
    }
    for (float[] tensor : linear) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = (float) (layer.skip() * tensor[i]);
      }
    }
    return new ModelNetwork(layer.shift(), weights, output(layer, place), linear, layer.members());
  }

  private static float[] output(OutputLayer layer, int[] place) {
    int neurons = layer.neurons();
    float[] output = new float[neurons * layer.outputs()];
    for (int c = 0; c < layer.outputs(); c++) {
      for (int r = 0; r < neurons; r++) {
        output[c * neurons + place[r]] = (float) layer.weight(c, r);
      }
    }
    return output;
  }

  /** Where each neuron goes so that those of a member follow each other, in their order. */
  private static int[] places(OutputLayer layer) {
    int[] places = new int[layer.neurons()];
    int[] next = new int[layer.members()];
    for (int r = 0; r < places.length; r++) {
      int member = layer.member(r);
      places[r] = member * (places.length / layer.members()) + next[member]++;
    }
    return places;
  }

  private static ModelTarget target(TrainingResult result, ModelOptions options) {
    int width = result.output().width();
    double[] offset = new double[width];
    double[] scale = new double[width];
    for (int c = 0; c < width; c++) {
      offset[c] = result.targets().offset(c);
      scale[c] = result.targets().scale(c);
    }
    return new ModelTarget(
        options.loss(),
        result.targets().names(),
        result.targets().classes(),
        offset,
        scale,
        result.calibration());
  }
}
