package kronwood.model;

import kronwood.gram.GramOptions;
import kronwood.train.Loss;
import kronwood.train.NetworkOptions;
import kronwood.train.TrainingOptions;

/**
 * All that is chosen about a training besides the data.
 *
 * @param gram how attributes become Gram matrices
 * @param loss what is minimised
 * @param network shape and initialisation
 * @param training step size, batches, epochs, engine, threads
 * @param memory bytes that training may take
 */
public record ModelOptions(
    GramOptions gram, Loss loss, NetworkOptions network, TrainingOptions training, double memory) {}
