package kronwood.cli.options;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.fault.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ArgumentFilesTest {
  @TempDir Path folder;

  private String[] expand(String content) throws IOException {
    Path file = folder.resolve("run.args");
    Files.writeString(file, content);
    return ArgumentFiles.expand(new String[] {"@" + file});
  }

  @Test
  void argumentsAreSeparatedByBlanksAndLines() throws IOException {
    assertArrayEquals(
        new String[] {"train", "--epochs", "5", "--json"},
        expand("train\n  --epochs 5\r\n\n\t--json"));
  }

  @Test
  void quotesGroupAndKeepTheOtherQuote() throws IOException {
    assertArrayEquals(
        new String[] {"--train-where", "part = 'train'", "--test-where=fold <> \"a b\"", "", "x y"},
        expand("--train-where \"part = 'train'\" --test-where='fold <> \"a b\"' '' x' 'y"));
  }

  @Test
  void backslashesEscapeOnlyWithinDoubleQuotes() throws IOException {
    assertArrayEquals(
        new String[] {"C:\\data\\x", "say \"hi\" \\ \\n", "a\\b"},
        expand("C:\\data\\x \"say \\\"hi\\\" \\\\ \\n\" 'a\\b'"));
  }

  @Test
  void commentsBeginAtTheBeginningOfAnArgument() throws IOException {
    assertArrayEquals(
        new String[] {"a#b", "#c", "d"}, expand("# all \"of this\n a#b '#c' # rest\nd # end"));
  }

  @Test
  void filesMayNameFiles() throws IOException {
    Files.writeString(folder.resolve("data.args"), "--pairs p.csv");
    assertArrayEquals(
        new String[] {"train", "--pairs", "p.csv", "--json"},
        expand("train @" + folder.resolve("data.args") + " --json"));
  }

  @Test
  void twoAtSignsStandForOne() throws IOException {
    assertArrayEquals(new String[] {"@x", "@", "a@b"}, expand("@@x @ a@b"));
  }

  @Test
  void anEmptyFileHasNoArguments() throws IOException {
    assertArrayEquals(new String[] {}, expand(""));
    assertArrayEquals(new String[] {}, expand("# nothing"));
  }

  @Test
  void aFileThatNamesItselfIsRefused() {
    String message = refusal("@" + folder.resolve("run.args"));
    assertTrue(message.contains("run.args names itself"), message);
  }

  @Test
  void aQuoteThatIsNotClosedIsNamedWithItsLine() {
    String message = refusal("--epochs 5\n--where \"fold = 1\n");
    assertTrue(message.contains("run.args, line 2: the quote \" is not closed"), message);
  }

  private String refusal(String content) {
    return String.valueOf(assertThrows(InputException.class, () -> expand(content)).getMessage());
  }

  @Test
  void aMissingFileIsRefused() {
    Run.refused(
        folder,
        new String[] {"train", "@" + folder.resolve("nosuch.args")},
        "nosuch.args does not exist");
  }

  @Test
  void aRunIsKeptInAFileAndChangedOnTheCommandLine() throws IOException {
    TinyData data = TinyData.in(folder);
    Files.writeString(
        folder.resolve("run.args"),
        """
        # Tiny data
        train --pairs "%s" --target affinity
        --modes left,right        # two modes
        --features left=%s
        --features "right=%s"
        --train-where "part = 'train'"
        --test-where="part = 'test'"
        --neurons 16 --epochs 3 --quiet
        --out %s
        """
            .formatted(
                data.path("pairs.csv"),
                data.path("left.csv"),
                data.path("right.csv"),
                data.path("model.kron")));
    JsonNode root = Run.well("@" + folder.resolve("run.args"), "--epochs", "1", "--json").json();
    assertEquals(1, root.get("epochs").asInt());
    assertEquals(64, root.at("/samples/train").asInt());
    assertEquals(22, root.at("/samples/test").asInt());
    assertTrue(Run.well(data.withModel("inspect")).out().matches("(?s).*\\nepochs +1\\n.*"));
    assertEquals(List.of(), Run.of("@" + folder.resolve("run.args")).err().lines().toList());
  }
}
