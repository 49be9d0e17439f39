package kronwood.cli;

import kronwood.data.Folds;
import kronwood.data.Setting;
import kronwood.data.Split;

/**
 * One training of a cross-validation.
 *
 * @param setting what is new about its test samples
 * @param repeat which of the repeated divisions, from 0
 * @param fold which fold of the division, from 0
 * @param folds the division
 */
record FoldTask(Setting setting, int repeat, int fold, Folds folds) {

  /** Its samples. */
  Split split() {
    return folds.split(fold);
  }

  /** For people: {@code B, repeat 1, fold 2 of 5}. */
  String label() {
    return "%s, repeat %d, fold %d of %d"
        .formatted(setting.name(), repeat + 1, fold + 1, folds.count());
  }

  /** Name of its files, without ending: {@code B-1-2}. */
  String fileName() {
    String name = setting.name().replace(' ', '-').replace(',', '+');
    return "%s-%d-%d".formatted(name.replaceAll("[^\\w.+-]", "_"), repeat + 1, fold + 1);
  }
}
