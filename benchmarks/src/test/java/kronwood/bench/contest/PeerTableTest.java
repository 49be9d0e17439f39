package kronwood.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kronwood.engine.WorkCounters;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  /** Timed at the given seconds an epoch, of which {@code share} ran. */
  private static Measured side(
      String label, boolean peer, int batch, double seconds, double share, double loss) {
    Contestant contestant =
        new Contestant() {
          @Override
          public String label() {
            return label;
          }

          @Override
          public String training() {
            return "batch " + batch;
          }

          @Override
          public boolean isPeer() {
            return peer;
          }

          @Override
          public Shape shape() {
            return new Shape("made up", 512, 100, 1, batch);
          }

          @Override
          public Run run(int epochs, boolean weigh) {
            throw new AssertionError("nothing is run");
          }
        };
    WorkCounters work = new WorkCounters(100, 7, 0, 0, 51_200);
    Seconds time = new Seconds(seconds, Double.NaN);
    Run.Epoch epoch = new Run.Epoch(loss, time, work, share);
    Run first = new Run(time, time, List.of(new Run.Epoch(loss, time, work), epoch), 3 * 1048576L);
    Run timed = new Run(time, time, List.of(epoch, epoch), 0);
    return new Measured(contestant, first, new ArrayList<>(List.of(timed)));
  }

  private static final List<Measured> SIDES =
      List.of(
          side("block", false, 64, 0.5, 1, 0.25),
          side("PyTorch Linear", true, 64, 10, 0.153, 0.25 * (1 + 2e-6)),
          side("block", false, 1024, 0.75, 1, 0.4),
          side("PyTorch Linear", true, 1024, 8, 1, 0.4));

  @Test
  void timesAreRelatedToTheFirstSide() {
    List<String> lines = PeerTable.of(SIDES).lines();
    assertTrue(lines.getFirst().contains("times block"), lines.getFirst());
    assertEquals(
        "| PyTorch Linear |     512 |     100 |    64 |  10.000 |        20.0 |  15 % |"
            + "            512 |       3.0 |",
        lines.get(3));
    assertTrue(lines.get(5).contains("|   8.000 |        16.0 | 100 % |"), lines.get(5));
  }

  @Test
  void lossesAreRelatedToTheSideOfTheSameTraining() {
    List<String> lines = PeerTable.remarks(SIDES);
    assertTrue(lines.get(5).contains("2.0e-06"), lines.get(5));
    assertTrue(lines.get(7).contains("0.0e+00"), lines.get(7));
    assertEquals(
        "- The fastest epoch of a peer is that of PyTorch Linear at batch 1024: 8.00 s, 16.0 times"
            + " that of block at batch 64.",
        lines.getLast());
  }
}
