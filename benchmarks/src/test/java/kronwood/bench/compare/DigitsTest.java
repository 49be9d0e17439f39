package kronwood.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
  @TempDir private Path folder;

  private static String pixels(boolean labels) {
    StringBuilder table = new StringBuilder("id");
    for (int p = 0; p < 64; p++) {
      table.append(",p").append(p);
    }
    table.append(labels ? ",label\n" : "\n");
    for (int i = 1; i <= 3; i++) {
      table.append("00").append(i);
      for (int p = 0; p < 64; p++) {
        table.append(',').append(i * p % 17);
      }
      table.append(labels ? "," + i % 2 + "\n" : "\n");
    }
    return table.toString();
  }

  private static void check(Dataset digits) {
    assertNotNull(digits);
    assertEquals(2, digits.modes().size());
    assertSame(digits.modes().get(0).table(), digits.modes().get(1).table());
    assertEquals(List.of("001", "002", "003"), digits.modes().get(0).table().ids().asList());
    DenseFeatures features = (DenseFeatures) digits.modes().get(0).table().attributes();
    assertEquals(64, features.columns());
    assertEquals(3 * 5 % 17, features.value(2, 5));
    ClassTargets targets = (ClassTargets) digits.samples().targets();
    assertEquals(List.of("0", "1"), targets.classes());
    assertEquals(1, targets.label(2));
    assertEquals(2, digits.samples().tuples().entity(2, 0));
    assertEquals(2, digits.samples().tuples().entity(2, 1));
  }

  @Test
  void pixelsAndLabelsMayBeOneTable() throws IOException {
    Files.writeString(folder.resolve("digits.csv"), pixels(true));
    check(Digits.read(folder));
  }

  @Test
  void pixelsAndLabelsMayBeTwoTables() throws IOException {
    Files.writeString(folder.resolve("images.csv"), pixels(false));
    Files.writeString(folder.resolve("pairs.csv"), "image,label\n001,1\n002,0\n003,1\n");
    check(Digits.read(folder));
  }

  @Test
  void aFolderWithoutSuchTablesHasNoDigits() throws IOException {
    assertNull(Digits.read(folder));
    assertNull(Digits.read(folder.resolve("nowhere")));
    Files.writeString(folder.resolve("pairs.csv"), "image,label\n001,1\n");
    assertNull(Digits.read(folder));
  }

  @Test
  void madeUpImagesHaveTheShapeOfTheRealOnes() {
    Dataset digits = Digits.makeUp(30, 1);
    DenseFeatures features = (DenseFeatures) digits.modes().get(0).table().attributes();
    assertEquals(30, digits.samples().size());
    assertEquals(64, features.columns());
    assertEquals(10, ((ClassTargets) digits.samples().targets()).classes().size());
  }
}
