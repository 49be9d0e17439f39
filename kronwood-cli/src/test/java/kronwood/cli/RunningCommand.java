package kronwood.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command at work in this process, on a thread of its own. */
public final class RunningCommand {
  private static final int SECONDS = 60;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FutureTask<Integer> code;

  /** Starts it. */
  public RunningCommand(String... args) {
    PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.code = new FutureTask<>(() -> Main.run(args, results, messages));
    Thread.ofPlatform().daemon().start(code);
  }

  /** Waits until standard error has a match, and returns its first group. */
  public String await(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < last) {
      Matcher matcher = wanted.matcher(err.toString(StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("no '" + pattern + "' in " + err);
  }

  /** Waits for its end. */
  public Run end() throws InterruptedException, ExecutionException, TimeoutException {
    int exit = code.get(SECONDS, TimeUnit.SECONDS);
    return new Run(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
