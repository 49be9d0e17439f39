package kronwood.fit;

import java.util.Map;
import kronwood.gram.FactorReport;
import kronwood.model.Model;
import kronwood.train.TrainingResult;

/**
 * A model and the results of its training.
 *
 * @param model the model
 * @param result losses, metrics, counted work and times
 * @param factors by table name, a report of its coordinates
 * @param prepareSeconds time for coordinates before training and for the weights after it
 */
public record TrainedModel(
    Model model, TrainingResult result, Map<String, FactorReport> factors, double prepareSeconds) {}
