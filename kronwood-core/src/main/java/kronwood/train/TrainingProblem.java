package kronwood.train;

import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.input.StructuredInputs;
import kronwood.loss.Loss;

/**
 * Samples to learn from: input, target and part of the split for each.
 *
 * @param inputs input of each sample
 * @param samples targets and weights of each sample
 * @param split which samples train, validate and test
 * @param loss what is minimised: the weighted mean of the loss over the training samples
 */
public record TrainingProblem(StructuredInputs inputs, Samples samples, Split split, Loss loss) {

  /**
   * Checks that the parts fit together.
   *
   * @throws InputException if there are not as many inputs as samples, if the split names a sample
   *     that does not exist, or if all weights of a part are 0
   */
  public TrainingProblem {
    if (inputs.size() != samples.size()) {
      throw new InputException(inputs.size() + " inputs but " + samples.size() + " samples");
    }
    for (int[] part : new int[][] {split.train(), split.validation(), split.test()}) {
      for (int sample : part) {
        if (sample >= samples.size()) {
          throw new InputException(
              "the split names sample " + sample + ", there are " + samples.size());
        }
      }
    }
    checkWeights("training", samples, split.train());
    checkWeights("validation", samples, split.validation());
    checkWeights("test", samples, split.test());
  }

  private static void checkWeights(String part, Samples samples, int[] listed) {
    for (int sample : listed) {
      if (samples.weight(sample) > 0) {
        return;
      }
    }
    if (listed.length > 0) {
      throw new InputException("all " + part + " samples have weight 0");
    }
  }
}
