package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kronwood.Kronwood;
import kronwood.TrainingData;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.loss.SquaredLoss;
import kronwood.spark.job.PreparedData;
import kronwood.validate.FoldResult;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.junit.jupiter.api.Test;

/** Folds as tasks find what the library finds one after another, which is the oracle. */
class FoldsTest {
  private static TrainingData data(KronwoodRegressor estimator) {
    PreparedData.Contents contents =
        estimator.prepared(TestSession.pairs(TestSession.LEFT, 8)).contents();
    return new TrainingData(contents.data(), contents.split(), new SquaredLoss(), List.of());
  }

  private static ModelOptions small(TrainingData data, int epochs) {
    ModelOptions options = Kronwood.options(data);
    return options
        .withNetwork(options.network().withNeurons(64))
        .withTraining(options.training().withEpochs(epochs).withBatch(8))
        .withThreads(1);
  }

  private static List<Object> facts(List<FoldResult> results) {
    List<Object> facts = new ArrayList<>();
    for (FoldResult each : results) {
      facts.add(List.of(each.train(), each.test(), each.metrics(), each.epoch(), each.plan()));
    }
    return facts;
  }

  @Test
  void foldsOfEachSettingAreThoseOfTheLibraryToTheLastBit() {
    KronwoodRegressor estimator = TestSession.regressor();
    TrainingData data = data(estimator);
    for (Setting setting : List.of(Setting.A, Setting.B, Setting.D)) {
      List<FoldResult> expected = Kronwood.crossValidate(data, small(data, 4), setting, 3);
      List<FoldResult> found =
          estimator.crossValidate(
              TestSession.pairs(TestSession.LEFT, 6).repartition(4), setting.name(), 3, 1);
      assertEquals(facts(expected), facts(found), setting.name());
    }
  }

  @Test
  void trialsAndRepeatsRunSideBySide() {
    KronwoodRegressor estimator = TestSession.regressor();
    TrainingData data = data(estimator);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                estimator.epochs(),
                scala.jdk.javaapi.CollectionConverters.asScala(List.<Object>of(2, 4)))
            .build();
    List<List<FoldResult>> found =
        estimator.crossValidate(TestSession.pairs(TestSession.LEFT, 6), "C", 2, 2, grid);
    assertEquals(2, found.size());
    for (int trial = 0; trial < 2; trial++) {
      assertEquals(4, found.get(trial).size());
      assertEquals(
          facts(Kronwood.crossValidate(data, small(data, 2 + 2 * trial), Setting.C, 2)),
          facts(found.get(trial).subList(0, 2)));
    }
    assertEquals(
        found.getFirst().get(2).train() + found.getFirst().get(3).train(),
        found.getFirst().get(0).train() + found.getFirst().get(1).train());
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    KronwoodRegressor estimator = TestSession.regressor();
    Refused.in(
        () -> estimator.crossValidate(TestSession.pairs(TestSession.LEFT, 6), "E", 3, 1),
        "setting",
        "A, B, C or D");
    Refused.in(
        () -> estimator.crossValidate(TestSession.pairs(TestSession.LEFT, 6), "B", 50, 1),
        "B",
        "at most 14");
  }
}
