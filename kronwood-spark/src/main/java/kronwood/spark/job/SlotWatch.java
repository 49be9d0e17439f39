package kronwood.spark.job;

import kronwood.fault.InputException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Ends a job of tasks that must run together if executors were lost and do not come back: Spark
 * would wait for them for ever. Asks once a second for as long as it is open.
 */
final class SlotWatch implements AutoCloseable {
  private static final int POLL_MILLIS = 1000;

  private final SparkSession spark;
  private final String tag;
  private final int workers;
  private final long nanos;
  private final Thread thread;
  private volatile boolean expired;

  /**
   * Begins to watch.
   *
   * @param tag of the job
   * @param workers tasks that run together
   * @param nanos for how long there may be too few executors
   */
  SlotWatch(SparkSession spark, String tag, int workers, long nanos) {
    this.spark = spark;
    this.tag = tag;
    this.workers = workers;
    this.nanos = nanos;
    this.thread = Thread.ofVirtual().name("kronwood-slots").start(this::watch);
  }

  private void watch() {
    long enough = System.nanoTime();
    while (!expired && !Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      if (ClusterChecks.slots(spark) >= workers) {
        enough = System.nanoTime();
      } else if (System.nanoTime() - enough > nanos) {
        expired = true;
        JavaSparkContext.fromSparkContext(spark.sparkContext()).cancelJobsWithTag(tag);
      }
    }
  }

  /**
   * Says why the job has failed if this has ended it.
   *
   * @throws InputException if it has
   */
  void check() {
    if (expired) {
      throw InputException.ofOption(
          "workers",
          "executors were lost and have not come back for %d seconds: %d workers train at the same time, and there is room for fewer; fit again with fewer workers, which goes on from a checkpoint if there is one"
              .formatted(nanos / 1_000_000_000L, workers));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
