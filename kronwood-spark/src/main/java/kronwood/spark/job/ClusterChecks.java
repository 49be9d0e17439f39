package kronwood.spark.job;

import java.util.List;
import kronwood.fault.InputException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a cluster must be like, found out before anything is computed. */
public final class ClusterChecks {
  private static final int LEAST_JAVA = 25;

  private static final int TRIES = 60;
  private static final int TRY_MILLIS = 500;

  private ClusterChecks() {}

  /**
   * Asks executors for their Java, by an expression of Spark's own: older ones cannot even read
   * this class. Cost: a short job; none in a local session, whose tasks run in this process.
   *
   * @throws InputException if one is older than 25
   */
  public static void checkJava(SparkSession spark) {
    if (spark.sparkContext().isLocal()) {
      return;
    }
    int executors = Math.max(1, spark.sparkContext().getExecutorMemoryStatus().size());
    int tasks = 2 * executors;
    List<Row> versions =
        spark
            .range(0, tasks, 1, tasks)
            .selectExpr(
                "java_method('java.lang.System', 'getProperty', 'java.version') AS version",
                "java_method('java.lang.System', 'getProperty', 'java.home') AS home")
            .distinct()
            .collectAsList();
    for (Row each : versions) {
      checkJava(each.getString(0), each.getString(1));
    }
  }

  static void checkJava(String version, String home) {
    int feature;
    try {
      feature = Runtime.Version.parse(version).feature();
    } catch (IllegalArgumentException e) {
      feature = version.startsWith("1.") ? 8 : LEAST_JAVA;
    }
    if (feature < LEAST_JAVA) {
      throw new InputException(
          "an executor runs on Java %s (%s), expected Java %d or newer: set spark.executorEnv.JAVA_HOME to the folder of one on all workers"
              .formatted(version, home, LEAST_JAVA));
    }
  }

  /**
   * Checks that tasks can share the neurons of a training.
   *
   * @throws InputException if executors may come and go, or connections would have to be encrypted
   */
  static void checkBarrier(SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw InputException.ofOption(
          "workers",
          "several workers train together from beginning to end, which Spark refuses with"
              + " spark.dynamicAllocation.enabled; switch that off, or set workers to 1");
    }
    if (conf.getBoolean("spark.ssl.enabled", false)
        || conf.getBoolean("spark.network.crypto.enabled", false)) {
      throw InputException.ofOption(
          "workers",
          "several workers exchange numbers over plain connections, which spark.ssl.enabled and"
              + " spark.network.crypto.enabled forbid; set workers to 1");
    }
  }

  /** Tasks that run at a time on the whole cluster, as it is now. */
  static int slots(SparkSession spark) {
    if (spark.sparkContext().isLocal()) {
      return Tasks.slots(spark);
    }
    // The driver is among those that have memory, but runs no task.
    return Tasks.slots(spark) * (spark.sparkContext().getExecutorMemoryStatus().size() - 1);
  }

  /**
   * Checks that all workers can run at a time: Spark itself waits ten minutes before it says so. An
   * executor that was just lost, or has not begun yet, is waited for half a minute.
   *
   * @throws InputException if they cannot
   */
  static void checkSlots(SparkSession spark, int workers) {
    int slots = slots(spark);
    for (int tries = 0;
        slots < workers && !spark.sparkContext().isLocal() && tries < TRIES;
        tries++) {
      Connections.sleep(TRY_MILLIS);
      slots = slots(spark);
    }
    if (slots < workers) {
      throw InputException.ofOption(
          "workers",
          "%d workers train at the same time, but the executors that there are run %d tasks of %d cores together; take fewer workers or more executors"
              .formatted(
                  workers, slots, spark.sparkContext().getConf().getInt("spark.task.cpus", 1)));
    }
  }
}
