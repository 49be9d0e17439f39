package kronwood.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains in executors that are processes of their own, of which one ends in mid-training: what
 * {@link LocalClusterTest} starts.
 */
final class LocalClusterProgram {
  private LocalClusterProgram() {}

  /** Counts executors that ended. */
  private static final class Lost extends SparkListener {
    final AtomicInteger executors = new AtomicInteger();

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      executors.incrementAndGet();
    }
  }

  /**
   * Runs it.
   *
   * @param args a folder, in which it writes a file {@code results}
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    SparkSession spark = TestSession.spark();
    Lost lost = new Lost();
    spark.sparkContext().addSparkListener(lost);
    List<String> results = new ArrayList<>();
    Dataset<Row> pairs = TestSession.pairs(TestSession.LEFT, 5);
    KronwoodRegressor regressor = TestSession.regressor().setNeurons(128).setThreads(1);
    results.add(regressor.fit(pairs).sha256());
    results.add(regressor.setWorkers("2").fit(pairs).sha256());
    results.add("executors lost: " + lost.executors);
    FailingFileSystem.configure(
        spark.sparkContext().hadoopConfiguration(),
        ".*-epoch-000003-.*-32-64\\.share",
        "halt",
        new org.apache.hadoop.fs.Path(folder.toUri()));
    KronwoodRegressor saved = regressor.setCheckpointDir("failing:" + folder.resolve("saved"));
    results.add(saved.fit(pairs).sha256());
    results.add("executors lost: " + lost.executors);
    Files.write(folder.resolve("results"), results);
    spark.stop();
  }
}
