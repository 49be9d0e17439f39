package kronwood.spark;

import kronwood.spark.job.ClusterChecks;
import kronwood.spark.job.Tasks;
import kronwood.spark.job.WorkerEstimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.SparkConf;
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
  void clustersWhoseExecutorsComeAndGoOrEncryptAreRefused() {
    for (String option :
        new String[] {
          "spark.dynamicAllocation.enabled", "spark.ssl.enabled", "spark.network.crypto.enabled"
        }) {
      SparkConf conf = new SparkConf(false).set(option, "true");
      Refused.in(() -> ClusterChecks.checkBarrier(conf), option, "set workers to 1");
    }
    ClusterChecks.checkBarrier(new SparkConf(false));
  }

  @Test
  void slotsOfALocalSessionAreItsThreads() {
    assertEquals(1, Tasks.localCores("local"));
    assertEquals(4, Tasks.localCores("local[4]"));
    assertEquals(3, Tasks.localCores("local[3, 2]"));
    assertEquals(Runtime.getRuntime().availableProcessors(), Tasks.localCores("local[*]"));
  }

  @Test
  void theEstimateDeclinesWhereStepsAreShortAndTakesWorkersWhereTheyAreLong() {
    WorkerEstimate small = regressor().estimateWorkers(PAIRS);
    assertEquals(1, small.workers());
    assertTrue(small.text().contains("chosen: 1"), small.text());
    // 0.84 ms, as a step on Davis takes: 2.5 times as fast with eight.
    WorkerEstimate davis = WorkerEstimate.of(0.84e6, 64, 4096, 2048, 8);
    assertEquals(2.5, davis.lines().getLast().speedUp(), 0.05);
    assertEquals(4, davis.workers());
    // 1.2 s: 62 times as fast with 64.
    WorkerEstimate large = WorkerEstimate.of(1.2e9, 256, 8192, 4096, 64);
    assertEquals(64, large.workers());
    assertEquals(62.5, large.lines().getLast().speedUp(), 0.1);
    assertEquals(
        regressor().fit(PAIRS).sha256(), regressor().setWorkers("auto").fit(PAIRS).sha256());
  }
}
