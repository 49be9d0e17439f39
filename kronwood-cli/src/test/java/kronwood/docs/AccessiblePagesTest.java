package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kronwood.cli.Run;
import kronwood.cli.RunningCommand;
import kronwood.server.PredictionServer;
import kronwood.server.ServerListener;
import kronwood.server.ServerOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages as axe-core judges them, which people with a screen reader, with low vision or without a
 * mouse depend on: all its rules hold, in light and dark, on wide and narrow screens. Skipped where
 * there is no Chromium.
 */
@Timeout(300)
class AccessiblePagesTest {
  private static final int NARROW = 400;
  private static final int WIDE = 1400;

  @TempDir static Path folder;
  private static String program = "";
  private static String axe = "";

  @BeforeAll
  static void train() throws IOException {
    program = Browser.program();
    assumeTrue(!program.isEmpty(), "needs chromium (apt-get install chromium)");
    try (InputStream in = AccessiblePagesTest.class.getResourceAsStream("/axe.min.js")) {
      assertTrue(in != null, "axe-core is on the class path of tests");
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Run.well(ExamplePairs.train(folder, "--epochs=4", "--quiet", "--report=" + report("report")));
  }

  private static Path report(String name) {
    return folder.resolve(name + ".html");
  }

  /** Opens all that can be opened, and has axe-core judge the page in four looks. */
  private static void assertAccessible(Browser browser, String page) throws InterruptedException {
    browser.run(axe);
    browser.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    for (int width : new int[] {WIDE, NARROW}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.look(width, dark);
        String found =
            browser.evaluate(
                """
                axe.run(document).then((result) => result.passes.length < 10
                    ? "only " + result.passes.length + " rules were applied"
                    : result.violations.map((rule) => rule.id + ": " + rule.help + "\\n"
                        + rule.nodes.map((node) => "  " + node.html.slice(0, 300) + " "
                            + node.any.map((check) => check.message).join("; ")).join("\\n"))
                        .join("\\n"))
                """
                    .strip());
        assertEquals(
            "", found, page + " at " + width + " pixels, " + (dark ? "dark" : "light") + "\n");
      }
    }
  }

  private static void assertAccessible(Path file) throws IOException, InterruptedException {
    try (Browser browser = Browser.in(program, folder)) {
      browser.open(file.toUri().toString());
      browser.await("document.readyState === 'complete' && document.querySelector('h1') !== null");
      assertAccessible(browser, file.getFileName().toString());
    }
  }

  @Test
  void theReportOfATraining() throws IOException, InterruptedException {
    assertAccessible(report("report"));
  }

  @Test
  void theReportOfACrossValidation() throws IOException, InterruptedException {
    Run.well(
        ExamplePairs.with(
            "cv",
            "--setting=A,D",
            "--folds=2",
            "--neurons=16",
            "--epochs=1",
            "--quiet",
            "--report=" + report("cv")));
    assertAccessible(report("cv"));
  }

  @Test
  void theComparisonOfTwoModels() throws IOException, InterruptedException {
    String model = ExamplePairs.model(folder).toString();
    Run.well(
        "report",
        "--compare",
        model,
        model,
        "--pairs=" + ExamplePairs.file("pairs.csv"),
        "--where=fold = 'test'",
        "--out=" + report("compare"));
    assertAccessible(report("compare"));
  }

  @Test
  void theDashboardOfATrainingWithinItAndAtItsEnd()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Path own = Files.createTempDirectory(folder, "watched");
    RunningCommand training =
        new RunningCommand(
            ExamplePairs.train(
                own, "--plain", "--epochs=1000000", "--dashboard=0", "--progress=plain"));
    try (Browser browser = Browser.in(program, folder)) {
      browser.open(training.await("dashboard: (http\\S+)"));
      browser.await("document.querySelectorAll('svg').length >= 4");
      browser.evaluate("document.getElementById('next').click()");
      browser.await("document.querySelectorAll('#search svg').length === 2");
      // Tables of epochs grow fast.
      browser.evaluate("document.getElementById('pause').click()");
      browser.await("document.documentElement.dataset.state === 'paused'");
      assertAccessible(browser, "dashboard within a training");
      browser.evaluate("document.getElementById('stop').click()");
      browser.evaluate("document.getElementById('stop').click()");
      browser.await("document.documentElement.dataset.state === 'ended'");
      assertAccessible(browser, "dashboard at the end");
      training.end();
    }
  }

  @Test
  void thePageThatTriesTheServiceOut() throws IOException, InterruptedException {
    ServerOptions options = ServerOptions.local().withPort(0);
    try (PredictionServer server =
            PredictionServer.start(ExamplePairs.model(folder), options, ServerListener.NONE);
        Browser browser = Browser.in(program, folder)) {
      browser.open(server.uri().toString());
      browser.await("document.querySelectorAll('option').length > 3");
      assertAccessible(browser, "try.html");
      browser.evaluate("document.getElementById('send').click()");
      browser.await("document.getElementById('answer').textContent !== ''");
      assertAccessible(browser, "try.html with an answer");
    }
  }
}
