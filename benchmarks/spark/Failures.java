import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import kronwood.spark.KronwoodRegressor;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Disturbs trainings by two workers on a standalone cluster that it starts itself, and says what
 * becomes of them. Started by {@code failures.sh}; see there.
 */
final class Failures {
  private static final int INSTANTS = 20;
  private static final int ENTITIES = 100;
  private static final int FEATURES = 24;
  private static final int EPOCHS = 10;
  private static final int NEURONS = 1024;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final String options;
  private final Path work;
  private final String address;
  private final boolean namespaces;
  private final List<Process> workers = new ArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private SparkSession spark;
  private int trainings;
  private int failures;

  private Failures(String options, Path work, String address, boolean namespaces) {
    this.options = options;
    this.work = work;
    this.address = address;
    this.namespaces = namespaces;
  }

  /** Does something to a training that runs. */
  @FunctionalInterface
  private interface Disturbance {
    void happen() throws IOException, InterruptedException;
  }

  /**
   * Runs it.
   *
   * @param args file of Java's options, a folder, an address, and what {@code failures.sh} is given
   */
  public static void main(String[] args) throws Exception {
    String mode = args[3];
    Failures failures =
        new Failures(args[0], Path.of(args[1]), args[2], mode.equals("partition"));
    Process master =
        failures.process(
            0,
            "master",
            "org.apache.spark.deploy.master.Master",
            "--host",
            failures.address,
            "--port",
            "17077",
            "--webui-port",
            "0");
    try {
      failures.workers.add(failures.worker(1));
      failures.workers.add(failures.worker(2));
      failures.start();
      switch (mode) {
        case "kill" ->
            failures.kill(
                args.length > 4 ? Integer.parseInt(args[4]) : 1,
                args.length > 5 ? Integer.parseInt(args[5]) : INSTANTS);
        case "stop" -> failures.stop();
        default -> failures.partition(args.length > 4);
      }
    } finally {
      for (Process worker : failures.workers) {
        worker.descendants().forEach(ProcessHandle::destroyForcibly);
        worker.destroyForcibly();
      }
      master.destroyForcibly();
    }
    System.out.println(failures.failures == 0 ? "all as expected" : failures.failures + " failed");
    Runtime.getRuntime().halt(failures.failures == 0 ? 0 : 1);
  }

  private Process process(int namespace, String log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (namespaces && namespace > 0) {
      command.addAll(List.of("ip", "netns", "exec", "kronwood-" + namespace));
    }
    command.add(System.getProperty("java.home") + File.separator + "bin/java");
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "@" + options));
    // Executors are lost on purpose, more often than a cluster should see.
    command.addAll(List.of("-Dspark.deploy.maxExecutorRetries=-1", "-Dspark.worker.timeout=20"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(work.resolve(log + ".log").toFile()));
    builder.environment().put("SPARK_LOCAL_IP", host(namespace));
    return builder.start();
  }

  private String host(int namespace) {
    return namespaces ? "10.77.0." + (namespace + 1) : address;
  }

  private Process worker(int number) throws IOException {
    return process(
        number,
        "worker" + number,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        host(number),
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--work-dir",
        work.resolve("worker" + number).toString(),
        "spark://" + address + ":17077");
  }

  private void start() {
    spark =
        SparkSession.builder()
            .master("spark://" + address + ":17077")
            .appName("failures")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "OFF")
            .config("spark.driver.host", address)
            .config("spark.driver.bindAddress", address)
            .config("spark.cores.max", "2")
            .config("spark.executor.memory", "900m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.scheduler.minRegisteredResourcesRatio", "1")
            .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
            .config("spark.sql.shuffle.partitions", "2")
            // Shorter than the 2 and 10 minutes that are usual, to see the end.
            .config("spark.network.timeout", "20s")
            .config("spark.executor.heartbeatInterval", "3s")
            .config("spark.network.timeoutInterval", "5s")
            .config("spark.kronwood.exchange.timeout", "20s")
            .getOrCreate();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
                attempts.accumulateAndGet(submitted.stageInfo().attemptNumber() + 1, Math::max);
              }
            });
  }

  /** Pairs whose target can be learned. */
  private Dataset<Row> pairs() {
    StructType schema =
        new StructType()
            .add("left", DataTypes.IntegerType)
            .add("right", DataTypes.IntegerType)
            .add("label", DataTypes.DoubleType);
    double[][] left = features(1);
    double[][] right = features(2);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ENTITIES; i++) {
      for (int j = 0; j < ENTITIES; j++) {
        double label = left[i][0] * right[j][0] - left[i][1] * right[j][1];
        rows.add(RowFactory.create(i, j, label));
      }
    }
    return spark.createDataFrame(rows, schema);
  }

  private static double[][] features(long seed) {
    Random random = new Random(seed);
    double[][] features = new double[ENTITIES][FEATURES];
    for (double[] row : features) {
      for (int c = 0; c < FEATURES; c++) {
        row[c] = random.nextGaussian();
      }
    }
    return features;
  }

  private Dataset<Row> entities(long seed) {
    StructType schema = new StructType().add("id", DataTypes.IntegerType);
    for (int c = 0; c < FEATURES; c++) {
      schema = schema.add("x" + c, DataTypes.DoubleType);
    }
    double[][] features = features(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ENTITIES; i++) {
      Object[] row = new Object[1 + FEATURES];
      row[0] = i;
      for (int c = 0; c < FEATURES; c++) {
        row[1 + c] = features[i][c];
      }
      rows.add(RowFactory.create(row));
    }
    return spark.createDataFrame(rows, schema);
  }

  private String train(String workers, Path saved) {
    return new KronwoodRegressor()
        .setModes("left", "right")
        .setTable("left", entities(1))
        .setTable("right", entities(2))
        .setNeurons(NEURONS)
        .setEpochs(EPOCHS)
        .setThreads(1)
        .setWorkers(workers)
        .setCheckpointDir(saved.toUri().toString())
        .fit(pairs())
        .sha256();
  }

  /** Seconds of an undisturbed training, whose digest is put into {@code expected}. */
  private double undisturbed(String[] expected) throws InterruptedException {
    expected[0] = disturbed("undisturbed, 1 worker", "1", 0, () -> {}, "", "");
    long began = System.nanoTime();
    disturbed("undisturbed, 2 workers", "2", 0, () -> {}, expected[0], "");
    double seconds = (System.nanoTime() - began) * 1e-9;
    began = System.nanoTime();
    disturbed("once more", "2", 0, () -> {}, expected[0], "");
    return Math.min(seconds, (System.nanoTime() - began) * 1e-9);
  }

  /**
   * Trains, disturbs, and says what became of it.
   *
   * @param expected SHA-256 of the model; empty if it is not known yet
   * @param refusal what the message of a failure must hold; empty if there must be none
   */
  private String disturbed(
      String what,
      String workers,
      double after,
      Disturbance disturbance,
      String expected,
      String refusal)
      throws InterruptedException {
    attempts.set(0);
    Path saved = work.resolve("saved" + trainings++);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    long began = System.nanoTime();
    Callable<String> training = () -> train(workers, saved);
    Future<String> running = thread.submit(training);
    thread.shutdown();
    String found;
    try {
      Thread.sleep((long) (1000 * after));
      disturbance.happen();
      String digest = running.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      boolean right = refusal.isEmpty() && (expected.isEmpty() || expected.equals(digest));
      failures += right ? 0 : 1;
      found = (right ? "SHA-256 " : "NOT EXPECTED: SHA-256 ") + digest.substring(0, 12);
      report(what, began, found);
      return digest;
    } catch (ExecutionException e) {
      String message = String.valueOf(e.getCause());
      boolean right = !refusal.isEmpty() && message.contains(refusal);
      failures += right ? 0 : 1;
      found = (right ? "refused: " : "NOT EXPECTED: ") + message.lines().findFirst().orElse("");
    } catch (TimeoutException e) {
      failures++;
      found = "HANGS";
      running.cancel(true);
    } catch (IOException e) {
      failures++;
      found = "NOT DISTURBED: " + e;
    }
    report(what, began, found);
    return "";
  }

  private void report(String what, long began, String found) {
    System.out.printf(
        Locale.ROOT,
        "%-44s %6.1f s  %d attempts  %s%n",
        what,
        (System.nanoTime() - began) * 1e-9,
        attempts.get(),
        found);
  }

  /** The process that runs tasks for a worker, which is its only child. */
  private ProcessHandle executor(int worker) throws IOException {
    return workers
        .get(worker)
        .children()
        .findFirst()
        .orElseThrow(() -> new IOException("the worker has no executor now"));
  }

  private void kill(int from, int to) throws InterruptedException {
    String[] expected = new String[1];
    double seconds = undisturbed(expected);
    for (int instant = from; instant <= to; instant++) {
      double after = seconds * instant / (INSTANTS + 1);
      int which = instant / 2 % 2;
      boolean whole = instant % 2 == 0;
      disturbed(
          String.format(
              Locale.ROOT, "kill -9 of %s after %.1f s", whole ? "a worker" : "an executor", after),
          "2",
          after,
          () -> {
            if (whole) {
              workers.get(which).destroyForcibly().onExit().join();
              workers.set(which, worker(which + 1));
            } else {
              executor(which).destroyForcibly();
            }
          },
          expected[0],
          "");
      settle();
    }
  }

  /** Waits until both workers have executors again, so that the next training can begin. */
  private void settle() throws InterruptedException {
    for (int tries = 0; tries < 300; tries++) {
      Thread.sleep(200);
      if (spark.sparkContext().getExecutorMemoryStatus().size() == 3) {
        return;
      }
    }
  }

  private static void signal(String signal, long process) throws IOException, InterruptedException {
    if (new ProcessBuilder("kill", "-" + signal, Long.toString(process)).start().waitFor() != 0) {
      throw new IOException("process " + process + " cannot be sent " + signal);
    }
  }

  private void stop() throws InterruptedException {
    String[] expected = new String[1];
    double after = undisturbed(expected) / 2;
    disturbed(
        "SIGSTOP of an executor for 5 s",
        "2",
        after,
        () -> {
          long executor = executor(0).pid();
          signal("STOP", executor);
          Thread.sleep(5000);
          signal("CONT", executor);
        },
        expected[0],
        "");
    disturbed(
        "SIGSTOP of an executor for good",
        "2",
        after,
        () -> signal("STOP", executor(1).pid()),
        expected[0],
        "");
    settle();
    disturbed(
        "SIGSTOP of a worker for good",
        "2",
        after,
        () -> signal("STOP", workers.get(1).pid()),
        expected[0],
        "");
  }

  private static void cable(int number, String... change) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip", "link", "set", "cable" + number));
    command.addAll(List.of(change));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("no way to change cable " + number);
    }
  }

  private void partition(boolean last) throws InterruptedException {
    String[] expected = new String[1];
    double after = undisturbed(expected) / 2;
    if (!last) {
      healed(after, expected[0]);
    }
    disturbed(
        "a worker is cut off for good", "2", after, () -> cable(2, "down"), "", "not come back");
  }

  /** Cuts that are mended. */
  private void healed(double after, String expected) throws InterruptedException {
    disturbed(
        "a worker is cut off for 5 s",
        "2",
        after,
        () -> {
          cable(2, "down");
          Thread.sleep(5000);
          cable(2, "up");
        },
        expected,
        "");
    disturbed(
        "the workers are cut off from each other",
        "2",
        after,
        () -> {
          isolate("on");
          Thread.sleep(30_000);
          isolate("off");
        },
        expected,
        "");
    disturbed(
        "a worker is cut off for 40 s",
        "2",
        after,
        () -> {
          cable(2, "down");
          Thread.sleep(40_000);
          cable(2, "up");
        },
        expected,
        "");
    settle();
  }

  /** Both workers reach the driver, but not each other. */
  private static void isolate(String state) throws IOException, InterruptedException {
    for (int number = 1; number <= 2; number++) {
      cable(number, "type", "bridge_slave", "isolated", state);
    }
  }
}
