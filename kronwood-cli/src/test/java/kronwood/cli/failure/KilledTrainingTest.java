package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import kronwood.cli.Main;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings in processes of their own that are killed, at any instant, by the signal that no
 * program can take notice of. {@code -Dkronwood.kills=20} tries more instants, {@code
 * -Dkronwood.kills.seed=7} others. {@code -Dkronwood.kills.all=50} kills so many trainings in all,
 * of ten kinds in turn.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledTrainingTest {
  private static final int EPOCHS = 40;
  private static final int KILLS = Integer.getInteger("kronwood.kills", 3);
  private static final long SEED = Long.getLong("kronwood.kills.seed", 1);

  private static final int ALL_KILLS = Integer.getInteger("kronwood.kills.all", 0);

  /** What a training can be: all that changes what a checkpoint holds, or when it is written. */
  private static final List<List<String>> KINDS =
      List.of(
          List.of(),
          List.of("--momentum=0.9", "--weight-decay=0.01"),
          List.of("--engine=eager"),
          List.of("--train-output", "--threads=2"),
          List.of("--ensemble=2"),
          List.of("--tune=3", "--tune-folds=1"),
          List.of("--tune=2", "--tune-folds=1", "--ensemble=2"),
          List.of(
              "--patience=20", "--validation-where=part = 'validation'", "--checkpoint-every=3"),
          List.of("--skip=1", "--precision=double"),
          List.of("--average=none", "--huber-delta=0.5", "--loss=huber"));

  /** Momentum, averaging and early stopping: all that a checkpoint can hold. */
  private static final String[] OPTIONS = {
    "--neurons=256",
    "--epochs=" + EPOCHS,
    "--batch=4",
    "--engine=block",
    "--momentum=0.8",
    "--average=1",
    "--patience=" + EPOCHS,
    "--train-output",
    "--train-where=part = 'train'",
    "--validation-where=part = 'validation'",
    "--test-where=part = 'test'",
    "--progress=plain"
  };

  @TempDir Path folder;
  private Process process;

  @AfterEach
  void endProcess() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                // What takes long is the start of each: no more of a machine than it needs.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(Arrays.asList(args));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
  }

  private void runWell(String... args) throws IOException, InterruptedException {
    start(args);
    int code = process.waitFor();
    assertEquals(ExitCodes.SUCCESS, code, Files.readString(folder.resolve("output.txt")));
  }

  private static String[] train(TinyData data, String... more) {
    List<String> options = new ArrayList<>(Arrays.asList(OPTIONS));
    options.addAll(Arrays.asList(more));
    return data.train(options.toArray(String[]::new));
  }

  @Test
  void aKilledTrainingGoesOnToTheSameModel() throws IOException, InterruptedException {
    TinyData data = TinyData.in(folder);
    Path model = Path.of(data.path("model.kron"));
    long began = System.nanoTime();
    runWell(train(data, "--checkpoint=" + data.path("unharmed")));
    long nanos = System.nanoTime() - began;
    byte[] expected = Files.readAllBytes(model);
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      Files.deleteIfExists(model);
      String checkpoints = "--checkpoint=" + data.path("killed" + i);
      // Twice: while it trains, and at any time as it goes on.
      killedAfter(
          1 + random.nextInt(EPOCHS - 10),
          random.nextInt(20),
          folder.resolve("killed" + i),
          train(data, checkpoints));
      killed(random.nextLong(nanos), train(data, checkpoints, "--resume"));
      runWell(train(data, checkpoints, "--resume"));
      String output = Files.readString(folder.resolve("output.txt"));
      assertTrue(output.contains("going on after epoch "), output);
      assertArrayEquals(expected, Files.readAllBytes(model), "instant " + i + " of seed " + SEED);
    }
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void trainingsOfAllKindsGoOnToTheSameModel() throws IOException, InterruptedException {
    assumeTrue(ALL_KILLS > 0, "asked for by -Dkronwood.kills.all=50");
    TinyData data = TinyData.in(folder);
    Path model = Path.of(data.path("model.kron"));
    Random random = new Random(SEED);
    for (int kind = 0; kind < Math.min(KINDS.size(), ALL_KILLS); kind++) {
      List<String> options = new ArrayList<>(KINDS.get(kind));
      options.addAll(
          List.of("--neurons=128", "--epochs=60", "--batch=4", "--train-where=part = 'train'"));
      String[] args = data.train(options.toArray(String[]::new));
      long began = System.nanoTime();
      runWell(with(args, "--checkpoint=" + data.path("whole" + kind)));
      long nanos = System.nanoTime() - began;
      byte[] expected = Files.readAllBytes(model);
      Files.delete(model);
      String checkpoints = "--checkpoint=" + data.path("kind" + kind);
      int kills = (ALL_KILLS + KINDS.size() - 1 - kind) / KINDS.size();
      for (int kill = 0; kill < kills; kill++) {
        killed(random.nextLong(nanos), with(args, checkpoints, "--resume"));
      }
      runWell(with(args, checkpoints, "--resume"));
      assertArrayEquals(
          expected,
          Files.readAllBytes(model),
          KINDS.get(kind) + " after " + kills + " kills, seed " + SEED);
    }
  }

  private static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aSecondTrainingInTheFolderOfTheFirstIsRefusedWhileThatRuns()
      throws IOException, InterruptedException {
    TinyData data = TinyData.in(folder);
    String checkpoints = "--checkpoint=" + data.path("shared");
    start(train(data, checkpoints, "--epochs=1000000"));
    while (newest(folder.resolve("shared")) < 1 && process.isAlive()) {
      Thread.sleep(1);
    }
    Run second = Run.of(train(data, checkpoints, "--epochs=1000000", "--resume"));
    assertTrue(process.isAlive(), () -> "the first has ended; the second: " + second);
    assertEquals(ExitCodes.BAD_INPUT, second.code(), second::toString);
    assertTrue(second.err().contains("in use by process " + process.pid()), second.err());
  }

  /** Kills a training some milliseconds after a checkpoint of that epoch or a later one appears. */
  private void killedAfter(int epoch, int millis, Path checkpoints, String... args)
      throws IOException, InterruptedException {
    start(args);
    while (newest(checkpoints) < epoch && process.isAlive()) {
      Thread.sleep(1);
    }
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  private static int newest(Path checkpoints) {
    String[] names = checkpoints.toFile().list((in, name) -> name.endsWith(".kronck"));
    int newest = 0;
    for (String name : names == null ? new String[0] : names) {
      newest = Math.max(newest, Integer.parseInt(name.replaceAll("\\D", "")));
    }
    return newest;
  }

  private void killed(long nanos, String... args) throws IOException, InterruptedException {
    start(args);
    process.waitFor(nanos, TimeUnit.NANOSECONDS);
    process.destroyForcibly().waitFor();
  }
}
