package kronwood.candidate;

import java.util.List;
import java.util.Optional;

/**
 * Coordinate search for the best candidate. Along each coordinate it repeats a step as long as the
 * score improves by more than chance, then tries the other direction. It ends after a round without
 * improvement, or when the budget is used up.
 *
 * @param <T> a candidate
 */
public final class CoordinateSearch<T> {
  /** A way in which candidates differ. */
  public interface Coordinate<T> {
    /**
     * The next candidate in a direction.
     *
     * @param direction 1 or −1
     * @return empty at the end of the scale
     */
    Optional<T> step(T from, int direction);
  }

  /** Tries a candidate. */
  public interface Trial<T> {
    /**
     * Returns how well a candidate does; empty if there is no budget for it.
     *
     * @param best score of the best candidate so far
     */
    Optional<Score> score(T candidate, Score best);
  }

  private final List<Coordinate<T>> coordinates;
  private final Trial<T> trial;
  private T best;
  private Score score;

  private CoordinateSearch(
      List<Coordinate<T>> coordinates, Trial<T> trial, T start, Score startScore) {
    this.coordinates = coordinates;
    this.trial = trial;
    this.best = start;
    this.score = startScore;
  }

  /** The best candidate found from {@code start} on, which has that score. */
  public static <T> T best(
      List<Coordinate<T>> coordinates, Trial<T> trial, T start, Score startScore) {
    CoordinateSearch<T> search = new CoordinateSearch<>(coordinates, trial, start, startScore);
    search.run();
    return search.best;
  }

  private void run() {
    int idle = 0;
    for (int c = 0; idle < coordinates.size(); c = (c + 1) % coordinates.size()) {
      Optional<Boolean> up = along(coordinates.get(c), 1);
      Optional<Boolean> down =
          up.isPresent() && !up.get() ? along(coordinates.get(c), -1) : up.map(_ -> false);
      if (up.isEmpty() || down.isEmpty()) {
        return;
      }
      idle = up.get() || down.get() ? 1 : idle + 1;
    }
  }

  /** Whether anything was gained; empty if the budget is used up. */
  private Optional<Boolean> along(Coordinate<T> coordinate, int direction) {
    boolean gained = false;
    while (true) {
      Optional<T> next = coordinate.step(best, direction);
      if (next.isEmpty()) {
        return Optional.of(gained);
      }
      Optional<Score> found = trial.score(next.get(), score);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      if (!found.get().isBetterThan(score)) {
        return Optional.of(gained);
      }
      best = next.get();
      score = found.get();
      gained = true;
    }
  }
}
