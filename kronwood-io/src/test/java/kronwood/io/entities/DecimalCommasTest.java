package kronwood.io.entities;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.EntityTable;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers written with a decimal comma are not taken for words. */
class DecimalCommasTest {
  private @TempDir Path folder;

  private TableSource table(String... cells) throws IOException {
    StringBuilder text = new StringBuilder("id;a\n");
    for (int i = 0; i < cells.length; i++) {
      text.append("D").append(i).append(';').append(cells[i]).append('\n');
    }
    return new TestFiles(folder).text("left.csv", text.toString());
  }

  private static EntityTable read(TableSource source, ColumnEncoding... declared) {
    return EncodedReader.read(source, "left", List.of(), List.of(declared), null, 1);
  }

  @Test
  void aColumnOfThemIsRefusedWithAWayOut() throws IOException {
    TableSource source = table("1,288", "-0,5", "3", "", "1,5e-3");

    assertRefused(
        () -> read(source), "left.csv", "'a'", "decimal commas", "'1,288'", "encode left.a=text");
    assertEquals(5, read(source, ColumnEncoding.parse("a", "text")).size());
  }

  @Test
  void listsAndTextsWithCommasAreStillTexts() throws IOException {
    assertEquals(3, read(table("1,2,3", "4,5", "6,7,8")).size());
    assertEquals(3, read(table("red, green", "blue", "1,5 l of water")).size());
    assertEquals(3, read(table("x", "y", "1,5")).size());
  }
}
