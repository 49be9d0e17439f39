package kronwood.tune;

import kronwood.candidate.InputConfiguration;
import kronwood.trial.LinearTrial;

/**
 * The inputs on which the linear model does best.
 *
 * @param inputs their form
 * @param linear the linear model of them
 * @param divisions number of divisions that it was fitted on
 */
record BestInputs(InputConfiguration inputs, LinearTrial linear, int divisions) {}
