package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kronwood.cli.Run;
import kronwood.server.PredictionServer;
import kronwood.server.ServerListener;
import kronwood.server.ServerOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of the Python package, on models made here and with a command that runs the classes
 * under test. Skipped where Python, NumPy, pandas, scikit-learn or pytest is missing.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the command is a POSIX shell script")
class PythonPackageTest {
  private static final Path PAIRS = Repository.ROOT.resolve("examples/pairs");
  private static final Path PACKAGE = Repository.ROOT.resolve("python");

  @TempDir static Path folder;
  private static String python = "";

  @BeforeAll
  static void needsPython() {
    python =
        Stream.of("/usr/bin/python3", "python3")
            .filter(PythonPackageTest::hasAll)
            .findFirst()
            .orElse("");
    assumeTrue(
        !python.isEmpty(),
        "needs python3 with numpy, pandas, sklearn and pytest (apt-get install python3-numpy"
            + " python3-pandas python3-sklearn python3-pytest)");
  }

  private static boolean hasAll(String program) {
    try {
      return run(Map.of(), program, "-c", "import numpy, pandas, sklearn, pytest") == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static int run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(PACKAGE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return builder.start().waitFor();
  }

  @Test
  void itsTestsPass() throws IOException, InterruptedException {
    Path models = Files.createDirectory(folder.resolve("models"));
    makeModels(models);
    Path command = folder.resolve("kronwood");
    Files.writeString(
        command,
        "#!/bin/sh\nexec '%s' -Xmx1g -XX:TieredStopAtLevel=1 --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp '%s' kronwood.cli.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin/java"),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    assertEquals(true, command.toFile().setExecutable(true));
    try (PredictionServer service =
        PredictionServer.start(
            models.resolve("plain.kron"), ServerOptions.local().withPort(0), ServerListener.NONE)) {
      int code =
          run(
              Map.of(
                  "KRONWOOD_TEST_MODELS", models.toString(),
                  "KRONWOOD_TEST_SERVICE", service.uri().toString(),
                  "KRONWOOD_TEST_COMMAND", command.toString()),
              python,
              "-m",
              "pytest",
              "-q",
              "-p",
              "no:cacheprovider");
      assertEquals(0, code, () -> said());
    }
  }

  private static String said() {
    try {
      return Files.readString(folder.resolve("said.txt"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void theWheelIsTheSameEachTime() throws IOException, InterruptedException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    for (Path target : List.of(first, second)) {
      int code = run(Map.of(), python, "backend/kronwood_build.py", target.toString());
      assertEquals(0, code, () -> said());
    }
    String wheel = "kronwood-0.1.0.dev0-py3-none-any.whl";
    assertArrayEquals(
        Files.readAllBytes(first.resolve(wheel)), Files.readAllBytes(second.resolve(wheel)));
  }

  private static void makeModels(Path models) {
    affinity(models, "plain");
    affinity(models, "skip", "--skip", "1");
    affinity(models, "tuned", "--tune", "3", "--tune-folds", "2");
    affinity(models, "ensemble", "--ensemble", "2");
    affinity(models, "components", "--components", "right=5");
    affinity(models, "cartesian", "--structure", "cartesian");
    affinity(models, "fold", "--setting", "D", "--test-share", "0.2");
    affinity(
        models,
        "profile",
        "--profile=left=0.5",
        "--profile=right:gaussian",
        "--setting=D",
        "--test-share=0.2");
    affinity(
        models,
        "blocks",
        "--features=right=" + PAIRS.resolve("proteins.csv"),
        "--identity",
        "left=0.5",
        "--kernel",
        "left=gaussian");
    train(models, "classes", "interactions.csv", "binds", "--loss=logistic", "--negatives=all");
    make(
        models,
        "ids",
        PAIRS.resolve("pairs.csv").toString(),
        List.of(
            "--pairs=" + PAIRS.resolve("pairs.csv"),
            "--target=affinity",
            "--modes=left,right",
            "--identity=left=1",
            "--identity=right=1",
            "--id-coordinates=sparse"));
    matches(models, "antisymmetric");
    matches(models, "ranking");
    matches(models, "symmetric");
    matches(models, "comparison");
    for (String name : List.of("blocks", "ensemble")) {
      Run.well(
          "export",
          "--model=" + models.resolve(name + ".kron"),
          "--out=" + models.resolve(name + ".npz"));
    }
  }

  private static void affinity(Path models, String name, String... more) {
    train(models, name, "pairs.csv", "affinity", more);
  }

  private static void train(Path models, String name, String pairs, String target, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--pairs=" + PAIRS.resolve(pairs),
                "--target=" + target,
                "--modes=left,right",
                "--features=left=" + PAIRS.resolve("left.csv"),
                "--similarity=right=" + PAIRS.resolve("right_similarity.csv")));
    all.addAll(Arrays.asList(more));
    make(models, name, PAIRS.resolve("new.csv").toString(), all);
  }

  private static void matches(Path models, String structure) {
    boolean even = structure.equals("symmetric") || structure.equals("comparison");
    String pairs =
        "sql:SELECT least(first, second) AS one, greatest(first, second) AS other, avg(first_wins)"
            + " AS share FROM '%s' GROUP BY ALL ORDER BY ALL"
                .formatted(PAIRS.resolve("matches.csv"));
    make(
        models,
        structure,
        pairs,
        List.of(
            "--pairs=" + (even ? pairs : PAIRS.resolve("matches.csv")),
            "--target=" + (even ? "share" : "first_wins"),
            "--modes=" + (even ? "one:left,other:left" : "first:left,second:left"),
            "--features=left=" + PAIRS.resolve("left.csv"),
            "--structure=" + structure,
            "--loss=" + (even ? "squared" : "logistic")),
        even);
  }

  private static void make(Path models, String name, String pairs, List<String> options) {
    make(models, name, pairs, options, true);
  }

  /** Trains a model and keeps its predictions beside it. */
  private static void make(
      Path models, String name, String pairs, List<String> options, boolean given) {
    String model = models.resolve(name + ".kron").toString();
    List<String> train = new ArrayList<>(List.of("train"));
    train.addAll(options);
    train.addAll(List.of("--neurons=16", "--epochs=1", "--quiet", "--out=" + model));
    Run.well(train.toArray(String[]::new));
    Run.well(
        "predict",
        "--model=" + model,
        "--pairs=" + (given ? pairs : PAIRS.resolve("matches.csv")),
        "--out=" + models.resolve(name + ".csv"));
  }
}
