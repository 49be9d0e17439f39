package kronwood.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kronwood.engine.WorkCounters;
import org.junit.jupiter.api.Test;

class RemarksTest {
  private static Measured side(String label, int neurons, double cpu, WorkCounters work) {
    Contestant contestant =
        new Contestant() {
          @Override
          public String label() {
            return label;
          }

          @Override
          public String training() {
            return "same";
          }

          @Override
          public Shape shape() {
            return new Shape("made up", neurons, 10, 1, 1);
          }

          @Override
          public Run run(int epochs, boolean weigh) {
            throw new AssertionError("nothing is run");
          }
        };
    Run.Epoch epoch = new Run.Epoch(0.5, new Seconds(2 * cpu, cpu), work);
    Run run = new Run(new Seconds(1, 1), new Seconds(2, 2), List.of(epoch, epoch), 0);
    return new Measured(contestant, run, new ArrayList<>(List.of(run)));
  }

  private static WorkCounters visited(long fired, long nodes) {
    return new WorkCounters(10, fired, 0, nodes, 50);
  }

  @Test
  void theWidthTableRelatesVisitedNodesToTheLogarithm() {
    // 10 samples, 20 fired: 2 a sample. 8 nodes a fired neuron, log2 256 = 8.
    List<String> lines = Remarks.width(List.of(side("m = 256", 256, 1, visited(20, 160))));
    assertEquals(
        "|     256 |   2.0 |     0.8 |    16.0 |        0.06 |            8.00 |    8.0 |     1.00"
            + " |",
        lines.getLast());
  }

  @Test
  void moreVisitedNodesThanTheBoundAllowsAreAnError() {
    // 2 · fired · log2 m + one root per sample = 2 · 20 · 8 + 10.
    Remarks.width(List.of(side("m = 256", 256, 1, visited(20, 330))));
    assertThrows(
        DifferentAnswersException.class,
        () -> Remarks.width(List.of(side("m = 256", 256, 1, visited(20, 331)))));
  }

  @Test
  void equalTimeWithinTenPercentMeetsTheTarget() {
    Measured narrow = side("few", 256, 1.00, visited(20, 160));
    assertTrue(dimension(narrow, 1.09).contains("10 %: met"), "1.09 times");
    assertTrue(dimension(narrow, 0.92).contains("10 %: met"), "0.92 times");
    assertTrue(dimension(narrow, 1.11).contains("10 %: missed"), "1.11 times");
    assertTrue(dimension(narrow, 0.89).contains("10 %: missed"), "0.89 times");
  }

  private static String dimension(Measured narrow, double cpu) {
    return String.join(
        "\n", Remarks.dimension(List.of(narrow, side("many", 256, cpu, visited(20, 160)))));
  }
}
