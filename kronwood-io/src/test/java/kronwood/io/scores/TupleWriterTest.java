package kronwood.io.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kronwood.fault.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TupleWriterTest {
  private static final List<String> MODES = List.of("left", "right");

  @TempDir Path folder;

  /** Rows {@code a0,b0,0 … } in calls of three rows each. */
  private static void fill(TupleWriter writer, int calls) {
    for (int call = 0; call < calls; call++) {
      int first = 3 * call;
      writer.add(
          (row, mode) -> (mode == 0 ? "a" : "b") + (first + row),
          Scores.columns(List.of("score"), new double[] {first, first + 1, first + 2}));
    }
  }

  private static String expected(int rows) {
    StringBuilder text = new StringBuilder("left,right,score\n");
    for (int i = 0; i < rows; i++) {
      text.append("a%d,b%d,%d.0\n".formatted(i, i, i));
    }
    return text.toString();
  }

  private void assertOnly(String file) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve(file)), files.toList());
    }
  }

  @Test
  void rowsAreWrittenInTheirOrder() throws IOException {
    Path out = folder.resolve("all.csv");
    assertEquals(6, TupleWriter.write(MODES, out, writer -> fill(writer, 2)));
    assertEquals(expected(6), Files.readString(out));
    assertOnly("all.csv");
  }

  @Test
  void rowsThatDoNotFitInMemoryAreWrittenInTheirOrder() throws IOException {
    Path out = folder.resolve("all.csv");
    for (int calls : new int[] {1, 2, 3, 4, 7, 40}) {
      assertEquals(3L * calls, TupleWriter.write(MODES, out, writer -> fill(writer, calls), 6));
      assertEquals(expected(3 * calls), Files.readString(out), calls + " calls");
      assertOnly("all.csv");
    }
  }

  @Test
  void noRowsMakeATableOfColumnsOnly() throws IOException {
    Path out = folder.resolve("all.csv");
    Scores none = Scores.columns(List.of("score"), new double[0]);
    assertEquals(0, TupleWriter.write(MODES, out, writer -> writer.add((r, m) -> "", none)));
    assertEquals("left,right,score\n", Files.readString(out));
  }

  @Test
  void aNameThatIsTakenIsPrefixed() throws IOException {
    Path out = folder.resolve("all.csv");
    Scores one = Scores.columns(List.of("Left"), new double[] {1});
    TupleWriter.write(MODES, out, writer -> writer.add((row, mode) -> "x", one));
    assertEquals("left,right,predicted_Left\nx,x,1.0\n", Files.readString(out));
  }

  @Test
  void aFailureLeavesNothingBehindAndWhatWasThereBefore() throws IOException {
    Path out = folder.resolve("all.csv");
    Files.writeString(out, "before");
    assertThrows(
        ArithmeticException.class,
        () ->
            TupleWriter.write(
                MODES,
                out,
                writer -> {
                  fill(writer, 5);
                  throw new ArithmeticException();
                },
                6));
    assertEquals("before", Files.readString(out));
    assertOnly("all.csv");
  }

  @Test
  void whatCannotBeWrittenIsSaidOfTheFile() {
    Path out = folder.resolve("all.csv");
    InputException e =
        assertThrows(
            InputException.class,
            () ->
                TupleWriter.write(
                    MODES,
                    out,
                    writer -> {
                      throw new UncheckedIOException(new IOException("disk full"));
                    }));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("all.csv: cannot be written: disk full"), message);
    assertThrows(
        InputException.class,
        () -> TupleWriter.write(MODES, folder.resolve("x.doc"), writer -> fill(writer, 1)));
  }
}
