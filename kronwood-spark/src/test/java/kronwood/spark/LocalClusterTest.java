package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that are processes of their own end with the same bits, whether or not one is lost. */
class LocalClusterTest {
  /** A training that hangs must not stop a build. */
  private static final int LONGEST_SECONDS = 300;

  @TempDir Path folder;

  @Test
  void twoExecutorsTrainTheModelOfOneAlsoIfOneHaltsInMidTraining()
      throws IOException, InterruptedException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.createDirectory(home.resolve("jars"));
    Files.writeString(home.resolve("RELEASE"), "Spark, from a class path\n");
    Files.createDirectory(folder.resolve("saved"));
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("").toAbsolutePath().resolveSibling("bin/spark.options"));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-cp",
            classes,
            "-Dkronwood.spark.master=local-cluster[2,1,1024]",
            "-Dspark.executor.extraClassPath=" + classes,
            "-Dspark.cores.max=2",
            "-Dspark.scheduler.minRegisteredResourcesRatio=1",
            LocalClusterProgram.class.getName(),
            folder.toString()));
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Path results = folder.resolve("results");
    assertTrue(ended && Files.exists(results), () -> read(log));
    List<String> lines = Files.readAllLines(results);
    String expected = lines.get(0);
    assertEquals(expected, lines.get(1));
    assertEquals("executors lost: 0", lines.get(2));
    assertEquals(expected, lines.get(3));
    assertEquals("executors lost: 1", lines.get(4));
    List<String> read = Files.readAllLines(folder.resolve("read"));
    assertTrue(
        read.stream().anyMatch(name -> name.matches(".*-epoch-000002-.*\\.share")), read::toString);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
