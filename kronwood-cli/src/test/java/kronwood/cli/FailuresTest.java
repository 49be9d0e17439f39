package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.fault.InputException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int report(boolean debug, Throwable failure) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Failures(new Streams(stream, stream), debug).report(failure);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aBugIsCalledOneAndTellsOfDebug() {
    assertEquals(ExitCodes.FAILURE, report(false, new IllegalStateException("tree is torn")));
    assertTrue(said().contains("most likely a bug"), said());
    assertTrue(said().contains("IllegalStateException: tree is torn"), said());
    assertTrue(said().contains("--debug"), said());
    assertFalse(said().contains("\tat "), said());
  }

  @Test
  void debugShowsTheStackTraceOfABug() {
    assertEquals(ExitCodes.FAILURE, report(true, new IllegalStateException("tree is torn")));
    assertTrue(said().contains("\tat kronwood.cli.FailuresTest"), said());
  }

  @Test
  void exhaustedMemoryIsNotABug() {
    assertEquals(ExitCodes.BAD_INPUT, report(false, new OutOfMemoryError("Java heap space")));
    assertTrue(said().contains("out of memory (Java heap space)"), said());
    assertTrue(said().contains("-Xmx"), said());
  }

  @Test
  void filesThatFailAreNotABug() {
    assertEquals(
        ExitCodes.BAD_INPUT,
        report(false, new UncheckedIOException("x", new FileNotFoundException("disk is full"))));
    assertTrue(said().contains("disk is full"), said());
  }

  @Test
  void aVeryLongMessageIsCutInTheMiddle() {
    String message = "a".repeat(5_000) + "b".repeat(1_000_000) + "; do this";
    assertEquals(ExitCodes.BAD_INPUT, report(false, new InputException(message)));
    assertTrue(said().length() < 2000, () -> said().length() + " characters");
    assertTrue(said().startsWith("kronwood: aaa"), said());
    assertTrue(said().strip().endsWith("; do this"), said());
  }

  @Test
  void tooManyOpenFilesAreNotABug() {
    Throwable error =
        new NoClassDefFoundError("x").initCause(new IOException("/lib/x.jar: Too many open files"));
    assertEquals(ExitCodes.BAD_INPUT, report(false, error));
    assertTrue(said().contains("ulimit -n"), said());
  }
}
