package kronwood.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The JDK's own reader sees in a picture what was put there. */
class PngTest {
  @Test
  void anotherReaderFindsEachColourInItsPlace() throws IOException {
    byte[] pixels = {1, 2, 0, 2, 1, 1};
    BufferedImage read =
        ImageIO.read(
            new ByteArrayInputStream(Png.write(3, pixels, new int[] {0x102030, 0xfedcba})));
    assertEquals(3, read.getWidth());
    assertEquals(2, read.getHeight());
    assertEquals(0xff102030, read.getRGB(0, 0));
    assertEquals(0xfffedcba, read.getRGB(1, 0));
    assertEquals(0, read.getRGB(2, 0) >>> 24, "0 is clear");
    assertEquals(0xfffedcba, read.getRGB(0, 1));
  }

  @Test
  void cellsOfAHeatMapAreMeansOfTheirNumbers() {
    HeatMap map = HeatMap.of(2, 4, new double[] {1, 3, Double.NaN, 5, 5, 7, Double.NaN, 9}, 2);
    assertEquals(2, map.rows());
    assertEquals(2, map.columns());
    assertEquals(2, map.values()[0]);
    assertEquals(5, map.values()[1], "NaN does not count");
    assertEquals(6, map.values()[2]);
    assertEquals(9, map.values()[3]);
    assertEquals(2, map.least());
    assertEquals(9, map.largest());
  }
}
