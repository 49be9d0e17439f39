package kronwood.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.NetworkForm;
import kronwood.candidate.TableFits;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.ModelMeasurement;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.fit.TrainingInputs;
import kronwood.gram.FactorFit;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.Provenance;
import kronwood.network.NetworkOptions;
import kronwood.train.HiddenSamples;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.trial.NetworkTrial;
import org.jspecify.annotations.Nullable;

/**
 * Trains the chosen network and linear model on all training samples, and joins them in one model.
 */
final class FinalTraining {
  private final Dataset data;
  private final Split split;
  private final ModelOptions options;
  private final TuningOptions tuning;
  private final TableFits fits;

  FinalTraining(
      Dataset data, Split split, ModelOptions options, TuningOptions tuning, TableFits fits) {
    this.data = data;
    this.split = split;
    this.options = options;
    this.tuning = tuning;
    this.fits = fits;
  }

  /**
   * Trains as chosen. Hands on the events of the network's training, but {@code Finished} is of the
   * whole model.
   *
   * @param replaceable whether nothing is made if it was stopped before the network had an epoch
   * @return null if it was
   */
  @Nullable TunedModel run(
      TunedSettings choice,
      boolean replaceable,
      TrainingListener listener,
      StopSignal stop,
      @Nullable CheckpointFolder checkpoints) {
    InputConfiguration inputs = choice.configuration().inputs();
    Dataset formed = inputs.apply(data);
    ModelOptions training = trainingOptions(choice);
    List<FactorFit> fitted = fits.last(inputs, fits.trainingSets(split), options);
    TrainedModel network =
        ModelTraining.fit(
            formed, split, training, fitted, listener.withoutEnd(), stop, checkpoints);
    if (replaceable
        && network.result().course().stopped()
        && network.result().course().epochsFinished() == 0) {
      return null;
    }

    TrainingProblem problem = TrainingInputs.problem(formed, split, training, fitted);
    HiddenSamples hidden = HiddenSamples.of(problem, training.network());
    TuningReport report = choice.report();
    float[][] linear =
        choice.hasLinear()
            ? new FinalLinear(problem, training)
                .weights(report.lambda(), report.linearFactor(), hidden)
            : new float[0][];
    Map<String, String> facts = new LinkedHashMap<>(network.model().provenance().facts());
    facts.putAll(report.facts(tuning));
    Model blended =
        network
            .model()
            .with(
                blended(network.model().network(), report.networkFactor(), linear),
                new Provenance(facts, Map.of()))
            .shifted(report.offset());
    // The spread between members that are blended each is another one than between networks.
    TrainedModel completed =
        ModelMeasurement.completed(
            new TrainedModel(
                blended, network.result(), network.factors(), network.prepareSeconds()),
            problem,
            hidden,
            options.training().threads(),
            listener);
    listener.on(TrainingEvent.Finished.of(completed.result()));
    return new TunedModel(completed, report);
  }

  private ModelOptions trainingOptions(TunedSettings choice) {
    NetworkForm form = choice.configuration().form();
    NetworkOptions network = form.apply(options.network());
    int epochs = choice.report().epochs();
    if (!choice.hasNetwork()) {
      // What counts nothing need not be wide, nor trained.
      network =
          new NetworkOptions(
              2 * network.ensemble().members(),
              network.shift(),
              network.paired(),
              network.trainOutput(),
              0,
              network.ensemble(),
              network.seed());
      epochs = 0;
    }
    TrainingOptions training =
        form.apply(
            options.training().withEpochs(epochs).withPatience(0),
            choice.learningRate(),
            NetworkTrial.batches(split.train().length, choice.batch()));
    return choice
        .configuration()
        .inputs()
        .apply(options)
        .withNetwork(network)
        .withTraining(training);
  }

  private static ModelNetwork blended(ModelNetwork network, double factor, float[][] linear) {
    float[] output = network.output().clone();
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) (factor * output[i]);
    }
    return new ModelNetwork(network.shift(), network.weights(), output, linear, network.members());
  }
}
