package kronwood.dashboard;

import java.util.function.IntFunction;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingEvent;
import org.jspecify.annotations.Nullable;

/**
 * The sample whose search for neurons is looked at: who watches chooses it, and the training hands
 * over the search when it uses the sample. Used by several threads.
 *
 * <p>The training is asked only while somebody watches, and for one search at a time; then it reads
 * one field a batch, and nothing else, until it is asked again.
 */
final class SampleWatch {
  private int chosen = TrainingControl.NO_SAMPLE;
  private volatile int asked = TrainingControl.NO_SAMPLE;
  private boolean learns;
  private int epoch;
  private int askedIn;
  private int changes;
  private boolean missing;
  private TrainingEvent.@Nullable Searched latest;
  private IntFunction<String> names = sample -> "";

  /**
   * What is to be seen.
   *
   * @param changes a number that grows with each change
   * @param chosen what was chosen, as {@link TrainingControl#shownSample} has it
   * @param latest its last search, null if there is none yet
   * @param name the sample of this search, or the one chosen
   * @param missing whether a whole epoch went by without the sample
   * @param learns whether a network learns
   */
  record View(
      int changes,
      int chosen,
      TrainingEvent.@Nullable Searched latest,
      String name,
      boolean missing,
      boolean learns) {}

  /** What samples are called, besides their numbers. */
  synchronized void name(IntFunction<String> samples) {
    names = samples;
  }

  /** A network learns, or does not any more; then there is no search. */
  synchronized void learns(boolean does) {
    learns = does;
    epoch = 0;
    changes++;
    ask(does ? asked : TrainingControl.NO_SAMPLE);
  }

  /**
   * Chooses a sample.
   *
   * @param sample as {@link TrainingControl#shownSample} has it
   * @return false if nothing learns
   */
  synchronized boolean choose(int sample) {
    if (!learns && sample != TrainingControl.NO_SAMPLE) {
      return false;
    }
    chosen = sample;
    latest = null;
    missing = false;
    changes++;
    ask(sample);
    return true;
  }

  private void ask(int sample) {
    asked = sample;
    askedIn = epoch;
  }

  /** The sample whose search the training is asked for. */
  int asked() {
    return asked;
  }

  /** A batch of an epoch is done. */
  synchronized void trained(int inEpoch) {
    epoch = inEpoch;
    if (askedIn == 0) {
      askedIn = inEpoch;
    }
    if (!missing && latest == null && asked >= 0 && epoch > askedIn + 1) {
      missing = true;
      changes++;
    }
  }

  /** The training used the sample. From then on it is the one that is chosen. */
  synchronized void searched(TrainingEvent.Searched searched) {
    if (chosen == searched.sample() || chosen == TrainingControl.NEXT_SAMPLE) {
      chosen = searched.sample();
      latest = searched;
      changes++;
    }
    asked = TrainingControl.NO_SAMPLE;
  }

  /** Whether a sample can be chosen now. */
  synchronized boolean canChoose() {
    return learns;
  }

  /** What is to be seen now. Asks the training for the next search. */
  synchronized View look() {
    if (learns && chosen != asked && asked == TrainingControl.NO_SAMPLE) {
      ask(chosen);
    }
    String name = chosen < 0 ? "" : "sample " + (chosen + 1L);
    String called = chosen < 0 || latest == null ? "" : names.apply(chosen);
    return new View(
        changes, chosen, latest, called.isEmpty() ? name : name + ", " + called, missing, learns);
  }
}
