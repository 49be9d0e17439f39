package kronwood.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoordinateSearchTest {
  private record Point(int x, int y) {}

  private static final List<CoordinateSearch.Coordinate<Point>> COORDINATES =
      List.of(
          (p, direction) -> inside(new Point(p.x + direction, p.y)),
          (p, direction) -> inside(new Point(p.x, p.y + direction)));

  private static Optional<Point> inside(Point p) {
    return Math.abs(p.x) <= 5 && Math.abs(p.y) <= 5 ? Optional.of(p) : Optional.empty();
  }

  private static Score score(Point p) {
    return score(1.0 + (p.x - 3) * (p.x - 3) + (p.y + 2) * (p.y + 2));
  }

  private static Score score(double loss) {
    return new Score(new double[] {loss}, new int[1][1], new double[0]);
  }

  @Test
  void findsTheMinimumOfABowlAndStopsThere() {
    List<Point> tried = new ArrayList<>();
    Point best =
        CoordinateSearch.best(
            COORDINATES,
            (p, before) -> {
              tried.add(p);
              return Optional.of(score(p));
            },
            new Point(0, 0),
            score(new Point(0, 0)));

    assertEquals(new Point(3, -2), best);
    // x up: 1, 2, 3, 4; y up: 1; y down: −1, −2, −3; x again: 4 and 2; then a round has passed.
    assertEquals(10, tried.size(), tried.toString());
  }

  @Test
  void staysInsideTheScales() {
    Point best =
        CoordinateSearch.best(
            COORDINATES,
            (p, before) -> Optional.of(score(100.0 - p.x)),
            new Point(4, 0),
            score(96));

    assertEquals(new Point(5, 0), best);
  }

  @Test
  void returnsTheBestSoFarWhenTheBudgetIsUsedUp() {
    int[] left = {2};
    Point best =
        CoordinateSearch.best(
            COORDINATES,
            (p, before) -> left[0]-- > 0 ? Optional.of(score(p)) : Optional.empty(),
            new Point(0, 0),
            score(new Point(0, 0)));

    assertEquals(new Point(2, 0), best);
  }
}
