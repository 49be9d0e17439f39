package kronwood.train;

import kronwood.engine.Engine;
import kronwood.loss.EncodedTargets;
import kronwood.network.OutputLayer;

/**
 * The weights that a training ends with.
 *
 * @param engine holds the weights
 * @param output the output layer
 * @param targets how targets were encoded, to read the outputs by
 */
public record TrainedNetwork(Engine engine, OutputLayer output, EncodedTargets targets) {}
