package kronwood.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingArrays;
import kronwood.TrainingData;
import kronwood.fit.ModelOptions;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.chart.HeatMap;
import kronwood.report.chart.Palette;
import kronwood.report.page.Cell;
import kronwood.report.page.Document;
import kronwood.report.page.Figure;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.train.StopSignal;
import org.junit.jupiter.api.Test;

/** Heat maps of small and of large grids, in pages that stay small. */
class GridReportTest {
  private static final int MOST_BYTES = 1_000_000;

  /** A report on samples in which each entity occurs, of so many left and right ones. */
  private static String page(int left, int right) {
    SplittableRandom random = new SplittableRandom(3);
    TrainingArrays arrays =
        new TrainingArrays("left", "right")
            .features("left", ids("L", left), features(random, left))
            .features("right", ids("R", right), features(random, right));
    for (int i = 0; i < Math.max(left, right); i++) {
      String l = "L" + i % left;
      String r = "R" + i % right;
      if (i % 5 == 0) {
        arrays.addTest(random.nextDouble(), l, r);
      } else {
        arrays.add(random.nextDouble(), l, r);
      }
    }
    TrainingData data = arrays.data();
    ModelOptions options = Kronwood.options(data).withThreads(1);
    ModelOptions small =
        options
            .withNetwork(options.network().withNeurons(2))
            .withTraining(options.training().withEpochs(1).withBatch(64));
    TrainingRecord record = new TrainingRecord();
    KronwoodModel model = Kronwood.train(data, small, record, StopSignal.NEVER, null);
    Subject subject = Subject.of(model.model(), data.dataset(), data.split(), 1);
    return Report.ofTraining(subject, record, Origin.UNKNOWN).html();
  }

  private static List<String> ids(String prefix, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(prefix + i);
    }
    return ids;
  }

  private static double[][] features(SplittableRandom random, int count) {
    double[][] features = new double[count][2];
    for (double[] row : features) {
      row[0] = random.nextDouble() * 2 - 1;
      row[1] = random.nextDouble() * 2 - 1;
    }
    return features;
  }

  private static void assertSmall(String page) {
    int bytes = page.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes");
  }

  private static String maps(String page) {
    String section = page.substring(page.indexOf("<section id=\"maps\">"));
    return section.substring(0, section.indexOf("</section>"));
  }

  /** The pictures within the charts of a page. */
  private static List<BufferedImage> pictures(String page) throws IOException {
    List<BufferedImage> pictures = new ArrayList<>();
    Matcher matcher = Pattern.compile("href=\"data:image/png;base64,([^\"]+)\"").matcher(page);
    while (matcher.find()) {
      byte[] png = Base64.getDecoder().decode(matcher.group(1));
      pictures.add(ImageIO.read(new ByteArrayInputStream(png)));
    }
    return pictures;
  }

  @Test
  void aSmallGridIsDrawnPairByPair() throws IOException {
    String page = page(68, 442);
    assertSmall(page);
    List<BufferedImage> maps = pictures(maps(page));
    assertEquals(2, maps.size(), "predictions and residuals");
    for (BufferedImage map : maps) {
      assertEquals(442, map.getWidth());
      assertEquals(68, map.getHeight());
    }
  }

  @Test
  void aLargeGridIsDrawnInBlocks() throws IOException {
    String page = page(2000, 3000);
    assertSmall(page);
    List<BufferedImage> maps = pictures(maps(page));
    assertEquals(2, maps.size(), "predictions and residuals");
    for (BufferedImage map : maps) {
      assertEquals(512, map.getWidth());
      assertEquals(512, map.getHeight());
    }
  }

  @Test
  void mapsOfNoiseWhichCannotBePackedFitTooWithTheirTables() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<Section> sections = new ArrayList<>();
    for (String title : new String[] {"predictions", "residuals"}) {
      double[] noise = random.doubles(2000L * 3000).map(value -> value * 500).toArray();
      HeatMap map = HeatMap.of(2000, 3000, noise, 512);
      String svg =
          new Chart(title, "", Axis.of("right", 0, 3000), Axis.of("left", 0, 2000), 640, 440)
              .heat(map, map.least(), map.largest(), Palette.sequence(), "unit")
              .svg();
      List<List<Cell>> rows = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        rows.add(List.of(Cell.of((long) i), Cell.of(noise[i])));
      }
      Table table = new Table(title, List.of("row", "value"), rows);
      sections.add(new Section(title, title, List.of(new Figure(title, "", svg, table))));
    }
    String page = new Document("noise", "", sections).html();
    assertSmall(page);
    assertEquals(2, pictures(page).size());
    assertEquals(512, pictures(page).getFirst().getHeight());
    assertTrue(page.contains("<td class=\"n\">9</td>"), "the first rows are kept");
  }
}
