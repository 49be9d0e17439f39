package kronwood.tune;

import kronwood.fit.TrainedModel;

/**
 * A model whose options were chosen on validation samples.
 *
 * @param trained the model and its training
 * @param report what was tried and chosen
 */
public record TunedModel(TrainedModel trained, TuningReport report) {}
