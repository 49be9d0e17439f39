package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import kronwood.cli.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report as Chromium shows it: in light and dark, wide and narrow, and printed; pictures are kept
 * in {@code target/report-pictures}. Skipped where there is no Chromium.
 */
class ReportInBrowserTest {
  private static final int BLUE = 0x2f7fc1;

  /** Thin lines of a narrow chart are blended with what is behind them. */
  private static final int NEAR = 40;

  @TempDir static Path folder;
  private static Path pictures;
  private static String browser = "";

  @BeforeAll
  static void makeReport() throws IOException, InterruptedException {
    browser = Browser.program();
    assumeTrue(!browser.isEmpty(), "needs chromium (apt-get install chromium)");
    pictures = Files.createDirectories(Path.of("target/report-pictures").toAbsolutePath());
    Run.well(
        ExamplePairs.train(
            folder, "--epochs=4", "--quiet", "--report=" + folder.resolve("report.html")));
  }

  /** What Chromium says on its streams. */
  private static String chromium(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(List.of(options));
    command.add(folder.resolve("report.html").toUri().toString());
    Path log = folder.resolve("chromium.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    String said = Files.readString(log, StandardCharsets.UTF_8);
    assertFalse(said.contains("CONSOLE"), said);
    return said;
  }

  private static BufferedImage picture(String name, int width, String... options)
      throws IOException, InterruptedException {
    Path file = pictures.resolve(name);
    Files.deleteIfExists(file);
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--window-size=" + width + ",9000");
    all.add("--screenshot=" + file);
    String said = chromium(all.toArray(String[]::new));
    assertTrue(Files.exists(file), said);
    return ImageIO.read(file.toFile());
  }

  /** Sum of the differences of red, green and blue. */
  private static int distance(int one, int other) {
    int sum = 0;
    for (int bits = 0; bits < 24; bits += 8) {
      sum += Math.abs((one >> bits & 0xff) - (other >> bits & 0xff));
    }
    return sum;
  }

  private static long count(BufferedImage picture, int colour) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += distance(picture.getRGB(x, y), colour) < NEAR ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void inTheLightChartsHaveColours() throws IOException, InterruptedException {
    BufferedImage page = picture("light-1400.png", 1400);
    assertEquals(0xffffff, page.getRGB(1, 1) & 0xffffff);
    assertTrue(count(page, BLUE) > 2000, "lines, points and bars");
  }

  @Test
  void inTheDarkOnANarrowScreenTheyHaveTheSameColours() throws IOException, InterruptedException {
    BufferedImage page = picture("dark-400.png", 400, "--blink-settings=preferredColorScheme=0");
    assertEquals(0x15181c, page.getRGB(1, 1) & 0xffffff);
    assertTrue(count(page, BLUE) > 200, "lines, points and bars");
  }

  @Test
  void itPrints() throws IOException, InterruptedException {
    Path file = pictures.resolve("report.pdf");
    Files.deleteIfExists(file);
    String said = chromium("--print-to-pdf=" + file);
    assertTrue(Files.exists(file), said);
    byte[] head = new byte[5];
    System.arraycopy(Files.readAllBytes(file), 0, head, 0, 5);
    assertEquals("%PDF-", new String(head, StandardCharsets.US_ASCII));
    assertTrue(Files.size(file) > 20_000, "vector charts and tables");
  }
}
