package kronwood.tune;

import kronwood.trial.Blend;
import kronwood.trial.LinearTrial;
import kronwood.trial.NetworkTrial;
import org.jspecify.annotations.Nullable;

/**
 * A trial of network and linear model together.
 *
 * @param configuration form of the inputs and of the training
 * @param linear the linear model of these inputs, null if there is none
 * @param network the network
 * @param blend factors of the two
 * @param networkError mean loss of the network alone
 */
record BlendedTrial(
    Configuration configuration,
    @Nullable LinearTrial linear,
    NetworkTrial network,
    Blend blend,
    double networkError) {}
