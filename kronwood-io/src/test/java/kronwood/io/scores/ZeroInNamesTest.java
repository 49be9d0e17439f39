package kronwood.io.scores;

import static kronwood.io.table.TestFiles.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes and modes of a stranger's model may have any name. */
class ZeroInNamesTest {
  private @TempDir Path folder;

  @Test
  void aNameThatNoColumnCanHaveIsRefusedAndShown() throws IOException {
    Scores scores = Scores.multiclass(List.of("good", "b\0d"), new double[] {0.5, 0.5});
    Path out = folder.resolve("out.csv");

    assertRefused(
        () ->
            TupleWriter.write(List.of("m"), out, writer -> writer.add((row, mode) -> "a", scores)),
        "b\\u0000d",
        "character 0");
    assertRefused(
        () ->
            TupleWriter.write(
                List.of("m\0"),
                out,
                writer ->
                    writer.add((row, mode) -> "a", Scores.real(List.of("y"), new double[] {1}))),
        "m\\u0000");
  }
}
