package kronwood.io.scores;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import kronwood.file.AtomicFile;
import kronwood.io.pairs.PairsFixture;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.UnlabelledPairs;
import kronwood.io.table.OutputFiles;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreWriterTest {
  private static final String PAIRS = "left,right,note\n007,x,\"one, two\"\na,y,\n";

  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  private UnlabelledPairs pairs(String csv) throws IOException {
    return PairsReader.readUnlabelled(
        files.text("pairs.csv", csv), PairsFixture.MODES, PairsFixture.KNOWN);
  }

  private Path write(String csv, Scores scores, String name) throws IOException {
    try (UnlabelledPairs pairs = pairs(csv)) {
      ScoreWriter.write(pairs, scores, files.path(name));
    }
    return files.path(name);
  }

  private static Scores twoScores() {
    return Scores.real(List.of("y"), new double[] {0.5, -2});
  }

  @Test
  void csvHoldsTheColumnsOfThePairsAndTheScore() throws IOException {
    Path out = write(PAIRS, twoScores(), "scores.csv");

    assertEquals(
        "left,right,note,score\n007,x,\"one, two\",0.5\na,y,,-2.0\n", Files.readString(out));
  }

  @Test
  void tsvJsonAndGzipHoldTheSame() throws IOException {
    assertEquals(
        "left\tright\tnote\tscore\n007\tx\tone, two\t0.5\na\ty\t\t-2.0\n",
        Files.readString(write(PAIRS, twoScores(), "scores.tsv")));
    assertEquals(
        "{\"left\":\"007\",\"right\":\"x\",\"note\":\"one, two\",\"score\":0.5}\n"
            + "{\"left\":\"a\",\"right\":\"y\",\"note\":null,\"score\":-2.0}\n",
        Files.readString(write(PAIRS, twoScores(), "scores.ndjson")));
    String json = Files.readString(write(PAIRS, twoScores(), "scores.json"));
    assertTrue(json.strip().startsWith("[") && json.strip().endsWith("]"), json);
    byte[] packed = Files.readAllBytes(write(PAIRS, twoScores(), "scores.csv.gz"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertEquals(
          "left,right,note,score\n007,x,\"one, two\",0.5\na,y,,-2.0\n",
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void parquetKeepsTypesAndEveryDigit() throws Exception {
    Path out =
        write(
            "left,right,n\n007,x,3\na,y,4\n",
            Scores.real(List.of("y"), new double[] {1.0 / 3, Math.PI}),
            "scores.parquet");

    assertEquals(
        Double.toString(Math.PI), TestFiles.value("SELECT score FROM '" + out + "' WHERE n = 4"));
    assertEquals("007", TestFiles.value("SELECT \"left\" FROM '" + out + "' WHERE n = 3"));
    assertEquals("BIGINT", TestFiles.value("SELECT typeof(n) FROM '" + out + "'"));
  }

  @Test
  void severalTargetsGiveAColumnEach() throws IOException {
    Path out =
        write(PAIRS, Scores.real(List.of("kd", "ic 50"), new double[] {1, 2, 3, 4}), "scores.csv");

    assertEquals(
        "left,right,note,kd,ic 50\n007,x,\"one, two\",1.0,2.0\na,y,,3.0,4.0\n",
        Files.readString(out));
  }

  @Test
  void twoClassesGiveTheProbabilityOfThePositiveOne() throws IOException {
    Path out = write(PAIRS, Scores.binary(new double[] {0.25, 1}), "scores.csv");

    assertEquals(
        "left,right,note,probability\n007,x,\"one, two\",0.25\na,y,,1.0\n", Files.readString(out));
  }

  @Test
  void severalClassesGiveTheLikeliestAndAProbabilityEach() throws IOException {
    Path out =
        write(
            PAIRS,
            Scores.multiclass(List.of("p", "q"), new double[] {0.25, 0.75, 0.5, 0.5}),
            "scores.csv");

    assertEquals(
        "left,right,note,class,probability_p,probability_q\n"
            + "007,x,\"one, two\",q,0.25,0.75\na,y,,p,0.5,0.5\n",
        Files.readString(out));
  }

  @Test
  void aColumnThatIsThereAlreadyIsKept() throws IOException {
    Path out =
        write("left,right,Score\na,x,7\n", Scores.real(List.of("y"), new double[] {1}), "s.csv");

    assertEquals("left,right,Score,predicted_score\na,x,7,1.0\n", Files.readString(out));
  }

  @Test
  void scoresMayBeWrittenTwiceAndReplaceAFile() throws IOException {
    Files.writeString(files.path("scores.csv"), "old");
    try (UnlabelledPairs pairs = pairs(PAIRS)) {
      ScoreWriter.write(pairs, twoScores(), files.path("scores.csv"));
      ScoreWriter.write(pairs, Scores.binary(new double[] {0, 1}), files.path("again.csv"));
    }

    assertTrue(Files.readString(files.path("scores.csv")).startsWith("left,"));
    assertTrue(Files.readString(files.path("again.csv")).contains("probability"));
  }

  @Test
  void nothingButTheFileIsLeftBehind() throws IOException {
    write(PAIRS, twoScores(), "scores.csv");

    try (Stream<Path> found = Files.list(folder)) {
      assertEquals(
          List.of("pairs.csv", "scores.csv"),
          found.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path out = files.path("model.kron");
    Files.writeString(out, "old");

    assertThrows(
        IOException.class,
        () ->
            AtomicFile.make(
                out,
                file -> {
                  Files.writeString(file, "half");
                  throw new IOException("disk full");
                }));

    assertEquals("old", Files.readString(out));
    try (Stream<Path> found = Files.list(folder)) {
      assertEquals(1, found.count());
    }
  }

  @Test
  void manyScoresMeetTheirRows() throws Exception {
    int count = 200_000;
    StringBuilder csv = new StringBuilder("left,right,n\n");
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      csv.append(i % 3 == 0 ? "a" : "007").append(",x,").append(i).append('\n');
      values[i] = 0.5 * i;
    }

    Path out = write(csv.toString(), Scores.real(List.of("y"), values), "scores.parquet");

    assertEquals(
        Integer.toString(count),
        TestFiles.value("SELECT count(*) FROM '" + out + "' WHERE score = 0.5 * n"));
  }

  @Test
  void scoresOfAnotherSizeAreAnError() throws IOException {
    try (UnlabelledPairs pairs = pairs(PAIRS)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ScoreWriter.write(pairs, Scores.binary(new double[3]), files.path("s.csv")));
    }
  }

  @Test
  void anUnknownEndingIsRefused() {
    assertRefused(
        () -> ScoreWriter.checkWritable(files.path("scores.xlsx")), "scores.xlsx", ".parquet");
    assertRefused(
        () -> ScoreWriter.checkWritable(files.path("s.parquet.gz")), "s.parquet.gz", "unknown");
    ScoreWriter.checkWritable(files.path("scores.csv"));
  }

  @Test
  void aMissingFolderIsRefused() {
    assertRefused(
        () -> OutputFiles.checkWritable(files.path("none/scores.csv")),
        "scores.csv",
        "there is no folder",
        files.path("none").toString());
    assertRefused(
        () -> ScoreWriter.checkWritable(files.path("none/scores.csv")), "there is no folder");
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws IOException {
    Files.createDirectory(files.path("d.csv"));
    Files.writeString(files.path("f"), "x");

    assertRefused(() -> OutputFiles.checkWritable(files.path("d.csv")), "d.csv", "is a directory");
    assertRefused(() -> OutputFiles.checkWritable(Path.of("/")), "is a directory");
    assertRefused(() -> OutputFiles.checkWritable(files.path("f/scores.csv")), "f is not a folder");
  }
}
