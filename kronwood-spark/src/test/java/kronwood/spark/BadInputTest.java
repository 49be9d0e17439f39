package kronwood.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** What people bring that cannot be used is refused with words that help. */
class BadInputTest {
  private static final Dataset<Row> PAIRS = TestSession.pairs(TestSession.LEFT, 5);

  private static KronwoodRegressor regressor() {
    return TestSession.regressor().setEpochs(1);
  }

  @Test
  void idsThatATableDoesNotHaveAreNamed() {
    Refused.in(
        () -> regressor().setTable("drug", TestSession.lefts(0, 12)).fit(PAIRS),
        "20 rows of the pairs name 2 ids of mode 'drug'",
        "the 12 entities of table 'drug': 'dm', 'dn'");
  }

  @Test
  void columnsThatAreMissingOrOfTheWrongTypeAreNamed() {
    Refused.in(() -> new KronwoodRegressor().fit(PAIRS), "modes", "setModes");
    Refused.in(() -> regressor().setModes("drug", "target").fit(PAIRS), "no column 'target'");
    Refused.in(() -> regressor().setLabelCol("drug").fit(PAIRS), "'drug' with targets", "STRING");
    Refused.in(() -> regressor().setPredictionCol("w").fit(PAIRS), "'w' is there already");
    Refused.in(
        () -> regressor().setModes("drug", "protein:lost").fit(PAIRS),
        "tables",
        "no mode with table 'protein'");
    Refused.in(
        () ->
            new KronwoodRegressor()
                .setModes("drug", "protein")
                .setTable("drug", TestSession.lefts(0, TestSession.LEFT))
                .setLabelCol("pkd")
                .fit(PAIRS),
        "nothing is known of the entities of 'protein'",
        "setIdentity");
  }

  @Test
  void tablesThatAreNotThereOrOddAreNamed() {
    KronwoodRegressor named =
        new KronwoodRegressor()
            .setModes("drug", "protein")
            .setTable("drug", "no_such_table")
            .setTable("protein", TestSession.rights())
            .setLabelCol("pkd");
    Refused.in(() -> named.fit(PAIRS), "no table or view 'no_such_table'");
    Dataset<Row> twice = TestSession.lefts(0, TestSession.LEFT).union(TestSession.lefts(0, 1));
    Refused.in(() -> regressor().setTable("drug", twice).fit(PAIRS), "'da' is used twice");
    Dataset<Row> holes =
        TestSession.lefts(0, TestSession.LEFT)
            .withColumn("x1", functions.expr("if(drug = 'dc', null, x1)"));
    Refused.in(
        () -> regressor().setTable("drug", holes).fit(PAIRS), "id 'dc'", "column 'x1'", "Imputer");
    Dataset<Row> dated =
        TestSession.lefts(0, TestSession.LEFT).withColumn("born", functions.current_date());
    Refused.in(() -> regressor().setTable("drug", dated).fit(PAIRS), "'born' is of type DATE");
    Dataset<Row> nameless = TestSession.rights().withColumnRenamed("id", "key");
    Refused.in(
        () -> regressor().setTable("protein", nameless).fit(PAIRS),
        "no column of ids",
        "protein",
        "key");
  }

  @Test
  void targetsThatCannotBeLearnedAreNamed() {
    Dataset<Row> holes = PAIRS.withColumn("pkd", functions.expr("if(drug = 'dc', null, pkd)"));
    Refused.in(() -> regressor().fit(holes), "'pkd' is null", "dc");
    KronwoodClassifier classifier =
        new KronwoodClassifier()
            .setModes("drug", "protein")
            .setTable("drug", TestSession.lefts(0, TestSession.LEFT))
            .setTable("protein", TestSession.rights());
    Refused.in(() -> classifier.setLabelCol("pkd").fit(PAIRS), "expected classes 0, 1, 2");
    Dataset<Row> one = PAIRS.withColumn("label", functions.lit(1));
    Refused.in(() -> classifier.setLabelCol("label").fit(one), "has the classes [1]");
    Dataset<Row> gap = PAIRS.withColumn("label", functions.expr("active * 2"));
    Refused.in(() -> classifier.setLabelCol("label").fit(gap), "without gaps");
    Dataset<Row> noId = PAIRS.withColumn("drug", functions.lit(null).cast(DataTypes.StringType));
    Refused.in(() -> regressor().fit(noId), "an id in column 'drug'");
    Refused.in(() -> regressor().fit(PAIRS.limit(0)), "no pairs to train on");
  }

  @Test
  void optionsOutOfRangeAreFoundBeforeAnythingStarts() {
    Refused.in(() -> regressor().setNeurons(33).fit(PAIRS), "neurons is 33", "even");
    Refused.in(() -> regressor().setMomentum(1).fit(PAIRS), "momentum");
    Refused.in(() -> regressor().setLoss("absolute"), "squared or huber");
    Refused.in(() -> regressor().setStructure("odd").fit(PAIRS), "odd");
    Refused.in(() -> regressor().setEncoding("drug", "x0", "magic").fit(PAIRS), "magic");
    Refused.in(() -> regressor().setPatience(3).fit(PAIRS), "validation samples");
  }
}
