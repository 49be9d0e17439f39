package kronwood.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import kronwood.spark.Refused;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Which clusters are refused, and how many tasks and workers a cluster takes. */
class ClusterChecksTest {
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
  void anOldJavaIsRefused() {
    for (List<String> old : List.of(List.of("17.0.9", "17"), List.of("1.8.0_392", "8"))) {
      Refused.in(() -> ClusterChecks.checkJava(old.get(0), "/old"), old.get(0), "JAVA_HOME", "25");
    }
    ClusterChecks.checkJava("25.0.3", "/new");
  }

  @Test
  void theEstimateTakesWorkersWhereStepsAreLong() {
    // 0.84 ms, as a step on Davis takes: 2.5 times as fast with eight.
    WorkerEstimate davis = WorkerEstimate.of(0.84e6, 64, 4096, 2048, 8);
    assertEquals(2.5, davis.lines().getLast().speedUp(), 0.05);
    assertEquals(4, davis.workers());
    // 1.2 s: 62 times as fast with 64.
    WorkerEstimate large = WorkerEstimate.of(1.2e9, 256, 8192, 4096, 64);
    assertEquals(64, large.workers());
    assertEquals(62.5, large.lines().getLast().speedUp(), 0.1);
  }
}
