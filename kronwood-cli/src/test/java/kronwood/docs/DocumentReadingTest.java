package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How pages are read: blocks, commands, and when output is taken for the same. */
class DocumentReadingTest {

  @Test
  void aBlockHasItsLanguageLineMarksAndContent() {
    List<Fence> fences =
        Fence.of(
            """
            # Title

            <!-- not run: no data -->
            <!-- exit code 2 -->

            ```sh
            ./kronwood train
            ```

            Text.

            ```
            out
            ```

            ## Next

              ```text
              indented
                more
              ```
            """
                .lines()
                .toList());
    assertEquals(
        List.of(
            new Fence(
                6,
                "sh",
                List.of("not run: no data", "exit code 2"),
                List.of("./kronwood train"),
                1),
            new Fence(12, "", List.of(), List.of("out"), 1),
            new Fence(18, "text", List.of(), List.of("indented", "  more"), 2)),
        fences);
    assertEquals(Optional.of(": no data"), fences.getFirst().mark("not run"));
    assertEquals(Optional.of("2"), fences.getFirst().mark("exit code"));
    assertEquals(Optional.empty(), fences.getLast().mark("not run"));
  }

  @Test
  void commandsHaveWordsAndARest() {
    List<ShellCommand> commands =
        ShellCommand.of(
            List.of(
                "# a comment",
                "./kronwood train --a 'x \"y\" #' \\",
                "   --b=\"fold <> 'test'\" \"\"   # another",
                "",
                "./kronwood predict | head -n 2 > 'a b'"));
    assertEquals(2, commands.size());
    assertEquals(
        List.of("./kronwood", "train", "--a", "x \"y\" #", "--b=fold <> 'test'", ""),
        commands.getFirst().words());
    assertEquals("", commands.getFirst().rest());
    assertEquals(List.of("./kronwood", "predict"), commands.getLast().words());
    assertEquals("| head -n 2 > 'a b'", commands.getLast().rest());
    assertThrows(
        IllegalArgumentException.class, () -> ShellCommand.of(List.of("./kronwood 'train")));
  }

  @Test
  void theSameOutputMayTakeAnotherTimeAndWidth() {
    String printed = "a  1.50\n\n3 epochs in 2.25 s, 1,812.5 MB\n  4 at a time, 0:07 left\n";
    assertSame("a 1.50\n3 epochs in 9 s, 7 MB\n2 at a time, 1:00 left", printed);
    assertDifferent("a 1.51\n3 epochs in 2.25 s, 1,812.5 MB\n4 at a time, 0:07 left", printed);
    assertDifferent("a 1.50\n4 epochs in 2.25 s, 1,812.5 MB\n4 at a time, 0:07 left", printed);
    assertDifferent("a 1.50\n3 epochs in 2.25 s, 1,812.5 GB\n4 at a time, 0:07 left", printed);
    assertDifferent("a 1.50\n3 epochs in 2.25 s, 1,812.5 MB", printed);
    assertDifferent(printed + "more", printed);
  }

  @Test
  void anEllipsisStandsForWhatIsLeftOut() {
    String printed = "first 1\nsecond 2\nthird 3\n";
    assertSame("first 1\n…\nthird 3", printed);
    assertSame("first 1\n…", printed);
    assertSame("…\nthird 3", printed);
    assertSame("first …\n…nd 2\nthird 3", printed);
    assertDifferent("first 1\n…\nfourth 3", printed);
    assertDifferent("first 1\n…\nsecond 2", printed);
  }

  @Test
  void numbersOfOtherKernelsMayDifferALittle() {
    ShownOutput shown = new ShownOutput(List.of("mse 0.1000 (1,000 pairs) -3.0e-04"), 0.1);
    assertEquals(Optional.empty(), shown.difference("mse 0.1091 (1,090 pairs) -2.8e-04"));
    assertTrue(shown.difference("mse 0.1200 (1,000 pairs) -3.0e-04").isPresent());
    assertTrue(shown.difference("mse 0.1000 (1,000 pairs) 3.0e-04").isPresent());
    assertTrue(shown.difference("mae 0.1000 (1,000 pairs) -3.0e-04").isPresent());
  }

  @Test
  void whatIsRenewedLeavesOutWhatWasLeftOut() {
    String printed = "head\nmse  0.20\nrmse  0.4\n\n20 epochs in 2 s\nplan: b\nmodel: m.kron\n";
    assertRenewed("mse 0.1\n…\nmodel: x", "head\n…\nmodel: m.kron", printed);
    assertRenewed(
        "…\nrmse 0.3\n\n9 epochs in 1 s\n…\nmodel: x",
        "…\nrmse  0.4\n\n20 epochs in 2 s\n…\nmodel: m.kron",
        printed);
    assertRenewed("old\n…", "head\n…", printed);
    assertRenewed("anything", printed.stripTrailing(), printed);
  }

  private static void assertRenewed(String shown, String expected, String printed) {
    ShownOutput output = new ShownOutput(shown.lines().toList(), 0);
    List<String> renewed = output.renewed(printed);
    assertEquals(expected.lines().toList(), renewed);
    assertEquals(Optional.empty(), new ShownOutput(renewed, 0).difference(printed));
  }

  private static void assertSame(String shown, String printed) {
    assertEquals(Optional.empty(), new ShownOutput(shown.lines().toList(), 0).difference(printed));
  }

  private static void assertDifferent(String shown, String printed) {
    assertTrue(new ShownOutput(shown.lines().toList(), 0).difference(printed).isPresent(), shown);
  }
}
