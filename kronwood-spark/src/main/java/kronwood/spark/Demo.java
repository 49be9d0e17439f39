package kronwood.spark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kronwood.fault.InputException;
import kronwood.validate.FoldResult;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A first run on one machine: trains on the example of pairs in a local session with two tasks,
 * measures, validates for new entities, ranks and saves. The program {@code ./kronwood-on-spark}.
 */
public final class Demo {
  private static final int USAGE = 2;

  private Demo() {}

  /**
   * Runs it.
   *
   * @param args the folder of the example, and where the model is saved
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: ./kronwood-on-spark examples/pairs MODEL-FOLDER");
      System.exit(USAGE);
    }
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("Kronwood")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    int code = 0;
    try {
      run(spark, args[0], args[1], System.out);
    } catch (InputException e) {
      System.err.println("kronwood: " + e.getMessage());
      code = USAGE;
    } finally {
      spark.stop();
    }
    System.exit(code);
  }

  /** Trains on the tables of a folder and saves the model. */
  static void run(SparkSession spark, String folder, String model, PrintStream out) {
    Dataset<Row> pairs = table(spark, folder + "/pairs.csv");
    KronwoodRegressor estimator =
        new KronwoodRegressor()
            .setModes("left", "right")
            .setTable("left", table(spark, folder + "/left.csv"))
            .setSimilarityTable("right", table(spark, folder + "/right_similarity.csv"))
            .setLabelCol("affinity");
    KronwoodRegressionModel trained = estimator.fit(pairs.filter("fold = 'train'"));
    double error =
        new RegressionEvaluator()
            .setLabelCol("affinity")
            .setMetricName("mse")
            .evaluate(trained.transform(pairs.filter("fold = 'test'")));
    out.printf(Locale.ROOT, "test fold: mse %.4f%n", error);
    for (String setting : List.of("A", "B", "C", "D")) {
      out.printf(
          Locale.ROOT,
          "setting %s: mse %.4f over 3 folds%n",
          setting,
          mean(estimator.crossValidate(pairs, setting, 3, 1)).getOrDefault("mse", Double.NaN));
    }
    trained
        .recommendForAll(spark, "left", 3)
        .orderBy("left")
        .limit(2)
        .collectAsList()
        .forEach(row -> out.println("best for " + row.get(0) + ": " + row.getList(1)));
    try {
      trained.write().overwrite().save(model);
    } catch (java.io.IOException e) {
      throw new InputException("model '" + model + "' cannot be written: " + e.getMessage(), e);
    }
    out.println("model: " + model + "/data/model.kron, SHA-256 " + trained.sha256());
  }

  private static Dataset<Row> table(SparkSession spark, String file) {
    return spark.read().option("header", true).option("inferSchema", true).csv(file);
  }

  /** Means over folds by metric. */
  private static Map<String, Double> mean(List<FoldResult> folds) {
    Map<String, Double> means = new TreeMap<>();
    for (FoldResult fold : folds) {
      fold.metrics().forEach((key, value) -> means.merge(key, value / folds.size(), Double::sum));
    }
    return means;
  }
}
