package kronwood.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.data.Split;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorReport;
import kronwood.gram.FactorTable;
import kronwood.gram.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.train.OutOfMemoryEstimateException;
import kronwood.train.OutputLayer;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;

/** From a data set to a model: coordinates, training, and the weights put together. */
public final class ModelTraining {
  private ModelTraining() {}

  /**
   * Trains a model. Coordinates are fitted on the entities of the training samples only.
   *
   * @throws IllegalArgumentException if the data cannot be learned from with these options
   * @throws kronwood.train.OutOfMemoryEstimateException if it would need more memory than allowed
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public static TrainedModel fit(
      Dataset data, Split split, ModelOptions options, TrainingListener listener) {
    long started = System.nanoTime();
    List<EntityTable> tables = data.tables();
    List<FactorFit> fits = fits(data, split, options);
    Map<String, FactorReport> reports = new LinkedHashMap<>();
    for (int t = 0; t < tables.size(); t++) {
      reports.put(tables.get(t).name(), fits.get(t).report());
    }
    TrainingProblem problem = problem(data, split, options, fits);
    double prepared = (System.nanoTime() - started) * 1e-9;
    TrainingResult result =
        Trainer.train(problem, options.network(), options.training(), options.memory(), listener);
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
            network(result, Math.toIntExact(problem.inputs().dimension()), options),
            target(result, options),
            ProvenanceRecorder.record(data, split, options, result));
    return new TrainedModel(
        model, result, reports, prepared + (System.nanoTime() - packing) * 1e-9);
  }

  /**
   * What {@link #fit} would train on, without training.
   *
   * @throws IllegalArgumentException if the data cannot be learned from with these options
   */
  public static TrainingProblem problem(Dataset data, Split split, ModelOptions options) {
    return problem(data, split, options, fits(data, split, options));
  }

  private static TrainingProblem problem(
      Dataset data, Split split, ModelOptions options, List<FactorFit> fits) {
    List<FactorTable> factors = fits.stream().map(FactorFit::table).toList();
    StructuredInputs inputs =
        StructuredInputs.of(factors, data.tableOfMode(), data.samples().tuples());
    return new TrainingProblem(inputs, data.samples(), split, options.loss());
  }

  private static List<FactorFit> fits(Dataset data, Split split, ModelOptions options) {
    List<FactorFit> fits = new ArrayList<>();
    for (int t = 0; t < data.tables().size(); t++) {
      EntityTable table = data.tables().get(t);
      int[] training = trainingEntities(data, split, t);
      double needed = FactorFit.bytes(table, training.length);
      if (needed > options.memory()) {
        throw OutOfMemoryEstimateException.ofCoordinates(
            table.name(), training.length, needed, options.memory());
      }
      fits.add(FactorFit.of(table, training, options.gram()));
    }
    return fits;
  }

  /** Entities of a table that occur in training samples, increasing. */
  private static int[] trainingEntities(Dataset data, Split split, int table) {
    int[] tableOfMode = data.tableOfMode();
    TreeSet<Integer> entities = new TreeSet<>();
    for (int sample : split.train()) {
      for (int k = 0; k < tableOfMode.length; k++) {
        if (tableOfMode[k] == table) {
          entities.add(data.samples().tuples().entity(sample, k));
        }
      }
    }
    return entities.stream().mapToInt(Integer::intValue).toArray();
  }

  private static ModelNetwork network(TrainingResult result, int dimension, ModelOptions options) {
    OutputLayer layer = result.output();
    int neurons = layer.neurons();
    float[][] weights = new float[neurons][dimension];
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      parallel.forRange(
          neurons,
          1,
          (from, to, worker) -> {
            double[] tensor = new double[dimension];
            for (int r = from; r < to; r++) {
              result.engine().weights(r, tensor);
              for (int i = 0; i < dimension; i++) {
                weights[r][i] = (float) tensor[i];
              }
            }
          });
    }
    float[] output = new float[neurons * layer.outputs()];
    for (int c = 0; c < layer.outputs(); c++) {
      for (int r = 0; r < neurons; r++) {
        output[c * neurons + r] = (float) layer.weight(c, r);
      }
    }
    return new ModelNetwork(layer.shift(), weights, output);
  }

  private static ModelTarget target(TrainingResult result, ModelOptions options) {
    int outputs = result.targets().outputs();
    double[] offset = new double[outputs];
    double[] scale = new double[outputs];
    for (int c = 0; c < outputs; c++) {
      offset[c] = result.targets().offset(c);
      scale[c] = result.targets().scale(c);
    }
    return new ModelTarget(
        options.loss(), result.targets().names(), result.targets().classes(), offset, scale);
  }
}
