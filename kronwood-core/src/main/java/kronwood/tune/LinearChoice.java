package kronwood.tune;

import kronwood.candidate.InputChoice;
import kronwood.trial.LinearTrial;

/**
 * The inputs on which the linear model does best.
 *
 * @param inputs their form
 * @param linear the linear model of them
 * @param divisions number of divisions that it was fitted on
 */
record LinearChoice(InputChoice inputs, LinearTrial linear, int divisions) {}
