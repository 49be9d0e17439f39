package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kronwood.spark.job.WorkerEstimate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Workers that share the neurons of a training end with the bits of one. */
class SharedWorkersTest {
  private static final Dataset<Row> PAIRS = TestSession.pairs(TestSession.LEFT, 5);

  private static KronwoodRegressor regressor() {
    return TestSession.regressor().setNeurons(128).setThreads(1);
  }

  @Test
  void twoAndFourWorkersTrainTheModelOfOne() {
    String one = regressor().fit(PAIRS).sha256();
    assertEquals(one, regressor().setWorkers("2").fit(PAIRS.repartition(3)).sha256());
    assertEquals(one, regressor().setWorkers("4").fit(PAIRS).sha256());
  }

  @Test
  void whatCannotBeDividedIsRefusedBeforeAnythingStarts() {
    Refused.in(() -> regressor().setWorkers("3").fit(PAIRS), "workers", "3", "a power of two");
    Refused.in(() -> regressor().setWorkers("many").fit(PAIRS), "workers", "'many'", "auto");
    Refused.in(() -> regressor().setWorkers("8").fit(PAIRS), "take fewer processes");
    Refused.in(
        () -> regressor().setNeurons(1024).setWorkers("8").fit(PAIRS),
        "8 workers train at the same time",
        "run 4 tasks");
    Refused.in(
        () -> regressor().setNeurons(100).setWorkers("2").fit(PAIRS),
        "50 distinct neurons cannot be divided");
  }

  @Test
  void whatOneWorkerRefusesAllRefuseWithTheSameWords() {
    Refused.in(() -> regressor().setWorkers("2").setWeightDecay(1e6).fit(PAIRS), "weight decay");
  }

  @Test
  void theEstimateDeclinesWhereStepsAreShort() {
    WorkerEstimate small = regressor().estimateWorkers(PAIRS);
    assertEquals(1, small.workers());
    assertTrue(small.text().contains("chosen: 1"), small.text());
    assertEquals(
        regressor().fit(PAIRS).sha256(), regressor().setWorkers("auto").fit(PAIRS).sha256());
  }
}
