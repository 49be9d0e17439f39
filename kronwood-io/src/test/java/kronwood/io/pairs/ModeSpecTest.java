package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModeSpecTest {
  @Test
  void modesAreColumnsWithTheirTables() {
    assertEquals(
        List.of(new ModeSpec("left", "left"), new ModeSpec("right", "right")),
        ModeSpec.parseAll("left, right"));
    assertEquals(
        List.of(new ModeSpec("image", "image"), new ModeSpec("image", "image")),
        ModeSpec.parseAll("image,image"));
    assertEquals(
        List.of(new ModeSpec("left", "image"), new ModeSpec("right", "image")),
        ModeSpec.parseAll("left:image,right: image"));
  }

  @Test
  void incompleteModesAreRefused() {
    assertRefused(() -> ModeSpec.parseAll("left,,right"), "'left,,right'", "empty part");
    assertRefused(() -> ModeSpec.parseAll(""), "empty part");
    assertRefused(() -> ModeSpec.parseAll("left:"), "'left:'", "COLUMN:TABLE");
    assertRefused(() -> ModeSpec.parseAll(":image"), "':image'", "COLUMN:TABLE");
  }

  @Test
  void aColumnWithTwoTablesIsRefused() {
    assertRefused(() -> ModeSpec.parseAll("a:x,a:y"), "'a:x,a:y'", "column 'a'", "'x' and 'y'");
  }
}
