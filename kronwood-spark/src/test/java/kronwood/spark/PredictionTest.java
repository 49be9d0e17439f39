package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.KronwoodModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions are those of the library, which reads the same model file. */
class PredictionTest {
  /** Left entities that the model is trained on; the others are new. */
  private static final int KNOWN = TestSession.LEFT - 3;

  @TempDir private static Path folder;
  private static KronwoodRegressionModel model;
  private static KronwoodModel library;

  @BeforeAll
  static void train() {
    model =
        TestSession.regressor()
            .setTable("drug", TestSession.lefts(0, KNOWN))
            .fit(TestSession.pairs(KNOWN, 4));
    Path file = folder.resolve("model.kron");
    model.saveKron(file);
    library = KronwoodModel.load(file);
  }

  private static Map<String, Double> byPair(Dataset<Row> predicted) {
    Map<String, Double> byPair = new HashMap<>();
    for (Row row : predicted.select("drug", "protein", "prediction").collectAsList()) {
      byPair.put(row.get(0) + " " + row.get(1), row.getDouble(2));
    }
    return byPair;
  }

  @Test
  void pairsArePredictedAsTheLibraryDoes() {
    Dataset<Row> pairs = TestSession.pairs(KNOWN, 9).repartition(3);
    Map<String, Double> found = byPair(model.transform(pairs));
    assertEquals(KNOWN * TestSession.RIGHT, found.size());
    found.forEach(
        (pair, value) -> assertEquals(library.predict(pair.split(" ")), value, 1e-12, pair));
    assertArrayEquals(
        new String[] {"drug", "protein", "pkd", "active", "level", "w", "held", "prediction"},
        model.transform(pairs).columns());
  }

  @Test
  void newEntitiesArePredictedByTheirFeatures() throws IOException {
    Dataset<Row> all = TestSession.lefts(0, TestSession.LEFT);
    Map<String, Double> found =
        byPair(
            model
                .copy(new org.apache.spark.ml.param.ParamMap())
                .setTable("drug", all)
                .transform(TestSession.pairs(TestSession.LEFT, 9)));
    KronwoodModel with = library;
    double[][] u = TestSession.numbers(1, TestSession.LEFT, TestSession.COLUMNS);
    for (int i = KNOWN; i < TestSession.LEFT; i++) {
      Map<String, Double> columns = new HashMap<>();
      for (int c = 0; c < TestSession.COLUMNS; c++) {
        columns.put("x" + c, u[i][c]);
      }
      with = with.withEntity("drug", TestSession.left(i), columns);
    }
    assertEquals(TestSession.LEFT * TestSession.RIGHT, found.size());
    for (Map.Entry<String, Double> each : found.entrySet()) {
      assertEquals(with.predict(each.getKey().split(" ")), each.getValue(), 1e-12, each.getKey());
    }
  }

  @Test
  void theCatalogIsAskedForNewEntitiesAndMayHaveLostTheTable() {
    SparkSession spark = TestSession.spark();
    TestSession.lefts(0, KNOWN).createOrReplaceTempView("drugs_of_predictions");
    KronwoodRegressionModel named =
        new KronwoodRegressor()
            .setModes("drug", "protein")
            .setTable("drug", "drugs_of_predictions")
            .setTable("protein", TestSession.rights())
            .setLabelCol("pkd")
            .setNeurons(64)
            .setEpochs(4)
            .setBatch(8)
            .fit(TestSession.pairs(KNOWN, 4));
    assertEquals(model.sha256(), named.sha256());
    TestSession.lefts(0, TestSession.LEFT).createOrReplaceTempView("drugs_of_predictions");
    Dataset<Row> pairs = TestSession.pairs(TestSession.LEFT, 9);
    assertEquals(pairs.count(), named.transform(pairs).count());
    spark.catalog().dropTempView("drugs_of_predictions");
    named.setColdStartStrategy("drop");
    assertEquals(KNOWN * TestSession.RIGHT, named.transform(pairs).count());
  }

  @Test
  void unknownIdsAreAnErrorNoNumberOrNoRow() {
    Dataset<Row> pairs = TestSession.pairs(TestSession.LEFT, 9);
    long unknown = (TestSession.LEFT - KNOWN) * (long) TestSession.RIGHT;
    KronwoodRegressionModel copy = model.copy(new org.apache.spark.ml.param.ParamMap());
    Refused.in(
        () -> copy.transform(pairs).collectAsList(),
        "of mode 'drug' is not among the entities of table 'drug'",
        "coldStartStrategy");
    Dataset<Row> nan = copy.setColdStartStrategy("nan").transform(pairs);
    assertEquals(unknown, nan.filter(functions.isnan(functions.col("prediction"))).count());
    Dataset<Row> drop = copy.setColdStartStrategy("drop").transform(pairs);
    assertEquals(KNOWN * TestSession.RIGHT, drop.count());
    Dataset<Row> nulls = pairs.withColumn("drug", functions.lit(null).cast(DataTypes.StringType));
    assertEquals(0, copy.transform(nulls).count());
    Refused.in(() -> copy.setColdStartStrategy("zero"), "zero", "error, nan or drop");
  }

  @Test
  void aGridHasEveryPairOnceWithThePredictionsOfPairs() {
    Dataset<Row> drugs = TestSession.lefts(0, KNOWN).select("drug");
    Dataset<Row> proteins = TestSession.rights().select("id");
    Dataset<Row> grid = model.scoreGrid(drugs, proteins);
    assertEquals(DataTypes.IntegerType, grid.schema().apply("protein").dataType());
    Map<String, Double> found = byPair(grid);
    assertEquals(KNOWN * TestSession.RIGHT, grid.count());
    assertEquals(KNOWN * TestSession.RIGHT, found.size());
    found.forEach(
        (pair, value) -> assertEquals(library.predict(pair.split(" ")), value, 1e-6, pair));
  }

  @Test
  void unknownIdsOfAGridAreAnErrorNoNumberOrNoRow() {
    KronwoodRegressionModel copy = model.copy(new org.apache.spark.ml.param.ParamMap());
    Dataset<Row> drugs = TestSession.lefts(0, TestSession.LEFT).select("drug");
    Dataset<Row> proteins = TestSession.rights().select("id");
    Refused.in(() -> copy.scoreGrid(drugs, proteins).collectAsList(), "coldStartStrategy");
    Dataset<Row> nan = copy.setColdStartStrategy("nan").scoreGrid(drugs, proteins);
    assertEquals(
        (TestSession.LEFT - KNOWN) * (long) TestSession.RIGHT,
        nan.filter(functions.isnan(functions.col("prediction"))).count());
    Dataset<Row> drop = copy.setColdStartStrategy("drop").scoreGrid(drugs, proteins);
    assertEquals(KNOWN * TestSession.RIGHT, drop.count());
  }

  @Test
  void theBestOfTheOtherModeAreRankedAsTheLibraryDoes() {
    Dataset<Row> best = model.recommendForAll(TestSession.spark(), "drug", 3);
    assertEquals(KNOWN, best.count());
    for (Row row : best.collectAsList()) {
      List<Row> found = row.getList(1);
      List<KronwoodModel.Scored> expected = library.rank("protein", 3, row.getString(0));
      assertEquals(
          expected.stream().map(KronwoodModel.Scored::id).toList(),
          found.stream().map(each -> each.getString(0)).toList());
      List<Double> numbers = new ArrayList<>();
      found.forEach(each -> numbers.add(each.getDouble(1)));
      assertEquals(expected.stream().map(KronwoodModel.Scored::prediction).toList(), numbers);
    }
    Dataset<Row> some =
        model.recommendForSubset(TestSession.rights().filter("id < 4").select("id"), "protein", 20);
    assertEquals(3, some.count());
    assertTrue(some.collectAsList().stream().allMatch(row -> row.getList(1).size() == KNOWN));
    Refused.in(() -> model.recommendForAll(TestSession.spark(), "target", 3), "no mode 'target'");
  }
}
