package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kronwood.model.file.ModelFile;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators and models behave as Spark's own do. */
class ConventionsTest {
  private static final Dataset<Row> PAIRS = TestSession.pairs(TestSession.LEFT, 5);

  @TempDir Path folder;

  private String path(String name) {
    return folder.resolve(name).toUri().toString();
  }

  private static List<Double> predictions(Dataset<Row> predicted) {
    return predicted.orderBy("drug", "protein").select("prediction").collectAsList().stream()
        .map(row -> row.getDouble(0))
        .toList();
  }

  @Test
  void everyParamHasADocADefaultOrNoneAndASetterThatKeepsItsValue() {
    for (PipelineStage stage : List.of(new KronwoodRegressor(), new KronwoodClassifier())) {
      List<String> names = Arrays.stream(stage.params()).map(Param::name).toList();
      assertEquals(names.stream().sorted().distinct().toList(), names);
      for (Param<?> param : stage.params()) {
        assertEquals(stage.uid(), param.parent());
        assertTrue(!param.doc().isBlank());
        assertTrue(stage.explainParam(param).startsWith(param.name() + ": "));
      }
      assertTrue(stage.hasParam("neurons") && !stage.hasParam("featuresCol"));
    }
    KronwoodRegressor set = new KronwoodRegressor().setNeurons(32).setSeed(5).setLearningRate(0.1);
    assertEquals(32, set.getOrDefault(set.neurons()));
    assertEquals(5L, set.getOrDefault(set.seed()));
    assertEquals(0.1, set.getOrDefault(set.learningRate()));
    KronwoodRegressor fresh = new KronwoodRegressor();
    assertTrue(!fresh.isDefined(fresh.learningRate()));
    assertTrue(!fresh.isDefined(fresh.checkpointDir()));
    assertEquals(1, fresh.getOrDefault(fresh.checkpointInterval()));
  }

  @Test
  void aCopyHasTheSameUidAndValuesAndItsOwnExtraOnes() {
    KronwoodRegressor one = TestSession.regressor();
    KronwoodRegressor copy =
        one.setCheckpointInterval(5).copy(new ParamMap().put(one.neurons().w(16)));
    assertEquals(5, copy.getOrDefault(copy.checkpointInterval()));
    assertEquals(one.uid(), copy.uid());
    assertEquals(64, one.getOrDefault(one.neurons()));
    assertEquals(16, copy.getOrDefault(copy.neurons()));
    KronwoodRegressionModel model = copy.fit(PAIRS);
    assertEquals(16, model.model().network().neurons());
    assertTrue(model.hasParent());
    KronwoodRegressionModel again = model.copy(new ParamMap());
    assertEquals(model.sha256(), again.sha256());
    assertEquals(predictions(model.transform(PAIRS)), predictions(again.transform(PAIRS)));
  }

  @Test
  void whatIsSavedIsReadAgainAndTheModelFileIsThatOfTheCommandLine() throws IOException {
    KronwoodRegressor estimator =
        TestSession.regressor()
            .setTable("drug", "drugs_of_test")
            .setIdentity("drug", 0.5)
            .setCheckpointDir("hdfs:///checkpoints")
            .setCheckpointInterval(3);
    estimator.write().overwrite().save(path("estimator"));
    KronwoodRegressor read = KronwoodRegressor.load(path("estimator"));
    assertEquals(estimator.uid(), read.uid());
    for (Param<?> param : estimator.params()) {
      if (estimator.isDefined(param)) {
        Object expected = estimator.getOrDefault(param);
        Object found = read.getOrDefault(read.getParam(param.name()));
        if (expected instanceof Object[] array) {
          assertArrayEquals(array, (Object[]) found);
        } else {
          assertEquals(expected, found, param.name());
        }
      }
    }
    assertEquals("hdfs:///checkpoints", read.getOrDefault(read.checkpointDir()));
    assertEquals(3, read.getOrDefault(read.checkpointInterval()));
    KronwoodRegressionModel model = TestSession.regressor().fit(PAIRS);
    model.setColdStartStrategy("nan").write().overwrite().save(path("model"));
    KronwoodRegressionModel loaded = KronwoodRegressionModel.load(path("model"));
    assertEquals(model.sha256(), loaded.sha256());
    assertEquals("nan", loaded.getOrDefault(loaded.coldStartStrategy()));
    assertEquals(predictions(model.transform(PAIRS)), predictions(loaded.transform(PAIRS)));
    Path file = folder.resolve("model").resolve("data").resolve("model.kron");
    assertEquals(model.metrics("train"), ModelFile.load(file).provenance().metrics().get("train"));
    assertTrue(Files.size(file) > 1000);
  }

  @Test
  void aPipelineOfStagesIsFittedSavedAndReadAgain() throws IOException {
    Dataset<Row> named =
        PAIRS.withColumn(
            "answer", functions.when(functions.col("active").equalTo(1), "yes").otherwise("no"));
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StringIndexer()
                      .setInputCol("answer")
                      .setOutputCol("label")
                      .setStringOrderType("alphabetAsc"),
                  new KronwoodClassifier()
                      .setModes("drug", "protein")
                      .setTable("drug", TestSession.lefts(0, TestSession.LEFT))
                      .setTable("protein", TestSession.rights())
                      .setNeurons(64)
                      .setEpochs(4)
                      .setBatch(8)
                });
    PipelineModel model = pipeline.fit(named);
    model.write().overwrite().save(path("pipeline"));
    Dataset<Row> predicted = PipelineModel.load(path("pipeline")).transform(named);
    assertEquals(predictions(model.transform(named)), predictions(predicted));
    assertTrue(new BinaryClassificationEvaluator().evaluate(predicted) > 0.9);
    for (Row row : predicted.select("probability", "prediction", "rawPrediction").takeAsList(5)) {
      double[] probability = ((org.apache.spark.ml.linalg.Vector) row.get(0)).toArray();
      double[] raw = ((org.apache.spark.ml.linalg.Vector) row.get(2)).toArray();
      assertEquals(1, probability[0] + probability[1], 1e-12);
      assertEquals(probability[1] > 0.5 ? 1.0 : 0.0, row.getDouble(1));
      assertEquals(Math.log(probability[1] / probability[0]), raw[1], 1e-9);
    }
  }

  @Test
  void severalClassesHaveAProbabilityEach() {
    KronwoodClassificationModel model =
        new KronwoodClassifier()
            .setModes("drug", "protein")
            .setTable("drug", TestSession.lefts(0, TestSession.LEFT))
            .setTable("protein", TestSession.rights())
            .setLabelCol("level")
            .setRawPredictionCol("")
            .setNeurons(64)
            .setEpochs(4)
            .setBatch(8)
            .fit(PAIRS);
    assertEquals(3, model.numClasses());
    Dataset<Row> predicted = model.transform(PAIRS);
    assertTrue(!Arrays.asList(predicted.columns()).contains("rawPrediction"));
    long right = predicted.filter("prediction = level").count();
    assertTrue(right > 0.7 * PAIRS.count(), right + " of " + PAIRS.count());
  }

  @Test
  void sparksCrossValidatorChoosesAmongParams() {
    KronwoodRegressor estimator = TestSession.regressor();
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                estimator.epochs(),
                scala.jdk.javaapi.CollectionConverters.asScala(List.<Object>of(0, 4)))
            .build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(estimator)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new RegressionEvaluator().setLabelCol("pkd").setMetricName("rmse"))
            .setNumFolds(2)
            .fit(PAIRS);
    double[] errors = chosen.avgMetrics();
    assertTrue(errors[1] < 0.8 * errors[0], Arrays.toString(errors));
    assertNotNull(chosen.bestModel().parent());
    assertEquals(
        4, ((KronwoodRegressor) chosen.bestModel().parent()).getOrDefault(estimator.epochs()));
  }
}
