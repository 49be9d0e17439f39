package kronwood.validate;

import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.data.fold.Folds;

/**
 * One training of a cross-validation.
 *
 * @param setting what is new about its test samples
 * @param repeat which of the repeated divisions, from 0
 * @param fold which fold of the division, from 0
 * @param folds the division
 * @param validation the part of its training samples that is held out to stop by
 */
public record FoldTask(Setting setting, int repeat, int fold, Folds folds, Validation validation) {
  /**
   * A part of the training samples, in the setting of the fold, by which training stops.
   *
   * @param share of the samples, or of the entities of each new mode; 0 for none
   * @param seed of the drawing
   */
  public record Validation(double share, long seed) {}

  /** Its samples. */
  public Split split() {
    return validation.share == 0
        ? folds.split(fold)
        : folds.splitWithValidation(fold, validation.share, validation.seed);
  }

  /** For people: {@code B, repeat 1, fold 2 of 5}. */
  public String label() {
    return "%s, repeat %d, fold %d of %d"
        .formatted(setting.name(), repeat + 1, fold + 1, folds.count());
  }

  /** Name of its files, without ending: {@code B-1-2}. */
  public String fileName() {
    String name = setting.name().replace(' ', '-').replace(',', '+');
    return "%s-%d-%d".formatted(name.replaceAll("[^\\w.+-]", "_"), repeat + 1, fold + 1);
  }
}
