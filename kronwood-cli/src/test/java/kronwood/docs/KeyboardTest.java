package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kronwood.cli.Run;
import kronwood.cli.RunningCommand;
import kronwood.cli.terminal.ExitCodes;
import kronwood.server.PredictionServer;
import kronwood.server.ServerListener;
import kronwood.server.ServerOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages used without a mouse. Skipped where there is no Chromium. */
@Timeout(300)
class KeyboardTest {
  /** What can be used on a page at present, in its order. */
  private static final String CONTROLS =
      "[...document.querySelectorAll('a[href], button, input, select, textarea, summary,"
          + " [tabindex=\"0\"]')].filter((e) => !e.disabled && e.checkVisibility())";

  private static final String FOCUS = "document.activeElement";

  @TempDir Path folder;
  private String program = "";

  @BeforeEach
  void find() {
    program = Browser.program();
    assumeTrue(!program.isEmpty(), "needs chromium (apt-get install chromium)");
  }

  private static void assertFocusIsSeen(Browser browser) throws InterruptedException {
    assertEquals(
        "true",
        browser.evaluate(
            "(({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && outlineWidth !== '0px')"
                + "(getComputedStyle("
                + FOCUS
                + "))"),
        "focus is seen on " + browser.evaluate(FOCUS + ".outerHTML.slice(0, 200)"));
  }

  /** Goes through all controls, from where the focus is to the end and on from the top. */
  private static void assertTabReachesAll(Browser browser) throws InterruptedException {
    int controls = Integer.parseInt(browser.evaluate(CONTROLS + ".length"));
    assertTrue(controls > 3, controls + " controls");
    tabTo(browser, browser.evaluate("'#' + " + CONTROLS + ".find((e) => e.id).id"));
    int first = Integer.parseInt(browser.evaluate(CONTROLS + ".indexOf(" + FOCUS + ")"));
    for (int step = 1; step <= controls; step++) {
      int i = (first + step) % controls;
      browser.press("Tab");
      if (browser.evaluate(FOCUS + " === document.body").equals("true")) {
        browser.press("Tab"); // Between the end of a page and its top is the browser itself.
      }
      assertEquals(
          Integer.toString(i),
          browser.evaluate(CONTROLS + ".indexOf(" + FOCUS + ")"),
          "Tab does not go to "
              + browser.evaluate(CONTROLS + "[" + i + "].outerHTML.slice(0, 200)"));
      assertFocusIsSeen(browser);
    }
  }

  private static void tabTo(Browser browser, String selector) throws InterruptedException {
    String there = FOCUS + ".matches('" + selector + "')";
    for (int i = 0; i < 200 && !browser.evaluate(there).equals("true"); i++) {
      browser.press("Tab");
    }
    assertEquals("true", browser.evaluate(there), selector + " is reached");
  }

  @Test
  void theDashboardsControlsAreReachedAndUsed()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    RunningCommand training =
        new RunningCommand(
            ExamplePairs.train(
                folder, "--plain", "--epochs=1000000", "--dashboard=0", "--progress=plain"));
    try (Browser browser = Browser.in(program, folder)) {
      browser.look(1400, false);
      browser.open(training.await("dashboard: (http\\S+)"));
      browser.await("document.querySelectorAll('svg').length >= 4");
      tabTo(browser, "#pause");
      browser.press("Space");
      browser.await("document.documentElement.dataset.state === 'paused'");
      // What was under way has arrived: the sections stay as they are.
      Thread.sleep(1200);
      assertTabReachesAll(browser);

      tabTo(browser, "#learning summary");
      browser.press("Enter");
      browser.await(FOCUS + ".parentElement.open");
      browser.press("Tab");
      assertEquals("true", browser.evaluate(FOCUS + ".matches('#learning details .scroll')"));
      assertFocusIsSeen(browser);

      tabTo(browser, "#pause");
      browser.press("Enter");
      browser.await("document.documentElement.dataset.state === 'running'");
      tabTo(browser, "#learning summary");
      String before = browser.evaluate("document.getElementById('learning').textContent");
      browser.await(
          "document.getElementById('learning').textContent.length !== " + before.length());
      assertEquals(
          "true", browser.evaluate(FOCUS + ".matches('#learning summary')"), "focus is kept");

      tabTo(browser, "#next");
      browser.press("Enter");
      browser.await("document.querySelectorAll('#search svg').length === 2");
      tabTo(browser, "#number");
      browser.press("ArrowUp");
      browser.press("Enter");
      browser.await("document.getElementById('search').textContent.includes('sample 2, ')");
      tabTo(browser, "#none");
      browser.press("Space");
      browser.await("document.getElementById('search').hidden");

      tabTo(browser, "#lower");
      browser.press("Space");
      browser.await("document.getElementById('now').textContent.includes('lowered from')");
      tabTo(browser, "#stop");
      browser.press("Enter");
      browser.press("Enter");
      browser.await("document.documentElement.dataset.state === 'ended'");
      Run run = training.end();
      assertEquals(ExitCodes.INTERRUPTED, run.code(), run::toString);
    }
  }

  @Test
  void thePageThatTriesTheServiceOutIsUsed() throws IOException, InterruptedException {
    Run.well(ExamplePairs.train(folder, "--plain", "--epochs=1", "--quiet"));
    ServerOptions options = ServerOptions.local().withPort(0);
    try (PredictionServer server =
            PredictionServer.start(ExamplePairs.model(folder), options, ServerListener.NONE);
        Browser browser = Browser.in(program, folder)) {
      browser.look(1400, false);
      browser.open(server.uri().toString());
      browser.await("document.querySelectorAll('option').length > 3");
      assertTabReachesAll(browser);
      tabTo(browser, "#send");
      browser.press("Enter");
      browser.await("document.getElementById('answer').textContent.includes('predictions')");
      tabTo(browser, "#operation");
      browser.press("ArrowDown");
      browser.await("document.getElementById('body').value.includes('top_n')");
      tabTo(browser, "#send");
      browser.press("Space");
      browser.await("document.getElementById('answer').textContent.includes('results')");
      assertEquals(0, browser.complaints().size(), () -> browser.complaints().toString());
    }
  }
}
