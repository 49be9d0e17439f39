package kronwood.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kronwood.bench.contest.Contestant;
import kronwood.bench.contest.Measured;
import kronwood.bench.contest.Run;
import kronwood.bench.contest.Seconds;
import kronwood.engine.WorkCounters;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static Measured side(int neurons, int samples, double seconds, long products) {
    Contestant contestant =
        new Contestant() {
          @Override
          public String label() {
            return "made up";
          }

          @Override
          public String training() {
            return "made up";
          }

          @Override
          public Shape shape() {
            return new Shape("made up", neurons, samples, 1, 1);
          }

          @Override
          public Run run(int epochs, boolean weigh) {
            throw new AssertionError("nothing is run");
          }
        };
    WorkCounters work = new WorkCounters(samples, 0, 0, 0, products);
    Run.Epoch epoch = new Run.Epoch(1, new Seconds(seconds, seconds), work);
    Run run = new Run(new Seconds(0, 0), new Seconds(0, 0), List.of(epoch, epoch), 0);
    return new Measured(contestant, run, new ArrayList<>(List.of(run)));
  }

  @Test
  void aWiderNetworkMayCostFourTimesTheInnerProductsAndSixTimesTheTime() {
    Measured narrow = side(1024, 100, 1, 1_000);
    assertTrue(
        Growth.ofWidths(List.of(narrow, side(16_384, 100, 6, 4_000)))
            .getLast()
            .endsWith("4 times: met, time at most 6 times: met."));
    assertTrue(
        Growth.ofWidths(List.of(narrow, side(16_384, 100, 6.1, 4_001)))
            .getLast()
            .endsWith("4 times: missed, time at most 6 times: missed."));
  }

  @Test
  void timePerSampleMayGrowWithTheNumberOfEntities() {
    List<Grid> grids = List.of(new Grid(25, 40), new Grid(100, 100));
    // 1 ms a sample; 200 entities are 3.08 times 65.
    Measured small = side(512, 1_000, 1, 1_000);
    List<String> lines = Growth.ofGrids(List.of(small, side(512, 10_000, 30, 10_000)), grids);
    assertEquals(
        "| 100 × 100 | 10,000 |          200 |   3.08 |      3000.0 |   3.00 |              1 |"
            + "  30.000 | 0.0 |",
        lines.get(5));
    assertTrue(lines.getLast().endsWith(": met."), lines.getLast());
    lines = Growth.ofGrids(List.of(small, side(512, 10_000, 31, 10_000)), grids);
    assertTrue(lines.getLast().endsWith(": missed."), lines.getLast());
  }

  @Test
  void gridsGoUpToTheNumberOfPairsAskedFor() {
    assertEquals(
        List.of(1_000, 10_000, 100_000, 1_000_000),
        Grid.upTo(1_000_000).stream().map(Grid::pairs).toList());
    assertEquals(List.of(1_000, 10_000), Grid.upTo(99_999).stream().map(Grid::pairs).toList());
  }
}
