package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kronwood.data.EntityTable;
import kronwood.data.Samples;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsReaderTest {
  private @TempDir Path folder;
  private TestFiles files;
  private PairsFixture pairs;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
    pairs = new PairsFixture(files);
  }

  @Test
  void everyRowBecomesASample() throws IOException {
    TrainingPairs read =
        pairs.read("y,right,left\n1.5,x,007\n-2,y,a\n3e1,x,b\n", PairsFixture.REAL);

    Samples samples = read.dataset().samples();
    assertArrayEquals(new int[] {2, 0, 0, 1, 1, 0}, PairsFixture.entities(samples));
    assertArrayEquals(new float[] {1.5f, -2, 30}, PairsFixture.numbers(samples));
    assertArrayEquals(new int[] {1, 2, 3}, read.rows());
    assertArrayEquals(new int[] {0, 1, 2}, read.split().train());
    assertEquals(0, read.split().validation().length);
    assertEquals(0, read.split().test().length);
    assertEquals(List.of(), read.classes());
    assertEquals(List.of(), read.warnings());
    assertEquals("left", read.dataset().modes().get(0).name());
    assertSame(PairsFixture.RIGHT, read.dataset().modes().get(1).table());
    assertEquals(1f, samples.weight(2));
  }

  @Test
  void everyFormatGivesTheSameSamples() throws Exception {
    String rows =
        "SELECT * FROM (VALUES ('007', 'x', 1.5), ('a', 'y', -2)) AS t(\"left\", \"right\", y)";
    TestFiles.sql("ATTACH '" + files.path("one.duckdb") + "' AS d", "CREATE TABLE d.p AS " + rows);
    String json =
        "{\"left\":\"007\",\"right\":\"x\",\"y\":1.5}\n{\"left\":\"a\",\"right\":\"y\",\"y\":-2}\n";
    files.text("plain.csv", "left,right,y\n007,x,1.5\na,y,-2\n");
    List<TableSource> sources =
        List.of(
            files.source("plain.csv"),
            files.gzip("p.csv.gz", "left,right,y\r\n007,x,1.5\r\na,y,-2\r\n"),
            files.text("bom.csv", "\uFEFF\"left\",\"right\",\"y\"\n\"007\",x,1.5\n\"a\",y,-2\n"),
            files.text("p.tsv", "left\tright\ty\n007\tx\t1.5\na\ty\t-2\n"),
            files.text("p.ndjson", json),
            files.parquet("p.parquet", rows),
            files.source("one.duckdb:p"),
            TableSource.parse("sql:SELECT * FROM '" + files.path("plain.csv") + "'"),
            TableSource.parse("sql:" + rows));

    for (TableSource source : sources) {
      Samples samples =
          PairsFixture.read(source, PairsFixture.REAL, SplitSpec.trainOnAll()).dataset().samples();
      assertArrayEquals(new int[] {2, 0, 0, 1}, PairsFixture.entities(samples), source.toString());
      assertArrayEquals(new float[] {1.5f, -2}, PairsFixture.numbers(samples), source.toString());
    }
  }

  @Test
  void twoModesMayShareATableAndEvenAColumn() throws IOException {
    EntityTable image = PairsFixture.table("image", List.of("i1", "i2"));
    TableSource both = files.text("both.csv", "l,r,y\ni1,i2,1\ni2,i2,0\n");
    TableSource one = files.text("one.csv", "image,y\ni2,1\ni1,0\n");

    TrainingPairs shared =
        PairsReader.read(
            new PairsRequest(
                both,
                ModeSpec.parseAll("l:image,r:image"),
                Map.of("image", image),
                PairsFixture.REAL,
                SplitSpec.trainOnAll()));
    TrainingPairs twice =
        PairsReader.read(
            new PairsRequest(
                one,
                ModeSpec.parseAll("image,image"),
                Map.of("image", image),
                PairsFixture.REAL,
                SplitSpec.trainOnAll()));

    assertArrayEquals(new int[] {0, 1, 1, 1}, PairsFixture.entities(shared.dataset().samples()));
    assertEquals(1, shared.dataset().tables().size());
    assertArrayEquals(new int[] {1, 1, 0, 0}, PairsFixture.entities(twice.dataset().samples()));
  }

  @Test
  void aMissingColumnIsRefusedWithThoseThatAreThere() {
    assertRefused(
        () -> pairs.read("lefts,right,y\na,x,1\n", PairsFixture.REAL),
        "pairs.csv",
        "the column of mode 'left' is missing",
        "did you mean 'lefts'?",
        "columns found: 'lefts', 'right', 'y'");
    assertRefused(
        () -> pairs.read("left,right,affinity\na,x,1\n", PairsFixture.REAL),
        "pairs.csv",
        "the target column 'y' is missing",
        "columns found: 'left', 'right', 'affinity'");
    assertRefused(
        () -> pairs.read("left,right,y\na,x,1\n", PairsFixture.REAL.withWeights("w")),
        "the weight column 'w' is missing",
        "'left', 'right', 'y'");
  }

  @Test
  void anUnknownIdIsRefusedWithItsPlaceTheCountAndTheClosestId() {
    assertRefused(
        () -> pairs.read("left,right,y\na,x,1\n7,x,1\nb,z,2\nc,q,1\n", PairsFixture.REAL),
        "pairs.csv, row 2 (line 3), column 'left'",
        "the id '7' is not in table 'left', which has 3 entities",
        "closest: '007'",
        "3 rows have an unknown or empty id");
    assertRefused(
        () -> pairs.read("left,right,y\na,X,1\n", PairsFixture.REAL),
        "row 1 (line 2), column 'right'",
        "the id 'X'",
        "closest: 'x'",
        "no other row");
  }

  @Test
  void anEmptyIdIsRefusedWithItsPlace() {
    assertRefused(
        () -> pairs.read("left,right,y\na,x,1\n,x,1\n", PairsFixture.REAL),
        "pairs.csv, row 2 (line 3), column 'left'",
        "the id is empty",
        "table 'left'");
  }

  @Test
  void onlyRowsInUseNeedKnownIdsAndTargets() throws IOException {
    TrainingPairs read =
        pairs.read(
            "left,right,y\na,x,1\nnobody,x,1\nb,y,\nb,x,4\n",
            PairsFixture.REAL,
            new SplitSpec("y IS NOT NULL AND pairs.left <> 'nobody'", null, null));

    assertArrayEquals(new int[] {1, 4}, read.rows());
    assertArrayEquals(new float[] {1, 4}, PairsFixture.numbers(read.dataset().samples()));
  }

  @Test
  void theSameEntitiesWithDifferentTargetsAreRefusedWithBothRows() {
    assertRefused(
        () -> pairs.read("left,right,y\na,x,1\nb,x,1\na,x,2\n", PairsFixture.REAL),
        "pairs.csv: row 1 (line 2) and row 3 (line 4)",
        "left 'a', right 'x'",
        "y 1.0 and y 2.0");
    assertRefused(
        () ->
            pairs.read(
                "left,right,y\na,x,yes\na,x,no\n",
                TargetSpec.multiclass("y"),
                new SplitSpec("y = 'yes'", null, "y = 'no'")),
        "row 1 (line 2) and row 2 (line 3)",
        "y 'yes' and y 'no'");
  }

  @Test
  void identicalDuplicatesAreAllowed() throws IOException {
    TrainingPairs read = pairs.read("left,right,y\na,x,1\nb,x,1\na,x,1.0\n", PairsFixture.REAL);

    assertEquals(3, read.dataset().samples().size());
  }

  @Test
  void aTableWithoutRowsIsRefused() throws Exception {
    TableSource parquet =
        files.parquet("e.parquet", "SELECT 'a' AS \"left\", 'x' AS \"right\", 1 AS y WHERE false");

    assertRefused(
        () -> pairs.read("left,right,y\n", PairsFixture.REAL), "pairs.csv", "no rows", "'left'");
    assertRefused(
        () -> PairsFixture.read(parquet, PairsFixture.REAL, SplitSpec.trainOnAll()),
        "e.parquet",
        "no rows");
  }

  @Test
  void columnsThatDifferOnlyInCaseAreRefused() {
    assertRefused(
        () -> pairs.read("left,right,y,Y\na,x,1,2\n", PairsFixture.REAL),
        "columns 3 and 4 have the same name 'Y'");
    assertRefused(
        () -> pairs.read("left,right,y,\na,x,1,2\n", PairsFixture.REAL), "column 4 has no name");
  }

  @Test
  void aRequestWithoutATableForAModeIsRefused() throws IOException {
    TableSource source = files.text("pairs.csv", "left,right,y\na,x,1\n");

    assertRefused(
        () ->
            new PairsRequest(
                source,
                PairsFixture.MODES,
                Map.of("left", PairsFixture.LEFT),
                PairsFixture.REAL,
                SplitSpec.trainOnAll()),
        "mode 'right' has no entity table",
        "tables given: left");
    assertRefused(
        () -> PairsReader.readUnlabelled(source, PairsFixture.MODES, Map.of()),
        "mode 'left' needs the entity table 'left'");
  }

  @Test
  void manyRowsAreReadInOrder() throws IOException {
    int count = 200_000;
    Random random = new Random(3);
    EntityTable many =
        PairsFixture.table(
            "left", java.util.stream.IntStream.range(0, 2_000).mapToObj(i -> "00" + i).toList());
    int[] left = new int[count];
    float[] y = new float[count];
    StringBuilder csv = new StringBuilder("row,left,right,y\n");
    for (int i = 0; i < count; i++) {
      left[i] = (int) (i * 2_000L / count);
      y[i] = random.nextFloat();
      csv.append(i).append(",00").append(left[i]).append(i % 2 == 0 ? ",x," : ",y,");
      csv.append(left[i] * 2 + i % 2).append('\n');
    }
    TableSource source = files.text("many.csv", csv.toString());

    TrainingPairs read =
        PairsReader.read(
            new PairsRequest(
                source,
                PairsFixture.MODES,
                Map.of("left", many, "right", PairsFixture.RIGHT),
                PairsFixture.REAL,
                new SplitSpec(null, null, "\"row\" IN (SELECT range * 5 FROM range(100000))")));

    Samples samples = read.dataset().samples();
    assertEquals(count, samples.size());
    assertEquals(count / 5, read.split().test().length);
    for (int i = 0; i < count; i++) {
      assertEquals(left[i], samples.tuples().entity(i, 0));
      assertEquals(i % 2, samples.tuples().entity(i, 1));
      assertEquals(i + 1, read.rows()[i]);
    }
    for (int i = 0; i < read.split().test().length; i++) {
      assertEquals(5 * i, read.split().test()[i]);
    }
  }

  @Test
  void rowsToEvaluateOnAreThoseOfThePredicate() throws IOException {
    TableSource source = files.text("pairs.csv", "left,right,y,f\na,x,1,0\nb,x,2,1\n007,y,3,1\n");

    LabelledPairs some =
        PairsReader.readLabelled(
            source, PairsFixture.MODES, PairsFixture.KNOWN, PairsFixture.REAL, "f = 1");
    LabelledPairs all =
        PairsReader.readLabelled(
            source, PairsFixture.MODES, PairsFixture.KNOWN, PairsFixture.REAL, null);

    assertArrayEquals(new int[] {2, 3}, some.rows());
    assertArrayEquals(new float[] {2, 3}, PairsFixture.numbers(some.samples()));
    assertEquals(3, all.samples().size());
    assertRefused(
        () ->
            PairsReader.readLabelled(
                source, PairsFixture.MODES, PairsFixture.KNOWN, PairsFixture.REAL, "f = 2"),
        "pairs.csv",
        "none of its 3 rows satisfies where \"f = 2\"");
  }

  @Test
  void rowsToPredictForNeedNoTarget() throws IOException {
    TableSource source = files.text("new.csv", "right,left,note\nx,007,p\ny,a,\n");

    try (UnlabelledPairs read =
        PairsReader.readUnlabelled(source, PairsFixture.MODES, PairsFixture.KNOWN)) {
      assertEquals(2, read.size());
      assertEquals(2, read.tuples().entity(0, 0));
      assertEquals(1, read.tuples().entity(1, 1));
    }
  }

  @Test
  void rowsToPredictForNeedKnownIds() throws IOException {
    TableSource source = files.text("new.csv", "right,left\nx,a\ny,aa\n");

    assertRefused(
        () -> PairsReader.readUnlabelled(source, PairsFixture.MODES, PairsFixture.KNOWN),
        "new.csv, row 2 (line 3), column 'left'",
        "'aa'");
  }

  @Test
  void aFileThatIsRaggedIsRefusedBeforeAnythingElse() throws IOException {
    Files.writeString(files.path("ragged.csv"), "left,right,y\na,x,1\nb,x\n");

    assertRefused(
        () ->
            PairsFixture.read(
                files.source("ragged.csv"), PairsFixture.REAL, SplitSpec.trainOnAll()),
        "ragged.csv, row 2 (line 3)",
        "found 2 columns, expected 3");
  }
}
