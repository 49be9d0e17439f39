package kronwood.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kronwood.bench.compare.CompareOptions.Case;
import kronwood.bench.compare.CompareOptions.Peer;
import kronwood.math.Precision;
import org.junit.jupiter.api.Test;

class OptionsParserTest {
  @Test
  void withoutOptionsTheUsualCasesRunFiveTimesOnOneThread() {
    CompareOptions options = OptionsParser.parse(List.of());
    assertEquals(List.of(Case.DIMENSION, Case.ENGINES, Case.WIDTH, Case.DAVIS), options.cases());
    assertEquals(5, options.repeats());
    assertEquals(1, options.threadsOrDefault());
    assertEquals(List.of(), options.peers());
  }

  @Test
  void valuesFollowTheirOptionOrAnEqualsSign() {
    assertEquals(
        new CompareOptions(
            List.of(Case.WIDTH, Case.PEERS),
            3,
            -7,
            true,
            OptionalInt.of(1024),
            OptionalInt.of(16),
            Optional.of(Precision.SINGLE),
            OptionalInt.of(4),
            10_000,
            List.of(Peer.PYTORCH),
            20,
            Path.of("a"),
            Path.of("b=c")),
        OptionsParser.parse(
            List.of(
                "--cases=width,peers,width",
                "--repeats",
                "3",
                "--seed=-7",
                "--quick",
                "--neurons=1024",
                "--batch",
                "16",
                "--precision=single",
                "--threads=4",
                "--pairs=10000",
                "--peers=pytorch",
                "--peer-batches=20",
                "--digits",
                "a",
                "--davis=b=c")));
  }

  @Test
  void peersAloneAreComparedWithAllProcessors() {
    CompareOptions options = OptionsParser.parse(List.of("--peers", "pytorch"));
    assertEquals(List.of(Case.PEERS), options.cases());
    assertEquals(Runtime.getRuntime().availableProcessors(), options.threadsOrDefault());
    assertEquals(60, options.peerBatches());
    assertEquals(
        1, OptionsParser.parse(List.of("--peers=pytorch", "--threads=1")).threadsOrDefault());
  }

  @Test
  void wrongOptionsAreNamed() {
    assertMessage(
        "unknown case 'widths', expected one or several of"
            + " dimension,engines,width,davis,paper,wide,grid,planner,peers",
        "--cases=widths");
    assertMessage("option --repeats has the value 'x', expected a whole number", "--repeats", "x");
    assertMessage("option --repeats is 0, expected 1 to 1000", "--repeats=0");
    assertMessage("option --seed needs a value", "--seed");
    assertMessage("option --neurons is 7, expected an even number", "--neurons=7");
    assertMessage("option --batch is 0, expected 1 to 1000000", "--batch=0");
    assertMessage("option --threads is 0, expected 1 to 1024", "--threads=0");
    assertMessage("option --pairs is 10, expected 1000 to 1000000", "--pairs=10");
    assertMessage("unknown peer 'tensorflow', expected pytorch", "--peers=tensorflow");
    assertMessage("option --peer-batches is 0, expected 1 to 2147483647", "--peer-batches=0");
    assertMessage(
        "unknown option 'width', expected --cases, --repeats, --seed, --neurons, --batch,"
            + " --precision, --threads, --pairs, --peers, --peer-batches, --quick, --digits or"
            + " --davis",
        "width");
  }

  @Test
  void peersAndTheirCaseBelongTogether() {
    assertMessage("case peers needs --peers pytorch", "--cases=peers");
    assertMessage(
        "--peers is for case peers: add it to --cases, or leave that option out",
        "--cases=grid",
        "--peers=pytorch");
  }

  private static void assertMessage(String message, String... args) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OptionsParser.parse(List.of(args)));
    assertEquals(message, e.getMessage());
  }
}
