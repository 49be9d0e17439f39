package kronwood.io.entities;

import static kronwood.io.table.TestFiles.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kronwood.io.entities.NumericRows.Use;
import kronwood.io.table.DuckDb;
import kronwood.io.table.NaturalTable;
import kronwood.io.table.SourceTable;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program writes to a file between its check and its values. */
class ChangedInputTest {
  private @TempDir Path folder;

  private SourceTable opened(DuckDb db) throws IOException {
    return SourceTable.open(
        db, new TestFiles(folder).text("a.csv", "id,x\na,1\nb,2\n"), List.of("id"));
  }

  @Test
  void moreRowsThanBeforeAreNotReadAsIfNothingHadHappened() throws IOException {
    try (DuckDb db = DuckDb.open()) {
      SourceTable table = opened(db);
      Files.writeString(folder.resolve("a.csv"), "id,x\na,1\nb,2\nc,3\n");

      assertRefused(
          () -> NumericRows.read(db, table, 0, new int[] {1}, Use.TRAINING),
          "a.csv: had 2 rows and then 3",
          "changed while it was read");
      assertRefused(
          () -> NaturalTable.load(db, table, List.of("id"), "pairs"), "changed while it was read");
    }
  }

  @Test
  void aFileThatWasEmptiedOrRemovedIsRefused() throws IOException {
    try (DuckDb db = DuckDb.open()) {
      SourceTable table = opened(db);
      Files.writeString(folder.resolve("a.csv"), "id,x\n");
      assertRefused(
          () -> NumericRows.read(db, table, 0, new int[] {1}, Use.TRAINING), "had 2 rows");
      Files.delete(folder.resolve("a.csv"));
      assertRefused(
          () -> NumericRows.read(db, table, 0, new int[] {1}, Use.TRAINING), "cannot be read");
    }
  }
}
