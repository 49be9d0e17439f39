package kronwood.tune;

import kronwood.trial.Blend;
import kronwood.trial.LinearTrial;
import kronwood.trial.NetworkTrial;
import org.jspecify.annotations.Nullable;

/**
 * A choice of everything.
 *
 * @param proposal form of the inputs and of the training
 * @param linear the linear model of these inputs, null if there is none
 * @param network the network
 * @param blend how much each counts
 * @param networkError mean loss of the network alone
 */
record BlendedTrial(
    Configuration proposal,
    @Nullable LinearTrial linear,
    NetworkTrial network,
    Blend blend,
    double networkError) {}
