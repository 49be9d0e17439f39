package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Options, help and the commands that need no data. */
class OptionsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --neurons       | 0       | a whole number >= 1
          --neurons       | 1.5     | a whole number >= 1
          --neurons       | 3000000000 | at most 2147483647
          --neurons       | 15      | an even number
          --shift         | high    | auto or a number
          --shift         | NaN     | auto or a number
          --batch         | 0       | a whole number >= 1
          --epochs        | -1      | a whole number >= 0
          --learning-rate | 0       | auto or a number > 0
          --learning-rate | inf     | auto or a number > 0
          --weight-decay  | -1      | a number >= 0
          --constant      | -0.1    | a number >= 0
          --huber-delta   | 0       | a number > 0
          --seed          | one     | a whole number
          --threads       | 0       | a whole number from 1 to 1024
          --memory        | 0       | bytes such as
          --memory        | -4G     | bytes such as
          --memory        | 4T      | bytes such as
          --memory        | G       | bytes such as
          --engine        | fast    | one of auto,
          --loss          | hinge   | one of squared, huber, logistic, softmax
          --progress      | loud    | one of auto, bar, plain, none
          """)
  void aBadValueIsNamedWithWhatIsExpected(String option, String value, String expected)
      throws IOException {
    TinyData data = TinyData.in(folder);
    Run.refused(
        folder,
        data.train(option + "=" + value),
        option + ": found '" + value + "', expected ",
        expected);
  }

  @Test
  void anUnknownOptionGetsASuggestion() throws IOException {
    TinyData data = TinyData.in(folder);
    Run.refused(
        folder,
        data.train("--neuron=5"),
        "unknown option '--neuron=5'",
        "did you mean",
        "--neurons",
        "See 'kronwood train --help'");
  }

  @Test
  void aMisspeltRequiredOptionIsNamedRatherThanTheMissingOne() {
    Run.refused(
        folder, new String[] {"inspect", "--modle", "x"}, "unknown option '--modle'", "--model");
  }

  @Test
  void missingOptionsAreListed() {
    Run.refused(
        folder,
        new String[] {"train", "--target", "y"},
        "missing required options",
        "--pairs",
        "--modes",
        "--out");
  }

  @Test
  void anUnknownCommandGetsASuggestion() {
    Run.refused(folder, new String[] {"trian"}, "unknown command 'trian'", "did you mean", "train");
  }

  @Test
  void anUnknownCommandIsNamedRatherThanItsOptions() {
    Run.refused(folder, new String[] {"trian", "--epochs", "3"}, "unknown command 'trian'");
    Run.refused(folder, new String[] {"inspect", "x.kron"}, "'--model=FILE'");
  }

  @Test
  void noCommandIsRefused() {
    Run.refused(folder, new String[] {}, "missing required subcommand", "See 'kronwood --help'");
  }

  @Test
  void optionsThatNeedAnotherLossAreRefused() throws IOException {
    TinyData data = TinyData.in(folder);
    Run.refused(folder, data.train("--huber-delta=2"), "--huber-delta", "--loss huber");
    Run.refused(folder, data.train("--positive=yes"), "--positive", "--loss logistic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "explain",
        "evaluate",
        "predict",
        "rank",
        "inspect",
        "doctor",
        "completion"
      })
  void everyCommandHelpsWithAnExample(String command) {
    Run run = Run.well(command, "--help");
    assertEquals("", run.err());
    assertTrue(run.out().contains("Usage: kronwood " + command), run.out());
    assertTrue(run.out().contains("Example:"), run.out());
    assertTrue(run.out().contains("kronwood " + command), run.out());
    assertTrue(run.out().contains("Exit codes:"), run.out());
    assertFalse(run.out().contains("\033"), "escape sequences");
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
  }

  @Test
  void helpOfTrainIsGroupedAndShowsDefaults() {
    String help = Run.well("train", "--help").out();
    for (String part :
        List.of(
            "\nData:",
            "\nNetwork:",
            "\nTraining:",
            "\nOptions:",
            "(default: 512)",
            "(default: 64)",
            "--[no-]centre",
            "  4     training diverged",
            "  130   stopped by Ctrl-C")) {
      assertTrue(help.contains(part), () -> "expected '" + part + "' in: " + help);
    }
    long pairs = help.lines().filter(line -> line.contains(" --pairs=TABLE")).count();
    assertEquals(1, pairs, "each option once");
  }

  @Test
  void helpListsAllCommandsAndExitCodes() {
    String help = Run.well("--help").out();
    for (String part :
        List.of(
            "train",
            "explain",
            "evaluate",
            "predict",
            "rank",
            "inspect",
            "doctor",
            "completion",
            "@FILE")) {
      assertTrue(help.contains(part), () -> "expected '" + part + "' in: " + help);
    }
    ExitCodes.descriptions(true, true)
        .forEach(
            (code, meaning) ->
                assertTrue(help.contains("  " + code + " ") && help.contains(meaning), help));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "train ", "doctor "})
  void versionIsPrinted(String command) {
    Run run = Run.well((command + "--version").split(" "));
    assertTrue(run.out().startsWith("kronwood "), run.out());
    assertTrue(run.out().contains("Java " + Runtime.version()), run.out());
  }

  @Test
  void completionScriptKnowsCommandsOptionsAndValues() {
    String script = Run.well("completion").out();
    for (String part :
        List.of("complete -F", "evaluate", "--train-where", "\"logistic\"", "\"eager\"")) {
      assertTrue(script.contains(part), () -> "expected '" + part + "' in the script");
    }
  }

  @Test
  void doctorTellsOfJavaKernelsMemoryThreadsAndTables() {
    String text = Run.well("doctor").out();
    JsonNode root = Run.well("doctor", "--json").json();
    assertTrue(root.get("ok").isBoolean());
    List<String> names = List.of("java", "kernels", "memory", "threads", "tables");
    assertEquals(names.size(), root.get("checks").size());
    for (int i = 0; i < names.size(); i++) {
      JsonNode check = root.get("checks").get(i);
      assertEquals(names.get(i), check.get("name").asString());
      assertTrue(text.contains(check.get("found").asString()), text);
      boolean well = check.get("status").asString().equals("ok");
      assertEquals(well, check.get("advice").isNull(), check::toString);
      assertTrue(well || text.contains(check.get("advice").asString()), text);
    }
    assertTrue(text.contains(Runtime.version().toString()), text);
  }

  @Test
  void doctorAdvisesMoreMemoryWhereTheHeapIsSmall() {
    Diagnosis small = Diagnosis.memory(2e9, 16.0 * (1L << 30));
    assertFalse(small.well());
    assertTrue(String.valueOf(small.advice()).contains("-Xmx11469m"), small::toString);
    assertTrue(Diagnosis.memory(12e9, 16e9).well());
  }

  @Test
  void debugAddsTheStackTrace() {
    String[] args = {"inspect", "--model=nosuch.kron", "--debug"};
    Run run = Run.of(args);
    assertEquals(ExitCodes.BAD_INPUT, run.code());
    assertTrue(run.err().contains("kronwood: --model: nosuch.kron"), run.err());
    assertTrue(run.err().contains("\tat kronwood.cli."), run.err());
  }
}
