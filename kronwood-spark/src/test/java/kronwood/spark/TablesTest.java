package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.Similarities;
import kronwood.data.SparseFeatures;
import kronwood.spark.job.PreparedData;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Tables of entities of every kind: what becomes of them, and new entities of them. */
class TablesTest {
  private static final Dataset<Row> PAIRS = TestSession.pairs(TestSession.LEFT, 5);
  private static final Dataset<Row> LEFTS = TestSession.lefts(0, TestSession.LEFT);

  private static EntityTable first(KronwoodRegressor estimator) {
    return estimator.prepared(PAIRS).contents().data().tables().getFirst();
  }

  @Test
  void vectorsAreColumnsOfNumbers() {
    Dataset<Row> vectors =
        new VectorAssembler()
            .setInputCols(new String[] {"x0", "x1", "x2", "x3"})
            .setOutputCol("v")
            .transform(LEFTS)
            .select("drug", "v");
    EntityTable table = first(TestSession.regressor().setTable("drug", vectors));
    EntityTable numbers = first(TestSession.regressor());
    assertEquals(List.of("v_0", "v_1", "v_2", "v_3"), table.columns());
    assertArrayEquals(
        ((DenseFeatures) numbers.attributes()).toArray(),
        ((DenseFeatures) table.attributes()).toArray());
    assertEquals(numbers.ids().asList(), table.ids().asList());
    Dataset<Row> known = vectors.filter("drug < 'dk'");
    KronwoodRegressionModel model =
        TestSession.regressor()
            .setTable("drug", known)
            .fit(PAIRS.filter("drug < 'dk'"))
            .setTable("drug", vectors);
    assertEquals(PAIRS.count(), model.transform(PAIRS).count());
  }

  @Test
  void sparseVectorsStaySparse() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < TestSession.LEFT; i++) {
      rows.add(
          RowFactory.create(
              TestSession.left(i),
              Vectors.sparse(1000, new int[] {i, 500 + i}, new double[] {1, 2})));
    }
    StructType schema =
        new StructType().add("drug", DataTypes.StringType).add("v", SQLDataTypes.VectorType());
    EntityTable table =
        first(
            TestSession.regressor()
                .setTable("drug", TestSession.spark().createDataFrame(rows, schema)));
    assertEquals(2 * TestSession.LEFT, ((SparseFeatures) table.attributes()).storedValues());
  }

  @Test
  void textsAreCategoriesUnlessItIsSaid() {
    Dataset<Row> mixed =
        LEFTS
            .withColumn("kind", functions.expr("if(x0 > 0, 'acid', 'base')"))
            .withColumn("name", functions.expr("concat('the ', drug, ' one')"));
    KronwoodRegressor estimator =
        TestSession.regressor().setTable("drug", mixed).setEncoding("drug", "name", "text");
    Blocks blocks = (Blocks) first(estimator).attributes();
    assertEquals(
        List.of("numeric", "categorical", "text"),
        blocks.blocks().stream().map(b -> ((Block.OfCells) b).encoding().type()).toList());
    KronwoodRegressionModel model =
        estimator
            .setTable("drug", mixed.filter("drug < 'dk'"))
            .fit(PAIRS.filter("drug < 'dk'"))
            .setTable("drug", mixed);
    assertEquals(PAIRS.count(), model.transform(PAIRS).count());
    Refused.in(
        () -> model.setTable("drug", mixed.drop("kind")).transform(PAIRS), "no column 'kind'");
  }

  private static Dataset<Row> longForm(double diagonal) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < TestSession.RIGHT; i++) {
      for (int j = 0; j <= i; j++) {
        rows.add(
            RowFactory.create(
                TestSession.right(i),
                TestSession.right(j),
                i == j ? diagonal : Math.exp(-Math.abs(i - j))));
      }
    }
    return TestSession.spark()
        .createDataFrame(
            rows,
            new StructType()
                .add("protein", DataTypes.IntegerType)
                .add("other", DataTypes.IntegerType)
                .add("similarity", DataTypes.DoubleType));
  }

  @Test
  void similaritiesAreGivenByColumnsOrByRowsOfTwoIds() {
    Dataset<Row> rows = longForm(1);
    Dataset<Row> both =
        rows.union(rows.filter("protein <> other").select("other", "protein", "similarity"));
    Dataset<Row> columns = both.groupBy("protein").pivot("other").sum("similarity");
    KronwoodRegressor estimator =
        new KronwoodRegressor()
            .setModes("protein", "drug")
            .setTable("drug", LEFTS)
            .setSimilarityTable("protein", rows)
            .setLabelCol("pkd")
            .setNeurons(32)
            .setEpochs(2);
    Similarities found = (Similarities) first(estimator).attributes();
    EntityTable table = first(estimator);
    for (int i = 0; i < TestSession.RIGHT; i++) {
      for (int j = 0; j < TestSession.RIGHT; j++) {
        int a = Integer.parseInt(table.ids().id(i));
        int b = Integer.parseInt(table.ids().id(j));
        assertEquals((float) Math.exp(-Math.abs(a - b)), found.value(i, j), 1e-7);
      }
    }
    Similarities wide =
        (Similarities) first(estimator.setSimilarityTable("protein", columns)).attributes();
    for (int i = 0; i < TestSession.RIGHT; i++) {
      for (int j = 0; j < TestSession.RIGHT; j++) {
        assertEquals(found.value(i, j), wide.value(i, j));
      }
    }
    Refused.in(
        () ->
            first(
                estimator.setSimilarityTable(
                    "protein", rows.filter("not (protein = 5 and other = 3)"))),
        "no similarity of");
  }

  @Test
  void idsAloneAreLearnedByIdentitiesAndProfiles() {
    KronwoodRegressionModel model =
        new KronwoodRegressor()
            .setModes("drug", "protein")
            .setIdentity("drug", 1)
            .setIdentity("protein", 1)
            .setProfile("protein", 0.5)
            .setLabelCol("pkd")
            .setNeurons(32)
            .setEpochs(2)
            .fit(PAIRS);
    assertTrue(
        model.transform(PAIRS).select("prediction").collectAsList().stream()
            .allMatch(row -> Double.isFinite(row.getDouble(0))));
  }

  @Test
  void preparedDataAreReadAsTheyWere() {
    PreparedData data =
        TestSession.regressor()
            .setWeightCol("w")
            .setValidationIndicatorCol("held")
            .setIdentity("drug", 0.3)
            .setProfile("protein", 0.5)
            .prepared(PAIRS);
    // What is read has the digest that was written: else this fails.
    assertEquals(PAIRS.count(), data.contents().data().samples().size());
    assertTrue(data.contents().split().validation().length > 0);
  }
}
