package kronwood.trial;

import kronwood.candidate.DivisionInputs;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.loss.EncodedTargets;

/**
 * One division of the samples into those to train on and those to choose on.
 *
 * @param split without a test part
 * @param inputs inputs of the division, in any form
 * @param samples all samples
 * @param targets encoded as its training samples have them
 */
public record InnerSplit(
    Split split, DivisionInputs inputs, Samples samples, EncodedTargets targets) {

  /** Its validation samples. */
  public Validation.Part part() {
    return new Validation.Part(split.validation(), samples, targets);
  }

  /** Targets encoded as {@code kronwood.train} encodes them for these training samples. */
  public static EncodedTargets targets(Samples samples, int[] train, ModelOptions model) {
    return EncodedTargets.of(samples.targets(), model.loss(), train, !model.structure().isOdd());
  }
}
