package kronwood.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** One local session for all tests, and small tables with a target that can be learned. */
final class TestSession {
  static final int LEFT = 14;
  static final int RIGHT = 10;
  static final int COLUMNS = 4;

  private static final SparkSession SPARK =
      SparkSession.builder()
          .master(System.getProperty("kronwood.spark.master", "local[4]"))
          .appName("kronwood")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.default.parallelism", "2")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config(
              "spark.sql.warehouse.dir",
              System.getProperty("java.io.tmpdir") + "/kronwood-warehouse")
          .getOrCreate();

  private TestSession() {}

  static SparkSession spark() {
    return SPARK;
  }

  static double[][] numbers(int seed, int rows, int columns) {
    Random random = new Random(seed);
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      for (int c = 0; c < columns; c++) {
        row[c] = Math.round(1000 * random.nextGaussian()) / 1000.0;
      }
    }
    return numbers;
  }

  static String left(int i) {
    return "d" + (char) ('a' + i);
  }

  /** Ids of the right entities are whole numbers; as text 10 comes before 2. */
  static int right(int j) {
    return j + 1;
  }

  /** Features of the left entities, in another order than that of their ids. */
  static Dataset<Row> lefts(int from, int to) {
    double[][] u = numbers(1, LEFT, COLUMNS);
    StructType schema = new StructType().add("drug", DataTypes.StringType);
    for (int c = 0; c < COLUMNS; c++) {
      schema = schema.add("x" + c, DataTypes.DoubleType);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = to - 1; i >= from; i--) {
      rows.add(RowFactory.create(left(i), u[i][0], u[i][1], u[i][2], u[i][3]));
    }
    return SPARK.createDataFrame(rows, schema);
  }

  static Dataset<Row> rights() {
    double[][] v = numbers(2, RIGHT, COLUMNS);
    StructType schema = new StructType().add("id", DataTypes.IntegerType);
    for (int c = 0; c < COLUMNS; c++) {
      schema = schema.add("y" + c, DataTypes.DoubleType);
    }
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < RIGHT; j++) {
      rows.add(RowFactory.create(right(j), v[j][0], v[j][1], v[j][2], v[j][3]));
    }
    return SPARK.createDataFrame(rows, schema);
  }

  static double target(int i, int j) {
    double[] u = numbers(1, LEFT, COLUMNS)[i];
    double[] v = numbers(2, RIGHT, COLUMNS)[j];
    return u[0] * v[0] - u[1] * v[1] + 0.5 * Math.max(0, u[2] * v[2]);
  }

  /** Pairs of the first left entities with all right ones, in any order. */
  static Dataset<Row> pairs(int lefts, int seed) {
    StructType schema =
        new StructType()
            .add("drug", DataTypes.StringType)
            .add("protein", DataTypes.IntegerType)
            .add("pkd", DataTypes.DoubleType)
            .add("active", DataTypes.IntegerType)
            .add("level", DataTypes.IntegerType)
            .add("w", DataTypes.DoubleType)
            .add("held", DataTypes.BooleanType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < lefts; i++) {
      for (int j = 0; j < RIGHT; j++) {
        double y = target(i, j);
        rows.add(
            RowFactory.create(
                left(i),
                right(j),
                y,
                y > 0 ? 1 : 0,
                y < -0.5 ? 0 : y < 0.5 ? 1 : 2,
                1.0 + (i + j) % 3,
                (i + 2 * j) % 5 == 0));
      }
    }
    java.util.Collections.shuffle(rows, new Random(seed));
    return SPARK.createDataFrame(rows, schema);
  }

  /** A regressor of these tables, small and quick. */
  static KronwoodRegressor regressor() {
    return new KronwoodRegressor()
        .setModes("drug", "protein")
        .setTable("drug", lefts(0, LEFT))
        .setTable("protein", rights())
        .setLabelCol("pkd")
        .setNeurons(64)
        .setEpochs(4)
        .setBatch(8);
  }
}
