package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.cli.Main;
import kronwood.docs.ReaderFolder.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Python program in {@code docs/model-format.md}, as it is printed there, predicts what {@code
 * kronwood predict} does. Skipped where Python or NumPy is missing.
 */
class PythonProgramTest {
  private static final Path PAIRS = Repository.ROOT.resolve("examples/pairs");
  private static final Path DIGITS = Repository.ROOT.resolve("examples/digits");
  private static final double TOLERANCE = 1e-11;

  /** Reads pairs from the command line, and prints a line of numbers for each. */
  private static final String DRIVER =
      """

      import sys
      for pair in sys.argv[1:]:
          left, right = pair.split(",")
          print(*(repr(float(p)) for p in predictions(left, right)))
      """;

  @TempDir Path folder;

  @BeforeAll
  static void needsNumpy() throws IOException, InterruptedException {
    assumeTrue(hasNumpy(), "needs python3 with numpy (apt-get install python3-numpy)");
  }

  private static boolean hasNumpy() throws InterruptedException {
    try {
      return run(Path.of("."), List.of("python3", "-c", "import numpy")).code() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aPlainModel() throws IOException, InterruptedException {
    assertSamePredictions(affinities());
  }

  @Test
  void aModelOfANetworkAlone() throws IOException, InterruptedException {
    assertSamePredictions(affinities("--plain"));
  }

  @Test
  void aModelWithALinearSkip() throws IOException, InterruptedException {
    assertSamePredictions(affinities("--skip", "1"));
  }

  @Test
  void aTunedModel() throws IOException, InterruptedException {
    assertSamePredictions(affinities("--tune", "3", "--tune-folds", "2"));
  }

  @Test
  void aModelOfFeaturesAndSimilaritiesOfOneTable() throws IOException, InterruptedException {
    assertSamePredictions(
        affinities(
            "--features",
            "right=" + PAIRS.resolve("proteins.csv"),
            "--identity",
            "left=0.5",
            "--kernel",
            "left=gaussian"));
  }

  @Test
  void aModelOfAFoldWithNewEntities() throws IOException, InterruptedException {
    assertSamePredictions(affinities("--setting", "D", "--test-share", "0.2", "--skip", "0.5"));
  }

  @Test
  void aTunedModelOfTwoClasses() throws IOException, InterruptedException {
    assertSamePredictions(
        train(
            "interactions.csv",
            "binds",
            "--loss",
            "logistic",
            "--negatives",
            "all",
            "--tune",
            "3",
            "--tune-folds",
            "2"));
  }

  @Test
  void aModelOfSeveralClassesAndOneTable() throws IOException, InterruptedException {
    kronwood(
        "train",
        "--pairs",
        DIGITS.resolve("labels.csv").toString(),
        "--target",
        "label",
        "--modes",
        "image,image",
        "--features",
        "image=" + DIGITS.resolve("images.csv"),
        "--components",
        "image=8",
        "--loss",
        "softmax",
        "--neurons",
        "16",
        "--epochs",
        "1",
        "--quiet",
        "--out",
        model());
    Path asked = folder.resolve("asked.csv");
    Files.writeString(asked, "image\ni0001\ni0500\ni1797\n");
    assertSamePredictions(asked);
  }

  @Test
  void anEnsembleIsRefused() throws IOException, InterruptedException {
    affinities("--ensemble", "2");
    assertRefused();
  }

  @Test
  void aModelWithAnotherForNewEntitiesIsRefused() throws IOException, InterruptedException {
    affinities("--profile", "left");
    assertRefused();
  }

  @Test
  void aSymmetricModelIsRefused() throws IOException, InterruptedException {
    kronwood(
        "train",
        "--pairs",
        "sql:SELECT least(first, second) AS one, greatest(first, second) AS other,"
            + " avg(first_wins) AS share FROM '%s' GROUP BY ALL ORDER BY ALL"
                .formatted(PAIRS.resolve("matches.csv")),
        "--target",
        "share",
        "--modes",
        "one:left,other:left",
        "--features",
        "left=" + PAIRS.resolve("left.csv"),
        "--structure",
        "symmetric",
        "--neurons",
        "16",
        "--epochs",
        "1",
        "--quiet",
        "--out",
        model());
    assertRefused();
  }

  private String model() {
    return folder.resolve("model.kron").toString();
  }

  /** Trains on real targets; answers the pairs to predict for. */
  private Path affinities(String... more) {
    return train("pairs.csv", "affinity", more);
  }

  private Path train(String pairs, String target, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--pairs",
                PAIRS.resolve(pairs).toString(),
                "--target",
                target,
                "--modes",
                "left,right",
                "--features",
                "left=" + PAIRS.resolve("left.csv"),
                "--similarity",
                "right=" + PAIRS.resolve("right_similarity.csv"),
                "--neurons",
                "32",
                "--epochs",
                "4",
                "--quiet",
                "--out",
                model()));
    arguments.addAll(Arrays.asList(more));
    kronwood(arguments.toArray(String[]::new));
    return PAIRS.resolve("new.csv");
  }

  private static void kronwood(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = Main.run(arguments, stream, stream);
    assertEquals(0, code, () -> out.toString(StandardCharsets.UTF_8));
  }

  private void assertSamePredictions(Path pairs) throws IOException, InterruptedException {
    Path scores = folder.resolve("scores.csv");
    kronwood("predict", "--model", model(), "--pairs", pairs.toString(), "--out", "" + scores);
    List<String> header = List.of(Files.readAllLines(scores).getFirst().split(","));
    List<String> rows = Files.readAllLines(scores).stream().skip(1).toList();
    boolean oneTable = header.getFirst().equals("image");
    List<String> asked = new ArrayList<>();
    for (String row : rows) {
      String[] cells = row.split(",");
      asked.add(cells[0] + "," + cells[oneTable ? 0 : 1]);
    }
    Answer answer = program(asked);
    assertEquals(0, answer.code(), answer::out);
    List<String> lines = answer.out().lines().toList();
    assertEquals(rows.size(), lines.size(), answer::out);
    for (int i = 0; i < rows.size(); i++) {
      double[] expected = numbers(rows.get(i).split(","), 2);
      double[] printed = numbers(lines.get(i).split(" "), 0);
      assertEquals(expected.length, printed.length, asked.get(i));
      for (int c = 0; c < expected.length; c++) {
        assertEquals(expected[c], printed[c], TOLERANCE, asked.get(i));
      }
    }
  }

  private static double[] numbers(String[] cells, int from) {
    return Arrays.stream(cells).skip(from).mapToDouble(Double::parseDouble).toArray();
  }

  private void assertRefused() throws IOException, InterruptedException {
    Answer answer = program(List.of("D1,P1"));
    assertNotEquals(0, answer.code());
    assertTrue(answer.out().contains("knows no ensembles, no structures"), answer::out);
  }

  private Answer program(List<String> pairs) throws IOException, InterruptedException {
    Path page = Repository.ROOT.resolve("docs/model-format.md");
    List<Fence> programs =
        Fence.of(Files.readAllLines(page)).stream()
            .filter(fence -> fence.language().equals("python"))
            .toList();
    assertEquals(1, programs.size(), "programs in " + page);
    Path file = folder.resolve("program.py");
    Files.writeString(file, String.join("\n", programs.getFirst().lines()) + DRIVER);
    List<String> command = new ArrayList<>(List.of("python3", file.toString()));
    command.addAll(pairs);
    return run(folder, command);
  }

  private static Answer run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out, "");
  }
}
