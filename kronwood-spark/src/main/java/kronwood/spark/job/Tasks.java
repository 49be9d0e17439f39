package kronwood.spark.job;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import kronwood.fault.InputException;
import kronwood.train.DivergenceException;
import kronwood.train.StopSignal;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Ordinary tasks, each of which computes something for the driver; Spark retries them as always.
 */
final class Tasks {
  /** Share of an executor's heap that the trainings in it may take together. */
  private static final double SHARE_OF_HEAP = 0.7;

  private Tasks() {}

  /** What a task does. */
  @FunctionalInterface
  interface Work extends Serializable {
    /**
     * Does it.
     *
     * @param task its number, from 0
     * @throws InputException if it cannot be done with this input, however often it is tried
     */
    Chunks of(int task, Resources resources);
  }

  /**
   * What a task may use.
   *
   * @param cores threads
   * @param memory bytes
   * @param stop asks a training to end when the task is killed
   */
  record Resources(int cores, double memory, StopSignal stop) {}

  /** A piece of what a task found, or its failure. Not a record: Kryo cannot make one. */
  static final class Piece implements Serializable {
    private static final long serialVersionUID = 1L;

    final int task;
    final int place;
    final byte[] bytes;
    final String failure;

    Piece(int task, int place, byte[] bytes, String failure) {
      this.task = task;
      this.place = place;
      this.bytes = bytes;
      this.failure = failure;
    }
  }

  /**
   * Runs tasks.
   *
   * @param what they do, for people who watch Spark
   * @return what each found
   * @throws InputException if one cannot be done with this input
   */
  static List<Chunks> run(SparkSession spark, int count, String what, Work work) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int together = Math.min(count, slots(spark));
    context.setJobDescription(what);
    try {
      List<Piece> pieces =
          context
              .parallelize(IntStream.range(0, count).boxed().toList(), count)
              .mapPartitions(tasks -> pieces(tasks.next(), together, work))
              .collect();
      return joined(pieces, count);
    } finally {
      context.setJobDescription(null);
    }
  }

  private static Iterator<Piece> pieces(int task, int together, Work work) {
    return pieces(task, () -> work.of(task, resources(together)));
  }

  /** What a computation finds, or why this input does not allow it. */
  static Iterator<Piece> pieces(int task, Supplier<Chunks> found) {
    List<Piece> pieces = new ArrayList<>();
    try {
      for (byte[] bytes : found.get().arrays()) {
        pieces.add(new Piece(task, pieces.size(), bytes, ""));
      }
    } catch (InputException | DivergenceException e) {
      // To try again would fail again.
      pieces.add(new Piece(task, 0, new byte[0], String.valueOf(e.getMessage())));
    }
    return pieces.iterator();
  }

  /** What each task found, of pieces in any order. */
  static List<Chunks> joined(List<Piece> pieces, int count) {
    List<List<byte[]>> found = new ArrayList<>();
    for (int task = 0; task < count; task++) {
      found.add(new ArrayList<>());
    }
    List<Piece> ordered = new ArrayList<>(pieces);
    ordered.sort(
        Comparator.<Piece>comparingInt(piece -> piece.task).thenComparingInt(piece -> piece.place));
    for (Piece piece : ordered) {
      if (!piece.failure.isEmpty()) {
        throw new InputException(piece.failure);
      }
      found.get(piece.task).add(piece.bytes);
    }
    return found.stream().map(Chunks::of).toList();
  }

  /** Tasks that an executor runs at a time; all of them in a local session. */
  static int slots(SparkSession spark) {
    SparkConf conf = spark.sparkContext().getConf();
    int cpus = conf.getInt("spark.task.cpus", 1);
    int cores =
        spark.sparkContext().isLocal()
            ? localCores(spark.sparkContext().master())
            : conf.getInt("spark.executor.cores", 1);
    return Math.max(1, cores / cpus);
  }

  /** Threads of a local session: {@code local}, {@code local[4]}, {@code local[*,3]}. */
  static int localCores(String master) {
    if (!master.startsWith("local[")) {
      return 1;
    }
    String threads = master.substring("local[".length()).split("[,\\]]", 2)[0].strip();
    return threads.equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads);
  }

  /** What this task may use, if so many run in its process. */
  static Resources resources(int together) {
    TaskContext context = TaskContext.get();
    return new Resources(
        Math.max(1, context.cpus()),
        SHARE_OF_HEAP * Runtime.getRuntime().maxMemory() / together,
        new StopSignal() {
          @Override
          public boolean isStopRequested() {
            return context.isInterrupted();
          }
        });
  }

  /** Ends a task that was killed: what it has is not what was asked for. */
  static void checkKilled() {
    TaskContext.get().killTaskIfInterrupted();
  }

  /** Reads what a task wrote. */
  @FunctionalInterface
  interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  static <T> T read(Chunks chunks, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(chunks.open())) {
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
