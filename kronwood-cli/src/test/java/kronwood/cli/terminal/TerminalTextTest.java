package kronwood.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.model.Model;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and facts of others cannot give orders to a terminal. */
class TerminalTextTest {
  private static final String CLEAR = "\u001b[2J";

  @TempDir Path folder;

  @Test
  void ordersAreShown() {
    assertEquals("a\\u001b[2Jb", Text.printable("a" + CLEAR + "b"));
    assertEquals("\\u0000\\u0007\\u0085\\u009b", Text.printable("\u0000\u0007\u0085\u009b"));
    assertEquals("\\u202etxt", Text.printable("\u202etxt"));
    assertEquals("over\\u000dwritten", Text.printable("over\rwritten"));
    assertEquals("a\n\tb\r\n", Text.printable("a\n\tb\r\n"));
    assertEquals("one\\nline", Text.printableLine("one\nline"));
    String plain = "größe 試料 🧬 e\u0301";
    assertSame(plain, Text.printable(plain));
  }

  @Test
  void whateverWayATextIsPrinted() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Streams streams = new Streams(new PrintStream(bytes), new PrintStream(bytes));
    streams.out().println(CLEAR);
    streams.out().println((Object) CLEAR);
    streams.out().print(CLEAR);
    streams.out().printf(Locale.ROOT, "%s%n", CLEAR);
    streams.out().append(CLEAR);
    streams.say(CLEAR);
    streams.warn(CLEAR);
    String printed = bytes.toString(StandardCharsets.UTF_8);
    assertFalse(printed.contains("\u001b"), printed);
    assertEquals(7, printed.split("u001b", -1).length - 1, printed);
    streams.control(CLEAR);
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith(CLEAR));
  }

  @Test
  void inspectShowsWhatAModelSaysOfItself() throws IOException {
    TinyData data = TinyData.in(folder);
    Run.well(data.train());
    Path file = Path.of(data.path("model.kron"));
    Model model = ModelFile.load(file);
    ModelFile.save(model.withFacts(Map.of("note" + CLEAR, "a\nseed             99" + CLEAR)), file);
    Run inspected = Run.well(data.withModel("inspect"));
    assertFalse(inspected.out().contains("\u001b"), inspected.out());
    assertTrue(inspected.out().contains("note\\u001b[2J"), inspected.out());
    assertFalse(inspected.out().contains("\nseed             99"), inspected.out());
    Run json = Run.well(data.withModel("inspect", "--json"));
    assertFalse(json.out().contains("\u001b"), json.out());
  }

  @Test
  void aMessageShowsWhatAFileIsCalled() throws IOException {
    Path file = folder.resolve("a" + CLEAR + ".kron");
    Files.writeString(file, "no model");
    Run refused = Run.of("inspect", "--model=" + file);
    assertEquals(ExitCodes.BAD_INPUT, refused.code());
    assertFalse(refused.err().contains("\u001b"), refused.err());
    assertTrue(refused.err().contains("a\\u001b[2J.kron"), refused.err());
    Run unknown = Run.of("inspect", "--" + CLEAR);
    assertFalse(unknown.err().contains("\u001b"), unknown.err());
  }

  @Test
  void modelsOfAnyNumberOfThreadsHaveTheSameTensors() throws IOException {
    TinyData data = TinyData.in(folder);
    Run.well(data.train("--threads=1"));
    String one =
        Run.well(data.withModel("inspect", "--json")).json().get("tensorsSha256").asString();
    byte[] bytes = Files.readAllBytes(Path.of(data.path("model.kron")));
    Run.well(data.train("--threads=7"));
    String seven =
        Run.well(data.withModel("inspect", "--json")).json().get("tensorsSha256").asString();
    assertEquals(one, seven);
    assertEquals(64, one.length());
    Run told = Run.well(data.withModel("inspect"));
    assertTrue(told.out().contains("tensors          sha256 " + one), told.out());
    // The files differ, as each says how many threads made it.
    assertNotEquals(
        -1, Arrays.mismatch(bytes, Files.readAllBytes(Path.of(data.path("model.kron")))));
    Run.well(data.train("--threads=1", "--seed=9"));
    assertNotEquals(
        one, Run.well(data.withModel("inspect", "--json")).json().get("tensorsSha256").asString());
  }
}
