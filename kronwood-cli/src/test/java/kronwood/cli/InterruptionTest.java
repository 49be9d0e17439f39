package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C in a process of its own. The limit is for a process that hangs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptionTest {
  @TempDir Path folder;
  private Process process;

  @BeforeEach
  void signalsCanBeSent() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "needs /bin/kill");
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      // A shell without job control starts what runs in the background with INT ignored.
      long ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .findFirst()
              .orElse(0);
      assumeTrue((ignored & 2) == 0, "this process was started with the signal INT ignored");
    }
  }

  @AfterEach
  void endProcess() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void start(Class<?> main, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(Arrays.asList(args));
    process =
        new ProcessBuilder(command).redirectOutput(folder.resolve("out.txt").toFile()).start();
  }

  /** Reads standard error up to a line that begins so. */
  private static void awaitLine(BufferedReader err, String beginning) throws IOException {
    List<String> seen = new ArrayList<>();
    String line = err.readLine();
    while (line != null && !line.startsWith(beginning)) {
      seen.add(line);
      line = err.readLine();
    }
    assertNotNull(line, () -> "ended before '" + beginning + "': " + seen);
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor(), "kill -" + name);
  }

  private int exitCode(BufferedReader err) throws IOException, InterruptedException {
    while (err.readLine() != null) {
      // The process must not block on a full pipe.
      continue;
    }
    return process.waitFor();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void theFirstSignalSavesWhatWasLearned(String signal, int code)
      throws IOException, InterruptedException {
    TinyData data = TinyData.in(folder);
    start(
        Main.class,
        data.train("--epochs=1000000000", "--progress=plain", "--test-where=part = 'test'"));
    try (BufferedReader err = process.errorReader()) {
      awaitLine(err, "epoch 2/");
      signal(signal);
      awaitLine(err, "kronwood: stopping");
      assertEquals(code, exitCode(err));
    }
    String out = data.read("out.txt");
    assertTrue(out.contains("then stopped"), out);
    assertTrue(out.contains("model: "), out);
    String made = Run.well(data.withModel("inspect", "--json")).out();
    assertTrue(made.contains("\"test\":{\"mse\""), made);
  }

  /** As {@code timeout} does, which signals a program and then its group. */
  @Test
  void aSecondSignalRightAfterTheFirstIsTheSame() throws IOException, InterruptedException {
    TinyData data = TinyData.in(folder);
    start(Main.class, data.train("--epochs=1000000000", "--progress=plain"));
    try (BufferedReader err = process.errorReader()) {
      awaitLine(err, "epoch 2/");
      signal("TERM");
      signal("TERM");
      awaitLine(err, "kronwood: the model was saved to " + data.path("model.kron"));
      assertEquals(ExitCodes.TERMINATED, exitCode(err));
    }
    assertTrue(Files.exists(Path.of(data.path("model.kron"))));
  }

  @Test
  void beforeTrainingBeginsASignalEndsAtOnceAndSaysThatNothingIsSaved()
      throws IOException, InterruptedException {
    start(Reading.class);
    try (BufferedReader err = process.errorReader()) {
      awaitLine(err, "kronwood: ready");
      signal("TERM");
      awaitLine(err, "kronwood: stopped; nothing was saved: training had not begun");
      assertEquals(ExitCodes.TERMINATED, exitCode(err));
    }
  }

  @Test
  void whileChoicesAreMadeTheBestLinearModelIsSaved() throws IOException, InterruptedException {
    TinyData data = TinyData.in(folder);
    start(
        Main.class,
        data.train(
            "--tune=10h",
            "--progress=plain",
            "--neurons=256",
            // Trials of networks that do not end before the signal comes, however slow the machine.
            "--epochs=300",
            "--test-where=part = 'test'"));
    try (BufferedReader err = process.errorReader()) {
      awaitLine(err, "tune: linear");
      signal("TERM");
      awaitLine(err, "kronwood: stopping: the best linear model");
      awaitLine(err, "kronwood: the model was saved to " + data.path("model.kron"));
      assertEquals(ExitCodes.TERMINATED, exitCode(err));
    }
    String made = Run.well(data.withModel("inspect")).out();
    assertTrue(made.contains("tuned inputs"), made);
  }

  @Test
  void aLaterSecondSignalEndsAtOnce() throws IOException, InterruptedException {
    start(NeverEnding.class);
    try (BufferedReader err = process.errorReader()) {
      awaitLine(err, "kronwood: ready");
      signal("INT");
      awaitLine(err, "kronwood: stopping");
      // Longer than two signals of the same sender are apart.
      assertFalse(process.waitFor(1500, TimeUnit.MILLISECONDS));
      signal("INT");
      awaitLine(err, "kronwood: ended at once; nothing was saved");
      assertEquals(ExitCodes.INTERRUPTED, exitCode(err));
    }
  }

  /** A program that takes no notice of a request to stop. */
  static final class NeverEnding {
    private NeverEnding() {}

    /** Waits. */
    public static void main(String[] args) throws InterruptedException {
      Streams streams = new Streams(System.out, System.err);
      Interruption interruption = new Interruption(streams);
      interruption.watch();
      interruption.reached(Interruption.Phase.LEARNING);
      streams.say("ready");
      Thread.sleep(TimeUnit.MINUTES.toMillis(10));
    }
  }

  /** A program that reads its data for long. */
  static final class Reading {
    private Reading() {}

    /** Waits. */
    public static void main(String[] args) throws InterruptedException {
      Streams streams = new Streams(System.out, System.err);
      new Interruption(streams).watch();
      streams.say("ready");
      Thread.sleep(TimeUnit.MINUTES.toMillis(10));
    }
  }
}
