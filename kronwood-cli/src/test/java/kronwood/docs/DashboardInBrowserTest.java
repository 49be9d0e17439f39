package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import kronwood.cli.Run;
import kronwood.cli.RunningCommand;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dashboard as Chromium shows it, while it trains, is paused and is stopped; pictures are kept in
 * {@code target/dashboard-pictures}. Skipped where there is no Chromium.
 *
 * <p>{@code -Dkronwood.picture=docs/images/dashboard.png} has it make the picture of the guide
 * instead, of a training on digits.
 */
@Timeout(300)
class DashboardInBrowserTest {
  private static final String PICTURE = System.getProperty("kronwood.picture", "");
  private static final int NARROW = 400;
  private static final int WIDE = 1400;

  @TempDir Path folder;

  private static String address(RunningCommand training) throws InterruptedException {
    return training.await("dashboard: (http\\S+)");
  }

  /** How wide the page is beyond what is seen of it. */
  private static void assertFits(Browser browser, int width, boolean dark)
      throws InterruptedException {
    browser.look(width, dark);
    assertEquals(
        "true",
        browser.evaluate("document.documentElement.scrollWidth <= " + width),
        () -> "no sideways scrolling at " + width);
  }

  private static BufferedImage picture(Browser browser, Path file, int width)
      throws IOException, InterruptedException {
    int height = Integer.parseInt(browser.evaluate("document.documentElement.scrollHeight"));
    browser.picture(file, width, height);
    return ImageIO.read(file.toFile());
  }

  @Test
  void itDrawsATrainingAtWorkPausesAndStopsIt()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    String program = Browser.program();
    assumeTrue(!program.isEmpty(), "needs chromium (apt-get install chromium)");
    if (!PICTURE.isEmpty()) {
      makePicture(program);
      return;
    }
    Path pictures = Files.createDirectories(Path.of("target/dashboard-pictures").toAbsolutePath());
    RunningCommand training =
        new RunningCommand(
            ExamplePairs.train(
                folder, "--plain", "--dashboard=0", "--progress=plain", "--epochs=1000000"));
    String address = address(training);
    try (Browser browser = Browser.in(program, folder)) {
      browser.look(WIDE, false);
      browser.open(address);
      // Curves of many epochs have no circles, and a browser may take long to start.
      browser.await(
          "document.querySelector('#learning svg path[stroke-width=\"2\"]')"
              + "?.getAttribute('d').split('L').length > 2");
      browser.await("document.querySelector('#batches svg path[stroke-width=\"2\"]') !== null");
      assertEquals("It runs.", browser.evaluate("document.getElementById('state').textContent"));
      String first = browser.evaluate("document.getElementById('now').textContent");
      browser.await(
          "document.getElementById('now').textContent !== " + quoted(first)); // it is live

      browser.evaluate("document.getElementById('next').click()");
      browser.await("document.querySelectorAll('#search svg').length === 2");
      browser.evaluate("document.querySelector('#learning summary').click()");
      browser.evaluate("document.getElementById('pause').click()");
      browser.await("document.documentElement.dataset.state === 'paused'");
      assertEquals("Resume", browser.evaluate("document.getElementById('pause').textContent"));
      Thread.sleep(1200); // What was under way has arrived.
      String paused = browser.evaluate("document.getElementById('now').textContent");
      Thread.sleep(700);
      assertEquals(paused, browser.evaluate("document.getElementById('now').textContent"));
      assertEquals("true", browser.evaluate("document.querySelector('#learning details').open"));

      assertFits(browser, WIDE, false);
      BufferedImage light = picture(browser, pictures.resolve("light-1400.png"), WIDE);
      assertEquals(0xffffff, light.getRGB(1, 1) & 0xffffff);
      assertFits(browser, NARROW, true);
      BufferedImage dark = picture(browser, pictures.resolve("dark-400.png"), NARROW);
      assertEquals(0x15181c, dark.getRGB(1, 1) & 0xffffff);

      browser.evaluate("document.getElementById('pause').click()");
      browser.await("document.documentElement.dataset.state === 'running'");
      browser.evaluate("document.getElementById('stop').click()");
      assertEquals(
          "Press again to stop", browser.evaluate("document.getElementById('stop').textContent"));
      browser.evaluate("document.getElementById('stop').click()");
      browser.await("document.documentElement.dataset.state === 'ended'");
      Run run = training.end();
      assertEquals(ExitCodes.INTERRUPTED, run.code(), run::toString);
      assertTrue(Files.exists(folder.resolve("model.kron")));
      String result = browser.evaluate("document.getElementById('result').textContent");
      assertTrue(result.contains("mse") && result.contains("test"), result);
      picture(browser, pictures.resolve("ended-dark-400.png"), NARROW);
      assertEquals(List.of(), browser.complaints());
      for (String request : browser.requests()) {
        assertTrue(request.startsWith(address) || request.startsWith("data:"), request);
      }
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }

  /** Digits, paused after some epochs. */
  private void makePicture(String program)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Path digits = Repository.ROOT.resolve("examples/digits");
    RunningCommand training =
        new RunningCommand(
            "train",
            "--pairs=" + digits.resolve("labels.csv"),
            "--modes=image,image",
            "--features=image=" + digits.resolve("images.csv"),
            "--target=label",
            "--loss=softmax",
            "--train-where=part = 'train'",
            "--test-where=part = 'test'",
            "--batch=16",
            "--epochs=30",
            "--dashboard=0",
            "--progress=plain",
            "--out=" + folder.resolve("digits.kron"));
    String address = address(training);
    try (Browser browser = Browser.in(program, folder)) {
      browser.look(1280, false);
      browser.open(address);
      browser.await("/epoch([5-9]|[12]\\d) of/.test(document.getElementById('now').textContent)");
      browser.evaluate("document.getElementById('pause').click()");
      browser.await("document.documentElement.dataset.state === 'paused'");
      Thread.sleep(1200);
      browser.picture(Repository.ROOT.resolve(PICTURE), 1280, 840);
      browser.evaluate("fetch('stop', {method: 'POST'})");
      training.end();
    }
  }
}
