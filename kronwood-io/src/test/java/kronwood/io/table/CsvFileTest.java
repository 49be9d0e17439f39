package kronwood.io.table;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private CsvFile scan(String content) throws IOException {
    return CsvFile.scan(files.text("t.csv", content));
  }

  @Test
  void headerRowsAndLinesAreThoseOfTheFile() throws IOException {
    CsvFile file = scan("id,\"a \"\"b\"\",\nc\",d\n1,2,3\n\n\"x\ny\",5,6\n7,8,9\n");

    assertEquals(List.of("id", "a \"b\",\nc", "d"), file.header());
    assertEquals(3, file.rows());
    assertEquals(3, file.line(1));
    assertEquals(5, file.line(2));
    assertEquals(7, file.line(3));
  }

  @Test
  void emptyLinesBeforeTheHeaderAreSkipped() throws IOException {
    CsvFile file = scan("\n\nid,a\n1,2\n");

    assertEquals(List.of("id", "a"), file.header());
    assertEquals(4, file.line(1));
  }

  @Test
  void recordsAreSplitAsByAPlainSplitWhateverTheBufferBoundaries() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      String line =
          "v".repeat(random.nextInt(40)) + "," + random.nextInt() + "," + "é".repeat(i % 3);
      lines.add(line);
      text.append(line).append(i % 2 == 0 ? "\r\n" : "\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try (CsvScanner scanner = new CsvScanner(new ByteArrayInputStream(bytes), ',')) {
      for (int i = 0; i < lines.size(); i++) {
        int line = i + 1;
        scanner.next();
        assertEquals(lines.get(i), scanner.text(), () -> "line " + line + ", seed 5");
        assertEquals(List.of(lines.get(i).split(",", -1)), scanner.values());
        assertEquals(3, scanner.fields());
        assertEquals(line, scanner.line());
        assertEquals(i % 2 == 0 ? CsvScanner.Ending.CR_LF : CsvScanner.Ending.LF, scanner.ending());
      }
      assertEquals(false, scanner.next());
    }
  }

  @Test
  void aRowWithTooFewOrTooManyColumnsIsRefused() {
    assertRefused(
        () -> scan("left,right,y\na,b,1\nc,d\n"),
        "t.csv, row 2 (line 3)",
        "found 2 columns",
        "expected 3",
        "'c,d'");
    assertRefused(
        () -> scan("left,right,y\na,\"b\nb\",1\nc,d,2,extra\n"),
        "t.csv, row 2 (line 4)",
        "found 4 columns",
        "expected 3");
    assertRefused(() -> scan("id,a\n1,2,\n"), "row 1 (line 2)", "found 3 columns", "expected 2");
  }

  @Test
  void malformedQuotesAreRefused() {
    assertRefused(
        () -> scan("id,a\n1,2\n\"3,4\n5,6\n"), "t.csv, row 2 (line 3)", "not closed", "'\"3,4");
    assertRefused(
        () -> scan("id,a\n1,2\n\"3\"x,4\n"),
        "t.csv, row 2 (line 3)",
        "after a closing quote",
        "\"3\"x");
    assertRefused(() -> scan("\"id,a\n1,2\n"), "the header (line 1)", "not closed");
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    Files.write(
        files.path("latin.csv"), "id,a\n1,2\n\u00e9,4\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(files.path("wide.csv"), "\uFEFFid,a\n1,2\n".getBytes(StandardCharsets.UTF_16LE));

    assertRefused(
        () -> CsvFile.scan(files.source("latin.csv")), "latin.csv, row 2 (line 3)", "not UTF-8");
    assertRefused(() -> CsvFile.scan(files.source("wide.csv")), "wide.csv", "UTF-16");
  }

  @Test
  void linesThatEndInDifferentWaysAreRefused() {
    assertRefused(
        () -> scan("id,a\r\n1,2\r\n3,4\n"), "row 2 (line 3)", "ends with LF", "above with CR LF");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertRefused(() -> scan(""), "t.csv", "is empty", "header");
    assertRefused(() -> scan("\n\n"), "t.csv", "is empty");
  }
}
