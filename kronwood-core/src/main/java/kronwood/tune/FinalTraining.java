package kronwood.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.gram.FactorFit;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RidgeFit;
import kronwood.linear.RidgeProblem;
import kronwood.math.Parallel;
import kronwood.measure.MetricReport;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelOptions;
import kronwood.model.ModelTraining;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictor;
import kronwood.model.Provenance;
import kronwood.model.TrainedModel;
import kronwood.train.EncodedTargets;
import kronwood.train.NetworkOptions;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * Trains network and linear model as chosen, on all training samples, and makes one model of them.
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

  TunedModel run(Chosen chosen, TuningReport report, TrainingListener listener) {
    Dataset formed = chosen.proposal().inputs().apply(data);
    ModelOptions training = trainingOptions(chosen);
    List<FactorFit> fitted =
        fits.last(chosen.proposal().inputs(), fits.trainingSets(split), options);
    TrainedModel network = ModelTraining.fit(formed, split, training, fitted, listener, null);
    float[][] linear = new float[0][];
    if (chosen.linear() != null && chosen.blend().linear() > 0) {
      TrainingProblem problem = ModelTraining.problem(formed, split, training, fitted);
      linear = linear(problem, training, chosen.linear().lambda(), chosen.blend().linear());
    }
    Model model = network.model();
    Map<String, String> facts = new LinkedHashMap<>(model.provenance().facts());
    facts.putAll(report.facts(tuning));
    Model blended =
        model.with(
            blended(model.network(), chosen.blend().network(), linear),
            new Provenance(facts, Map.of()));
    TrainingResult result = measured(blended, network.result());
    Model told =
        blended.with(blended.network(), new Provenance(facts, Provenance.metricsOf(result)));
    return new TunedModel(
        new TrainedModel(told, result, network.factors(), network.prepareSeconds()), report);
  }

  private ModelOptions trainingOptions(Chosen chosen) {
    TrainingOptions given = options.training();
    NetworkOptions network = chosen.proposal().form().apply(options.network());
    int epochs = chosen.network().epochs();
    if (chosen.blend().network() == 0) {
      // What counts nothing need not be wide, nor trained.
      network =
          new NetworkOptions(
              2, network.shift(), network.paired(), network.trainOutput(), 0, network.seed());
      epochs = 0;
    }
    TrainingOptions training =
        chosen
            .proposal()
            .form()
            .apply(
                given.withEpochs(epochs).withPatience(0),
                chosen.network().learningRate(),
                chosen.network().batches(split.train().length));
    return chosen.proposal().inputs().apply(options).withNetwork(network).withTraining(training);
  }

  private float[][] linear(
      TrainingProblem problem, ModelOptions training, double[] relative, double factor) {
    EncodedTargets targets = Division.targets(problem.samples(), split, options);
    RidgeProblem ridge = LinearTrial.ridgeProblem(problem, targets);
    double norm = ridge.meanSquaredNorm(split.train());
    double[] lambda = new double[relative.length];
    for (int c = 0; c < lambda.length; c++) {
      lambda[c] = relative[c] * norm;
    }
    float[][] weights = new float[lambda.length][];
    try (Parallel parallel = Parallel.of(training.training().threads())) {
      RidgeFit fit =
          KroneckerRidge.solve(
              ridge, split.train(), lambda, LinearTrial.ridgeOptions(training.memory()), parallel);
      for (int c = 0; c < lambda.length; c++) {
        double[] exact = fit.weights(problem.inputs(), c);
        weights[c] = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
          weights[c][i] = (float) (factor * exact[i]);
        }
      }
    }
    return weights;
  }

  private static ModelNetwork blended(ModelNetwork network, double factor, float[][] linear) {
    float[] output = network.output().clone();
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) (factor * output[i]);
    }
    return new ModelNetwork(network.shift(), network.weights(), output, linear);
  }

  private TrainingResult measured(Model model, TrainingResult result) {
    Predictor predictor = model.predictor(options.training().threads());
    return result.withMetrics(
        Objects.requireNonNull(metrics(predictor, split.train())),
        metrics(predictor, split.validation()),
        metrics(predictor, split.test()));
  }

  private @Nullable MetricReport metrics(Predictor predictor, int[] listed) {
    return listed.length == 0
        ? null
        : PairEvaluation.of(
            data.samples(), listed, predictor.predict(data.samples().tuples().select(listed)));
  }
}
