package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import kronwood.cli.terminal.ExitCodes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command answered.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record Run(int code, String out, String err) {

  /** Runs a command in this process. */
  public static Run of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(args, stream(out), stream(err));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Runs a command that must succeed. */
  public static Run well(String... args) {
    Run run = of(args);
    assertEquals(ExitCodes.SUCCESS, run.code, run::toString);
    return run;
  }

  /**
   * Runs a command that must be refused: exit code 2, nothing on standard output, one message on
   * standard error that has all the parts, and no file in {@code folder} written or changed.
   */
  public static Run refused(Path folder, String[] args, String... parts) {
    TreeMap<String, String> before = files(folder);
    Run run = of(args);
    assertEquals(ExitCodes.BAD_INPUT, run.code, run::toString);
    assertEquals("", run.out);
    long messages = run.err.lines().filter(line -> line.startsWith("kronwood: ")).count();
    long hints = run.err.lines().filter(line -> line.startsWith("See 'kronwood")).count();
    assertEquals(1, messages, run::toString);
    assertTrue(hints <= 1, run::toString);
    assertEquals(messages + hints, run.err.lines().count(), run::toString);
    for (String part : parts) {
      assertTrue(run.err.contains(part), () -> "expected '" + part + "' in: " + run.err);
    }
    assertEquals(before, files(folder), "files before and after");
    return run;
  }

  /** Every file below a folder, with its size and time. */
  private static TreeMap<String, String> files(Path folder) {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Standard output as JSON; fails if it is anything but one object on one line. */
  public JsonNode json() {
    assertEquals(1, out.lines().count(), out);
    JsonNode root = new JsonMapper().readTree(out);
    assertTrue(root.isObject(), out);
    return root;
  }
}
