package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingData;
import kronwood.TrainingTables;
import kronwood.fit.ModelOptions;
import kronwood.loss.LogisticLoss;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark trains is what the library trains from files in sorted order, which is the oracle. */
class SameModelTest {
  @TempDir Path folder;

  /** Writes tables as the command line reads them, sorted by ids. */
  private TrainingTables tables(String target) throws IOException {
    Path pairs = folder.resolve("pairs.csv");
    Path drugs = folder.resolve("drugs.csv");
    Path proteins = folder.resolve("proteins.csv");
    write(pairs, TestSession.pairs(TestSession.LEFT, 7), 2);
    write(drugs, TestSession.lefts(0, TestSession.LEFT), 1);
    write(proteins, TestSession.rights(), 1);
    return new TrainingTables(pairs.toString(), "drug", "protein")
        .features("drug", drugs.toString())
        .features("protein", proteins.toString())
        .target(target);
  }

  private static void write(Path file, Dataset<Row> frame, int ids) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : frame.collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < row.length(); c++) {
        cells.add(String.valueOf(row.get(c)));
      }
      rows.add(cells);
    }
    rows.sort(
        (one, other) ->
            String.join("\u0000", one.subList(0, ids))
                .compareTo(String.join("\u0000", other.subList(0, ids))));
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", frame.columns()));
    rows.forEach(row -> lines.add(String.join(",", row)));
    Files.write(file, lines);
  }

  private static ModelOptions small(TrainingData data) {
    ModelOptions options = Kronwood.options(data);
    return options
        .withNetwork(options.network().withNeurons(64))
        .withTraining(options.training().withEpochs(4).withBatch(8))
        .withThreads(1);
  }

  private byte[] saved(KronwoodModel model) throws IOException {
    Path file = folder.resolve("java.kron");
    model.save(file);
    return Files.readAllBytes(file);
  }

  private byte[] saved(kronwood.spark.KronwoodModel<?> model) throws IOException {
    Path file = folder.resolve("spark.kron");
    model.saveKron(file);
    return Files.readAllBytes(file);
  }

  @Test
  void aRegressionIsThatOfTheLibraryToTheLastByte() throws IOException {
    TrainingData data = tables("pkd").read();
    byte[] expected = saved(Kronwood.train(data, small(data)));
    Dataset<Row> pairs = TestSession.pairs(TestSession.LEFT, 3).repartition(5);
    assertArrayEquals(expected, saved(TestSession.regressor().fit(pairs)));
  }

  @Test
  void weightsValidationAndAPlainNetworkAreThoseOfTheLibrary() throws IOException {
    TrainingData data = tables("pkd").weight("w").validationWhere("held = 'true'").read();
    ModelOptions options = small(data);
    options =
        options.withTraining(
            options.training().withPatience(2).withAveraging(-1).withMomentum(0.5));
    byte[] expected = saved(Kronwood.trainPlain(data, options));
    assertArrayEquals(
        expected,
        saved(
            TestSession.regressor()
                .setWeightCol("w")
                .setValidationIndicatorCol("held")
                .setPatience(2)
                .setAveraging(-1)
                .setMomentum(0.5)
                .setPlain(true)
                .fit(TestSession.pairs(TestSession.LEFT, 1))));
  }

  @Test
  void aClassificationIsThatOfTheLibraryToTheLastByte() throws IOException {
    TrainingData data = tables("active").loss(new LogisticLoss()).read();
    byte[] expected = saved(Kronwood.train(data, small(data)));
    KronwoodClassificationModel model =
        new KronwoodClassifier()
            .setModes("drug", "protein")
            .setTable("drug", TestSession.lefts(0, TestSession.LEFT))
            .setTable("protein", TestSession.rights())
            .setLabelCol("active")
            .setNeurons(64)
            .setEpochs(4)
            .setBatch(8)
            .fit(TestSession.pairs(TestSession.LEFT, 2));
    assertArrayEquals(expected, saved(model));
  }

  @Test
  void neitherPartitionsNorTheOrderOfRowsMatterButTheSeedDoes() {
    String one = TestSession.regressor().fit(TestSession.pairs(TestSession.LEFT, 1)).sha256();
    Dataset<Row> other = TestSession.pairs(TestSession.LEFT, 2).repartition(7);
    assertEquals(one, TestSession.regressor().fit(other).sha256());
    assertNotEquals(one, TestSession.regressor().setSeed(2).fit(other).sha256());
  }
}
