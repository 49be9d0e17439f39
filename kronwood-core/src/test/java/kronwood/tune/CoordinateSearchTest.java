package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private static double error(Point p) {
    return 1 + (p.x - 3) * (p.x - 3) + (p.y + 2) * (p.y + 2);
  }

  @Test
  void findsTheMinimumOfABowlAndStopsThere() {
    List<Point> tried = new ArrayList<>();
    Point best =
        CoordinateSearch.best(
            COORDINATES,
            (p, before) -> {
              tried.add(p);
              return Optional.of(error(p));
            },
            new Point(0, 0),
            error(new Point(0, 0)));

    assertEquals(new Point(3, -2), best);
    // x up: 1, 2, 3, 4; y up: 1; y down: −1, −2, −3; x again: 4 and 2; then a round has passed.
    assertEquals(10, tried.size(), tried.toString());
  }

  @Test
  void staysInsideTheScales() {
    Point best =
        CoordinateSearch.best(
            COORDINATES, (p, before) -> Optional.of(100.0 - p.x), new Point(4, 0), 96);

    assertEquals(new Point(5, 0), best);
  }

  @Test
  void returnsTheBestSoFarWhenTheBudgetIsUsedUp() {
    int[] left = {2};
    Point best =
        CoordinateSearch.best(
            COORDINATES,
            (p, before) -> left[0]-- > 0 ? Optional.of(error(p)) : Optional.empty(),
            new Point(0, 0),
            error(new Point(0, 0)));

    assertEquals(new Point(2, 0), best);
  }

  @Test
  void takesNoNotableGainForNone() {
    assertTrue(CoordinateSearch.isNotable(0.99, 1));
    assertFalse(CoordinateSearch.isNotable(0.9995, 1));
    assertFalse(CoordinateSearch.isNotable(Double.POSITIVE_INFINITY, 1));
  }
}
